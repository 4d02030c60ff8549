"""From a frame to the pose of the one person in it: the network, its model, and recordings of poses."""

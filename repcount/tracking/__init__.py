"""From a video file to its poses: in one process or in several, each frame or as many as it takes."""

"""The phone as the camera: a small web server, its page, and the guided session behind it."""

"""Where frames come from: video files, cameras, single JPEG pictures."""

"""Where frames come from: video files, landmark recordings, cameras."""

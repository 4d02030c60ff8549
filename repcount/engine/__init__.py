"""The thinking: sees numbers and poses, never a picture, a clock, a file or a thread."""

"""Count physiotherapy exercises from video: open, private, exact."""

__version__ = "0.1.0"

"""What is written: videos, pictures of faults, tables, JSON and lines of events."""

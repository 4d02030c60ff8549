"""What was measured, in numbers with names: of a frame, and of a whole movement."""

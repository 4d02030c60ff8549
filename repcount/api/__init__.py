"""What stands behind ``import repcount``: a video to a result, and a counter for a loop of one's own."""

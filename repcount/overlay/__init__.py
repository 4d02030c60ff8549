"""Everything that is painted on a picture, and the window that shows it."""

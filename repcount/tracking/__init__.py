"""One person over time: who it is, and which leg is which."""

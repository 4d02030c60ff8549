"""Measurements of accuracy, speed and memory; none is a test. ``python -m bench`` lists them."""

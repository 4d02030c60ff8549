"""Frozen records and pure maths: standard library and numpy only."""

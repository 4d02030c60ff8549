"""A guided session: framing, sets and rests, exercise after exercise."""

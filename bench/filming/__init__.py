"""What is filmed: scenes of figures, dealt and drawn by lot. ``python -m bench.plan`` writes them."""

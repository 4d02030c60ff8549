"""What the person does: one file per family of movements, each a function from a part to an ``Act``."""

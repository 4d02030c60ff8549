"""How the counter's scores are learned: a table of candidates, curves, weights of the set; and judged."""

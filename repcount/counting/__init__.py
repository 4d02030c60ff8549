"""From signals to repetitions: movements are cut out, described, scored, and decided over the set."""

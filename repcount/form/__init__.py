"""Form: which rules of an exercise are broken, how badly, and what to say."""

"""What is said aloud: words, counts and tones."""

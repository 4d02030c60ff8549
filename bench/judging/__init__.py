"""What is measured of a judged clip: counts, sides, times, angles, form, and what was recognised."""

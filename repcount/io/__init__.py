"""What is written for other programs: joint angles and marker positions."""

"""What measurements of speed share: clips, longer clips, ways of tracking, a browser."""

"""What was done, kept: the one room that talks to the database."""

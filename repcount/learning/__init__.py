"""An exercise learned from films of it: what is counted, from where to where, and what stays as it is."""

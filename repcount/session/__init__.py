"""One exercise, or several, from the first frame to the last: poses in, snapshots out."""

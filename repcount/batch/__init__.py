"""Many files at once: processes of this machine or a Ray cluster, with results kept for the next run."""

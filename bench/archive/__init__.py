"""Experiments that are done, each with a page of what came out. They still run."""

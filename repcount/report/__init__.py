"""Plots and the report: what was done, for the person and the physiotherapist."""

"""Measurements of accuracy, speed and memory; each is one command, none is a test."""

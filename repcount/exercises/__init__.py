"""Exercises as data: one TOML file each, and the schema that checks it."""

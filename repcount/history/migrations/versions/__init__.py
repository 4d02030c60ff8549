"""the migrations."""

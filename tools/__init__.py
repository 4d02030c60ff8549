"""Programs that a maintainer runs; none of them is part of the installed package."""

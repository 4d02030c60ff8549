"""``python -m repcount``."""

from repcount.cli import main

if __name__ == "__main__":
    main()

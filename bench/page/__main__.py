"""``python -m bench.page``: docs/accuracy.md and its appendix written from what is kept, judging nothing."""

from __future__ import annotations

from bench.command_line import take_no_options
from bench.page.writing import write_pages

if __name__ == "__main__":
    take_no_options("bench.page", __doc__)
    for path in write_pages():
        print(path)

"""``python -m bench.page``: docs/accuracy.md and its appendix written from what is kept, judging nothing."""

from __future__ import annotations

from bench.page.writing import write_pages

if __name__ == "__main__":
    for path in write_pages():
        print(path)

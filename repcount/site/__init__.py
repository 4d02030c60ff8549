"""The phone alone: the whole counter as a static page, with the same engine in the browser."""

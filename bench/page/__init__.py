"""docs/accuracy.md and its appendix, from what the measurements keep."""

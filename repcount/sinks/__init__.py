"""What goes out: pictures painted, videos written, tables and JSON."""

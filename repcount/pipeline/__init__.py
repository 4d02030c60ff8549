"""The one loop that drives files, camera and phone, and what is put together around it."""

"""Kill the server again and again while learners answer, and count what became of it."""

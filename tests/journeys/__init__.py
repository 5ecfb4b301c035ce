"""What people do, end to end, in Chromium, against the server that `make run` starts."""

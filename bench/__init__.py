"""What pages cost, measured. `make bench`."""

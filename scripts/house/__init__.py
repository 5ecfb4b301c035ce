"""The tools behind the Makefile: set the house up, check it, run it. Standard library only."""

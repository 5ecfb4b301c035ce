"""Meanwhile: an asynchronous learning platform."""

__version__ = "0.1.0"

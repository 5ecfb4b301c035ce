"""Pages where courses are written: `outlines`, `lessons`, `files`, `publishing`, `versions`."""

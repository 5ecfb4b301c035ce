"""Every write of the room: `outlines`, `lessons`, `files`, `publishing`."""

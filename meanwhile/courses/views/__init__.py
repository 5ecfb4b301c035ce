"""Pages about courses, for those who write and offer them. `staff`, `offerings`; `assets`: files."""

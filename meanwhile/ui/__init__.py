"""What people see and touch: tokens, components, layouts, the gallery, the island loader."""

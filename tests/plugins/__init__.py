"""pytest plugins of the house."""

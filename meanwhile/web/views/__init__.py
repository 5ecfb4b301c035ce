"""Pages that mix rooms, thin. `today`, `learn`, `teach`, `imports`, `preview`."""

"""Pages of the room, by who comes for them: doors, settings, school, cohort, rosters. Thin."""

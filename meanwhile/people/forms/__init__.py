"""Forms, by page: doors, settings, school, cohort."""

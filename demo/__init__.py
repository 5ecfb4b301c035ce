"""The demo school: one cast for the demo, the tests, the docs' examples and the screenshots."""

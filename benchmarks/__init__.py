"""What a user can re-run: how fast grading is on a machine."""

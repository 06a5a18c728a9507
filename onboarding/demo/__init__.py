"""Simulated applicants who really answer what they are issued, for `talentpool demo`."""

"""Tests of applications on the applicant's side."""

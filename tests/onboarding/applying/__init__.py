"""Tests of applications on the operator's side."""

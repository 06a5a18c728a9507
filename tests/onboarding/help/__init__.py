"""Tests of questions and appeals."""

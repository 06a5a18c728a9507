"""Onboarding modules."""

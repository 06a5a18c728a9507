"""Onboarding modules on the machine of whoever goes through them."""

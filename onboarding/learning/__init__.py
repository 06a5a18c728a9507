"""Onboarding modules: short lessons with practice that must be right before going on."""

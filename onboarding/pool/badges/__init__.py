"""Badges: qualifications as Open Badges 3.0, signed with Ed25519, checked without any network, revocable."""

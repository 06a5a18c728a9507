"""Notices to applicants about every change of state: an outbox, texts in their language, delivery by e-mail."""

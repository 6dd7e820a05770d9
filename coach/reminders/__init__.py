"""Reminder kinds and the moments at which they are due."""

"""Start, settings, reminders, pauses, personal data."""

"""Application services that several features share: plans, reminders, pauses."""

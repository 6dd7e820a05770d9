"""The scheduler: APScheduler ticks, due reminders become messages in the outbox."""

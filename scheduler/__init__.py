"""What comes by itself: APScheduler ticks, due reminders become messages of the outbox."""

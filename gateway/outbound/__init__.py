"""Messages on their way out: outbox, rate limit, retries, transport."""

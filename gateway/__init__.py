"""Telegram's wire: updates come in by lanes, messages go out of the outbox at a pace Telegram allows."""

"""Telegram's wire: updates come in, in order within a chat; messages go out of the outbox at a pace Telegram allows."""

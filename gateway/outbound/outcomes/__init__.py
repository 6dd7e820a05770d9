"""Outcomes of calls to Telegram: told apart, handled, recorded and, where a message is lost, apologised for."""

"""The domain: what a coach knows. Pure functions and values; no Telegram, no database, no clock, no files."""

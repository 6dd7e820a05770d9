"""Messages, keyboards, charts and files made from content and values."""

"""Word lists that the content fills: of requests, replies, corrections, people and weeks."""

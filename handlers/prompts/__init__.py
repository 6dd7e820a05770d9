"""Questions that the coach asks, in the set-up and from the settings."""

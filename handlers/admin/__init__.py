"""Commands of administrators and curators."""

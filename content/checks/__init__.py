"""Checks over all content files together, and the contract between code and content."""

"""Queries of guides: those that run in chats, and intervals that people made up."""

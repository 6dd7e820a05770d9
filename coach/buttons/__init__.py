"""The typed data of every button, by feature, and how it is packed into callback data."""

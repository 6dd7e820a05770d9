"""Telegram's refusals."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An answer with `ok` false: the code, Telegram's words, and parameters such as `retry_after`."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}


def bad_request(words: str) -> ApiError:
    """A 400. Telegram writes the first letter small unless the words are one of its constants."""
    plain = len(words) < 2 or not (words[1] == "_" or "A" <= words[1] <= "Z")
    return ApiError(400, f"Bad Request: {words[0].lower() + words[1:] if plain else words}")

"""Clean a text and its entities as Telegram does before it keeps them."""

from __future__ import annotations

from telegram_local.entities import Entity


def tidied(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Placeholder shape: trimmed text."""
    if entities:
        stripped = text.rstrip(" \n")
        return stripped, entities
    return text.strip(" \n"), []


def merged(entities: list[Entity], found: list[Entity]) -> list[Entity]:
    """Entities of the markup and those found in the text, none crossing another."""
    return sorted(entities + found, key=lambda entity: entity.order)

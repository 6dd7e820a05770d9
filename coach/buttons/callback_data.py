"""Callback data: a button packed into Telegram's 64 bytes and parsed back, forged data included.

A packed action is its code and its fields joined by colons, `units:kg`. A field is a word of a small alphabet, a whole
number, a date or a member of an enumeration.
"""

import re
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import ClassVar, Final, get_type_hints

MAX_BYTES: Final = 64
_WORD: Final = re.compile(r"[A-Za-z0-9_/+.-]{1,60}", re.ASCII)
_NUMBER: Final = re.compile(r"-?[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True)
class CallbackData:
    """The typed data of a button; every subclass has a `code` of its own."""

    code: ClassVar[str] = ""

    def pack(self) -> str:
        """Return the callback data. Raises ValueError where it would not parse back or exceeds 64 bytes."""
        return _packed(self)


@lru_cache(maxsize=4096)
def _packed(action: CallbackData) -> str:
    data = ":".join([action.code, *(_written(getattr(action, field.name)) for field in fields(action))])
    if len(data.encode()) > MAX_BYTES or parse(data) != action:
        raise ValueError(f"cannot be packed: {action!r}")
    return data


def parse(data: str) -> CallbackData | None:
    """Return the action that `data` packs, or None for anything unknown, old or forged."""
    code, *parts = data.split(":")
    known = _by_code(len(every())).get(code)
    if known is None:
        return None
    action, kinds = known
    if len(parts) != len(kinds):
        return None
    try:
        return action(*(_read(part, kind) for part, kind in zip(parts, kinds, strict=True)))
    except ValueError:
        return None


def every() -> list[type[CallbackData]]:
    """Return every button there is: those of `coach/buttons`, and those of a question that stand with it."""
    return CallbackData.__subclasses__()


@cache
def _by_code(_count: int) -> dict[str, tuple[type[CallbackData], tuple[type, ...]]]:
    """Return every action with the types of its fields: looking those up takes longer than all the rest.

    It is read anew where a module has added to their count.
    """
    found = {}
    for action in every():
        hints = get_type_hints(action)
        found[action.code] = action, tuple(hints[field.name] for field in fields(action))
    return found


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(part: str, kind: type) -> object:
    if issubclass(kind, StrEnum):
        return kind(part)
    if kind is int and _NUMBER.fullmatch(part):
        return int(part)
    if kind is date and len(part) == len("2026-01-31"):
        return date.fromisoformat(part)
    if kind is str and _WORD.fullmatch(part):
        return part
    raise ValueError(part)

"""The buttons of requests: to carry one out, to confirm what is lasting, to undo; the slots are in the button.

Slots are packed as letters and values joined by points, `d20261126.e7`; a letter never changes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any, Final

from coach.buttons.callback_data import CallbackData
from coach.planning.inputs import Equipment
from coach.profile import Goal
from coach.requests import Intent, Slots


@dataclass(frozen=True)
class DoRequest(CallbackData):
    """Carry out this request."""

    code = "rq"
    intent: Intent
    slots: str  # as `pack_slots` packs them


@dataclass(frozen=True)
class ConfirmRequest(CallbackData):
    """Yes, carry out this lasting request."""

    code = "rq-yes"
    intent: Intent
    slots: str


@dataclass(frozen=True)
class UndoChange(CallbackData):
    """Undo the change of this number, where it is the last one."""

    code = "rq-undo"
    number: int


@dataclass(frozen=True)
class ChangeEffort(CallbackData):
    """Ask anew how hard that day's session was."""

    code = "rq-effort"
    day: date


@dataclass(frozen=True)
class TellHuman(CallbackData):
    """Ask for the words that are to be passed on to the people who write the answers."""

    code = "rq-human"


NO_SLOTS: Final = "-"
MOST_PACKED: Final = 46  # characters: beside them stand the button's code and an intent
_KEYS: Final[Mapping[str, str]] = {
    "day": "d", "week": "w", "effort": "e", "minutes": "m", "reason": "r", "from_day": "f", "to_day": "t",
    "level": "p", "kg": "k", "units": "u", "add": "a", "remove": "o", "days": "y", "at": "h", "switch": "s",
    "place": "l", "until": "n", "what": "q", "left_cm": "b", "right_cm": "c", "left": "i", "right": "j",
    "exercise": "x", "reps": "z", "number": "g", "by": "v", "rounds": "R", "work_s": "W", "rest_s": "S",
}  # fmt: skip
_NAMES: Final = {key: name for name, key in _KEYS.items()}
_MEMBERS: Final[Mapping[str, str]] = {
    Goal.CALVES: "c", Goal.LEGS: "l", Goal.SPRINTS: "s", Goal.DISTANCE: "d", Goal.HEALTHY: "h",
    Equipment.STEP: "S", Equipment.DUMBBELLS: "D", Equipment.BARBELL: "B", Equipment.TREADMILL: "T",
    Equipment.HILL: "H",
}  # fmt: skip
_NAMED_BY: Final = {letter: str(member) for member, letter in _MEMBERS.items()}
_DATES: Final = frozenset({"day", "from_day", "to_day", "until", "by"})
_TENTHS: Final = frozenset({"kg", "left_cm", "right_cm"})
_WORDS: Final = frozenset({"week", "reason", "units", "switch", "place", "what", "exercise"})
_POINT: Final = "_"
_SPACED: Final = "what"  # a slot whose words may have spaces, as those of an event
_SPACE: Final = "_"
_NUMBER: Final = re.compile(r"[0-9]{1,6}", re.ASCII)
_WORD: Final = re.compile(r"[A-Za-z0-9_/+-]{1,40}", re.ASCII)


def pack_slots(slots: Slots, most: int = MOST_PACKED) -> str:
    """Return slots as a button holds them; what it has no room for, or cannot hold, is left out and asked for again.

    `most` is the room in characters: beside an intent with a short name there is more.
    """
    parts = [
        _KEYS[field.name] + packed
        for field in fields(slots)
        if (value := getattr(slots, field.name)) is not None and (packed := _packed(field.name, value)) is not None
    ]
    while len(".".join(parts)) > most:
        parts.pop()
    return ".".join(parts) or NO_SLOTS


def unpack_slots(packed: str) -> Slots | None:
    """Return the slots that a button holds, None for what was forged."""
    if packed == NO_SLOTS:
        return Slots()
    try:
        return Slots(**{_NAMES[part[0]]: _unpacked(_NAMES[part[0]], part[1:]) for part in packed.split(".")})
    except (ValueError, KeyError, IndexError):
        return None


def _packed(name: str, value: Any) -> str | None:
    """Return a slot's value as a button holds it, None for a word that it cannot hold."""
    if name in _WORDS:
        word = str(value).replace(" ", _SPACE) if name == _SPACED else str(value)
        return word if _WORD.fullmatch(word) else None
    if name in _DATES:
        return f"{value:%Y%m%d}"
    if name in _TENTHS:
        return str(round(value * 10))
    writers: Mapping[str, Callable[[Any], str]] = {
        "add": _letters,
        "remove": _letters,
        "days": lambda days: "".join(map(str, sorted(days))),
        "at": lambda at: f"{at:%H%M}",
        "reps": lambda reps: "+".join(map(str, reps)),
        "number": lambda number: f"{number:g}".replace(".", _POINT),
    }
    return writers.get(name, str)(value)


def _unpacked(name: str, text: str) -> Any:
    """Return a slot's value. Raises ValueError, KeyError."""
    if name in _WORDS:
        if not _WORD.fullmatch(text):
            raise ValueError(text)
        return text.replace(_SPACE, " ") if name == _SPACED else text
    if name in _DATES:
        return date.fromisoformat(text)
    if name in _TENTHS:
        return _number(text) / 10
    readers: Mapping[str, Callable[[str], Any]] = {
        "add": _members,
        "remove": _members,
        "days": lambda days: frozenset(map(_number, days)),
        "at": lambda at: time(_number(at[:2]), _number(at[2:])),
        "reps": lambda reps: tuple(map(_number, reps.split("+"))),
        "number": _figure,
    }
    return readers.get(name, _number)(text)


def _number(text: str) -> int:
    """Return a whole number as `_packed` writes it. Raises ValueError for what was forged."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _figure(text: str) -> float:
    """Return a whole number, or one with decimals behind `_POINT`. Raises ValueError."""
    whole, point, decimals = text.partition(_POINT)
    return float(f"{_number(whole)}.{_number(decimals)}") if point else _number(whole)


def _letters(members: frozenset[str]) -> str:
    return "".join(sorted(_MEMBERS[member] for member in members))


def _members(letters: str) -> frozenset[str]:
    return frozenset(_NAMED_BY[letter] for letter in letters)

"""The buttons of requests: to carry one out, to confirm what is lasting, to undo; the slots are in the button.

Slots are packed as letters and values joined by points, `dfu7s.e7`; a letter never changes. Days and the repetitions of
several sets are written to base 36: ten sets of an exercise with a long name fit into 64 bytes.
"""

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any, ClassVar, Final, Self

from coach.buttons.callback_data import MAX_BYTES, CallbackData
from coach.planning.inputs import Equipment
from coach.profile import Goal
from coach.requests import Intent, Slots


@dataclass(frozen=True)
class DoRequest(CallbackData):
    """Carry out this request."""

    code: ClassVar[str] = "rq"
    intent: Intent
    slots: str  # as `pack_slots` packs them

    @classmethod
    def of(cls, intent: Intent, slots: Slots) -> Self:
        """Return the button of a request, with as many of its slots as there is room for."""
        return cls(intent, _fitting(cls.code, intent, slots))


@dataclass(frozen=True)
class ConfirmRequest(CallbackData):
    """Yes, carry out this lasting request."""

    code: ClassVar[str] = "rq-yes"
    intent: Intent
    slots: str

    @classmethod
    def of(cls, intent: Intent, slots: Slots) -> Self:
        """Return the button that confirms a request, with as many of its slots as there is room for."""
        return cls(intent, _fitting(cls.code, intent, slots))


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
_KEYS: Final[Mapping[str, str]] = {
    "day": "d", "week": "w", "effort": "e", "minutes": "m", "reason": "r", "from_day": "f", "to_day": "t",
    "level": "p", "kg": "k", "units": "u", "add": "a", "remove": "o", "days": "y", "at": "h", "switch": "s",
    "place": "l", "until": "n", "what": "q", "left_cm": "b", "right_cm": "c", "left": "i", "right": "j",
    "exercise": "x", "reps": "z", "number": "g", "by": "v", "rounds": "R", "work_s": "W", "rest_s": "S",
}  # fmt: skip
_PAIRS: Final = "Z"  # the letter of the repetitions of several sets, each as two digits to base 36
_NAMES: Final = {key: name for name, key in _KEYS.items()} | {_PAIRS: "reps"}
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
_BASE: Final = 36
_DIGITS: Final = string.digits + string.ascii_lowercase
_PAIR: Final = 2
_ISO: Final = len("20260302")
_NUMBER: Final = re.compile(r"[0-9]{1,6}", re.ASCII)
_WORD: Final = re.compile(r"[A-Za-z0-9_/+-]{1,40}", re.ASCII)


def pack_slots(slots: Slots, most: int | None = None) -> str:
    """Return slots as a button holds them; a word that it cannot hold is left out and asked for again.

    So is what there is no room for within `most` characters.
    """
    parts = [
        _key(field.name, value) + packed
        for field in fields(slots)
        if (value := getattr(slots, field.name)) is not None and (packed := _packed(field.name, value)) is not None
    ]
    while most is not None and len(".".join(parts)) > most:
        parts.pop()
    return ".".join(parts) or NO_SLOTS


def _fitting(code: str, intent: Intent, slots: Slots) -> str:
    return pack_slots(slots, MAX_BYTES - len(f"{code}:{intent}:"))


def unpack_slots(packed: str) -> Slots | None:
    """Return the slots that a button holds, None for what was forged."""
    if packed == NO_SLOTS:
        return Slots()
    try:
        return Slots(**{_NAMES[part[0]]: _unpacked(part[0], part[1:]) for part in packed.split(".")})
    except (ValueError, KeyError, IndexError, OverflowError):
        return None


def _key(name: str, value: Any) -> str:
    return _PAIRS if name == "reps" and _are_pairs(value) else _KEYS[name]


def _packed(name: str, value: Any) -> str | None:
    """Return a slot's value as a button holds it, None for a word that it cannot hold."""
    if name in _WORDS:
        word = str(value).replace(" ", _SPACE) if name == _SPACED else str(value)
        return word if _WORD.fullmatch(word) else None
    if name in _DATES:
        return _to_base_36(value.toordinal())
    if name in _TENTHS:
        return str(round(value * 10))
    writers: Mapping[str, Callable[[Any], str]] = {
        "add": _letters,
        "remove": _letters,
        "days": lambda days: "".join(map(str, sorted(days))),
        "at": lambda at: f"{at:%H%M}",
        "reps": _repetitions,
        "number": lambda number: f"{number:g}".replace(".", _POINT),
    }
    return writers.get(name, str)(value)


def _unpacked(key: str, text: str) -> Any:
    """Return a slot's value. Raises ValueError, KeyError."""
    name = _NAMES[key]
    if key == _PAIRS:
        pairs = [text[start : start + _PAIR] for start in range(0, len(text), _PAIR)]
        return tuple(map(_from_base_36, pairs))
    if name in _WORDS:
        if not _WORD.fullmatch(text):
            raise ValueError(text)
        return text.replace(_SPACE, " ") if name == _SPACED else text
    if name in _DATES:
        return date.fromisoformat(text) if len(text) == _ISO else date.fromordinal(_from_base_36(text))
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


def _are_pairs(reps: tuple[int, ...]) -> bool:
    return len(reps) > 1 and all(count < _BASE**_PAIR for count in reps)


def _repetitions(reps: tuple[int, ...]) -> str:
    if _are_pairs(reps):
        return "".join(_to_base_36(count).rjust(_PAIR, "0") for count in reps)
    return "+".join(map(str, reps))


def _to_base_36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, _BASE)
        digits = _DIGITS[digit] + digits
    return digits


def _from_base_36(text: str) -> int:
    """Return a whole number as `_to_base_36` writes it. Raises ValueError for what was forged."""
    if not re.fullmatch("[0-9a-z]{1,5}", text, re.ASCII):
        raise ValueError(text)
    return int(text, _BASE)


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

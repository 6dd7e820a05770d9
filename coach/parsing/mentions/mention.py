"""Mentions: values and where they stand in a message; and the form of a message in which grammars look for them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Generic, TypeVar

from coach.parsing.mentions.spoken_days import month_numbers
from coach.parsing.normalise import ascii_digits, decimal_fractions, fold
from coach.parsing.vocabulary import Vocabulary, any_of

T = TypeVar("T", covariant=True)  # noqa: PLC0105 - one letter is no word of a language
V = TypeVar("V")

MAX_CHARACTERS: Final = 600  # of a message that is looked at
BEGINS: Final = r"(?<![^\W_])"
ENDS: Final = r"(?![^\W_])"

_MARKS: Final = str.maketrans(
    {"٫": ".", "−": "-", "–": "-", "—": "-", "′": "'", "″": '"', "”": '"', "“": '"', "…": "."}
)
_PART: Final = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|\s+|[^\w\s]|_")
_DECIMAL: Final = re.compile(r"(?<=\d) ?\. ?(?=\d)|(?<=\d),(?=\d(?!\d\d))")
_TEXTS_REMEMBERED: Final = 256  # a message is ranked first, and read when its turn has come
_HUNDRED: Final = 100
_TEN: Final = 10
_MONTH: Final = 30  # days, or nearly


@dataclass(frozen=True)
class Mention(Generic[T]):
    """A value that a message names, from the character `start` to `end` of its spoken form."""

    start: int
    end: int
    value: T


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language's numbers in words."""

    marks: re.Pattern[str]
    half: re.Pattern[str]
    quarter: re.Pattern[str]
    point: re.Pattern[str]
    dozen: re.Pattern[str]
    half_after_unit: re.Pattern[str]
    ordinal: re.Pattern[str]
    one: re.Pattern[str]
    heard: re.Pattern[str]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    spans, dates = words.spans, words.dates
    units = {word for known in words.units.weights.values() for word in known} | spans.hours | spans.minutes
    units |= {*words.pause.lengths, *words.units.inches, *words.units.centimetres, *words.units.millimetres}
    months = any_of(month_numbers(words))
    which = any_of(dates.next | dates.this)
    month_unit = any_of(word for word, days in words.pause.lengths.items() if days >= _MONTH)
    tens = "|".join(re.escape(word) for word, value in words.numbers.values.items() if value in {20, 30})
    ordinals, article = any_of(dates.ordinals), any_of(words.numbers.article)
    ten = any_of({*(word for word, value in words.numbers.values.items() if value == _TEN), str(_TEN)})
    heard = any_of(word for known in words.efforts.homophones.values() for word in known)
    return _Grammar(
        marks=re.compile(rf"\s*{BEGINS}{any_of(spans.marks)}{ENDS}"),
        half=re.compile(rf"(?<=\d) {any_of(spans.and_half)}{ENDS}(?!-)"),
        quarter=re.compile(rf"(?<=\d) {any_of(spans.and_quarter)}{ENDS}"),
        point=re.compile(rf"(?<=\d) {any_of(spans.point)} (?=\d)"),
        dozen=re.compile(rf"{BEGINS}(?:(?P<count>\d|{article}) )?{any_of(words.numbers.dozen)}{ENDS}"),
        half_after_unit=re.compile(rf"(?<=\d)( ?{any_of(units)}) {any_of(spans.and_half)}{ENDS}"),
        ordinal=re.compile(
            rf"{BEGINS}(?:(?P<tens>{tens or '(?!)'})[ -])?(?P<ordinal>{ordinals}){ENDS}"
            rf"(?= {any_of(dates.of)} {months}{ENDS}| {months}{ENDS}| {any_of(dates.of)} {which} {month_unit}{ENDS})"
            rf"|(?P<lead>{any_of(dates.of)} )(?:(?P<tens2>{tens or '(?!)'})[ -])?(?P<ordinal2>{ordinals})"
            rf"(?=$|[.,;!?]| {any_of(spans.marks)})"
        ),
        one=re.compile(rf" (?:{any_of(units | words.efforts.out_of | spans.point)}){ENDS}"),
        heard=re.compile(rf"{BEGINS}{heard}(?= {any_of(words.efforts.scale)} {ten}{ENDS})"),
    )


def spoken(text: str, words: Vocabulary) -> str:
    """Return the message in small letters with single spaces, numbers in figures, and punctuation as marks."""
    return _spoken(text[:MAX_CHARACTERS], words)


@lru_cache(_TEXTS_REMEMBERED)
def _spoken(text: str, words: Vocabulary) -> str:
    text = fold(decimal_fractions(text).translate(_MARKS))
    text = " ".join(ascii_digits(text).split())
    grammar = _grammar(words)
    text = grammar.marks.sub(",", text)
    text = grammar.ordinal.sub(lambda found: _ordinal(found, words), text)
    text = grammar.heard.sub(lambda found: _as_heard(found[0], words), text)
    text = _figures(text, words)
    text = grammar.dozen.sub(_dozen, text)
    text = grammar.point.sub(".", text)
    text = grammar.half.sub(".5", text)
    text = grammar.quarter.sub(".25", text)
    return grammar.half_after_unit.sub(r".5\1", text)


def find_mentions(pattern: re.Pattern[str], said: str, read: Callable[[re.Match[str]], V | None]) -> list[Mention[V]]:
    """Return what a pattern finds in a spoken form, in order; a match that is read as None is left out."""
    found = ((match, read(match)) for match in pattern.finditer(said))
    return [Mention(match.start(), match.end(), value) for match, value in found if value is not None]


def without(said: str, mentions: Iterable[Mention[object]], mark: str = "·") -> str:
    """Return the text with a mark of the same length in the place of each mention."""
    for found in mentions:
        said = said[: found.start] + mark * (found.end - found.start) + said[found.end :]
    return said


def apart(mentions: Sequence[Mention[object]], others: Sequence[Mention[object]]) -> bool:
    """Say whether no mention of one list overlaps one of the other."""
    return not any(one.start < other.end and other.start < one.end for one in mentions for other in others)


def _dozen(found: re.Match[str]) -> str:
    """Return so many dozens as a figure: "two dozen" is 24."""
    count = found["count"]
    return str(12 * int(count) if count is not None and count.isdecimal() else 12)


def _as_heard(word: str, words: Vocabulary) -> str:
    """Return the figure that a word sounds like: "ate out of ten"."""
    return next(figure for figure, known in words.efforts.homophones.items() if word in known)


def _ordinal(found: re.Match[str], words: Vocabulary) -> str:
    tens, ordinal = found["tens"] or found["tens2"], found["ordinal"] or found["ordinal2"]
    day = words.dates.ordinals.index(ordinal) + 1 + (words.numbers.values[tens] if tens else 0)
    return f"{found['lead'] or ''}{day}{next(iter(sorted(words.pause.ordinals, reverse=True)), '')}"


def _figures(text: str, words: Vocabulary) -> str:
    """Write numbers in words as figures: "thirty two" is 32, "eighty one point five" 81.5; "the one" stays."""
    parts = _PART.findall(text)
    known, point = words.numbers.values, words.spans.point
    if known.keys().isdisjoint(parts):
        return text
    result: list[str] = []
    place = 0
    while place < len(parts):
        value, end = _number(parts, place, known, words.schedule.joining)
        if value is None:
            result.append(parts[place])
            place += 1
            continue
        decimals, after = _decimals(parts, end, known, point)
        rest = "".join(parts[end : end + 4])
        lone = parts[place:end] == [part for part in parts[place:end] if known.get(part) == 1]
        if lone and not decimals and not _grammar(words).one.match(rest):
            result.append(parts[place])
            place += 1
            continue
        result.append(f"{value}{decimals}")
        place = after
    return "".join(result)


def _number(
    parts: Sequence[str], place: int, known: Mapping[str, int], joining: frozenset[str]
) -> tuple[int | None, int]:
    """Return the number in words that begins at a part, and the part behind it."""
    value = known.get(parts[place])
    if value is None:
        return None, place
    end = place + 1
    while end + 1 < len(parts) and (parts[end].isspace() or parts[end] == "-"):
        step = end + 1
        if value % _HUNDRED == 0 and parts[step] in joining and step + 2 < len(parts):
            step += 2
        following = known.get(parts[step])
        if following is None:
            break
        if following == _HUNDRED and value < _TEN:
            value *= _HUNDRED
        elif (value % _HUNDRED == 0 and following < _HUNDRED) or (
            value % _TEN == 0 and value % _HUNDRED >= 2 * _TEN and following < _TEN
        ):
            value += following
        else:
            break
        end = step + 1
    return value, end


def _decimals(parts: Sequence[str], end: int, known: Mapping[str, int], point: frozenset[str]) -> tuple[str, int]:
    """Return the decimals that are spoken behind a number, as ".5", and the part behind them."""
    if end + 3 >= len(parts) or parts[end].strip() or parts[end + 1] not in point or parts[end + 2].strip():
        return "", end
    digits, place = "", end + 3
    while place < len(parts) and known.get(parts[place], _TEN) < _TEN:
        digits += str(known.get(parts[place]))
        place += 1
        if place + 1 < len(parts) and parts[place].isspace() and known.get(parts[place + 1], _TEN) < _TEN:
            place += 1
        else:
            break
    if not digits and place < len(parts) and parts[place].isdigit():
        digits, place = parts[place], place + 1
    return (f".{digits}", place) if digits else ("", end)

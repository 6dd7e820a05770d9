"""Figures of the body within a message: weights, girths and raises by leg, repetitions of sets."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeVar

from coach.parsing.girth import parse_girth
from coach.parsing.measurements import MOST_RAISES, Side
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import NUMBER, number
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.parsing.weight import KG_PER_LB, LB_PER_STONE, read_weight
from coach.profile import Units
from coach.user_errors import UserError

MOST_REPS: Final = 100
_NEAR: Final = 9  # characters from a figure to "each": "19 reps on each"
_NUMBER: Final = NUMBER.removeprefix("[+-]?")
T = TypeVar("T", float, int)


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language's figures."""

    weight: re.Pattern[str]
    written: re.Pattern[str]  # a weight with its unit
    parts: re.Pattern[str]  # sides and figures
    sets: re.Pattern[str]
    reps: re.Pattern[str]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    units, legs = words.units, words.legs
    stone = any_of(units.weights.get(Units.STONE, frozenset()))
    pounds = any_of(units.weights.get(Units.POUNDS, frozenset()))
    every = any_of({word for known in units.weights.values() for word in known})
    lengths = any_of({*units.inches, *units.centimetres, *units.millimetres, '"', "''"})
    times = any_of(words.spans.times | {"×"})
    between = any_of(words.schedule.joining | words.requests.between_sets)
    return _Grammar(
        weight=re.compile(
            rf"{BEGINS}(?:\d{{1,2}}(?:[.,]\d)? ?{stone}"
            rf"(?: ?(?:{any_of(words.schedule.joining)} )?\d{{1,2}}(?:[.,]\d)?(?: ?{pounds})?)?"
            rf"|{_NUMBER} ?{every}?){ENDS}"
        ),
        written=re.compile(rf"{BEGINS}{_NUMBER}[ -]?{every}{ENDS}"),
        parts=re.compile(
            rf"(?:(?<=\d)|{BEGINS})(?:(?P<left>{any_of(legs.left)})|(?P<right>{any_of(legs.right)})|(?P<both>{any_of(legs.both)})){ENDS}"
            rf"|(?P<figure>(?<![\w.,]){_NUMBER}(?: ?[1-7]/[248](?!\d))?)(?: ?(?P<unit>{lengths})(?![^\W\d_]))?"
        ),
        sets=re.compile(
            rf"{BEGINS}(?P<sets>\d{{1,2}}) ?(?:{times}|{any_of(words.spans.rounds)} {any_of(words.dates.of)})"
            rf" ?(?P<reps>\d{{1,3}}){ENDS}"
        ),
        reps=re.compile(rf"(?<![\w.:/-])\d{{1,3}}(?:(?:[\s,/&+]|{BEGINS}{between}{ENDS})+\d{{1,3}})+(?![\w:/]|\.\d)"),
    )


def find_weights(said: str, units: Units | None, words: Vocabulary) -> list[Mention[float]]:
    """Return the numbers of a spoken form that can be a body's weight, in kilograms; if any have a unit, those."""
    grammar = _grammar(words)
    result: list[Mention[float]] = []
    written: list[Mention[float]] = []
    for match in grammar.weight.finditer(said):
        text = re.sub(rf"\b{any_of(words.schedule.joining)}\b", "", match[0])
        try:
            kilograms, _ = read_weight(text, units, words)
        except UserError:
            continue
        found = Mention(match.start(), match.end(), round(kilograms, 1))
        (written if grammar.written.match(match[0]) else result).append(found)
    return written or result


def find_written_weights(said: str, words: Vocabulary) -> list[Mention[None]]:
    """Return where a number with a unit of weight stands."""
    return [Mention(found.start(), found.end(), None) for found in _grammar(words).written.finditer(said)]


def read_girths(said: str, units: Units | None, words: Vocabulary) -> dict[Side | None, float]:
    """Return centimetres by leg; None for a figure that belongs to no leg. What is no calf's girth is left out."""

    def read(match: re.Match[str], unit: str) -> float:
        centimetres = parse_girth(f"{match['figure']} {match['unit'] or unit}".strip(), units, words)
        return round(centimetres, 1)

    return _by_side(said, words, read)


def read_raises(said: str, words: Vocabulary) -> dict[Side | None, int]:
    """Return repetitions by leg; None for a figure that belongs to no leg."""

    def read(match: re.Match[str], _unit: str) -> int:
        count = int(match["figure"])
        if not 0 < count <= MOST_RAISES:
            raise ValueError
        return count

    return _by_side(said, words, read)


def _by_side(said: str, words: Vocabulary, read: Callable[[re.Match[str], str], T]) -> dict[Side | None, T]:
    """Pair figures with the legs named before them or, where a figure comes first, behind them."""
    found = list(_grammar(words).parts.finditer(said))
    unit = next((match["unit"] for match in found if match["unit"]), "")
    items: list[Side | T] = []
    both, end = False, -_NEAR
    leads = False  # whether a leg begins anew behind a figure: "38 and right 39.5"
    of_both: T | None = None  # the figure right before "each"
    named, joined = 0, False  # the end of the last leg; whether "and" stands between it and a figure: "38 left and 39"
    for match in found:
        if match["both"]:
            last = items[-1] if items else None
            if not both and last is not None and not isinstance(last, Side) and _is_near(said[end : match.start()]):
                of_both = last
            both = True
        elif (match["left"] or match["right"]) and _is_without(said[match.end() :], words):
            continue
        elif match["left"] or match["right"]:
            leads = bool(items) and _begins_anew(said[end : match.start()], words)
            items.append(Side.LEFT if match["left"] else Side.RIGHT)
            named = match.end()
        else:
            try:
                items.append(read(match, unit))
            except (UserError, ValueError):
                continue
            joined = joined or said[named : match.start()].strip() in words.legs.joining
            end = match.end()
    if of_both is not None and not any(isinstance(item, Side) for item in items):
        return {Side.LEFT: of_both, Side.RIGHT: of_both}
    if of_both is not None and items[0] == of_both and isinstance(items[1], Side) and len(items) == 3:
        rest = _paired(items[1:], both=False)  # "20 on both, wait, the right was 21"
        return {Side.LEFT: rest.get(Side.LEFT, of_both), Side.RIGHT: rest.get(Side.RIGHT, of_both)}
    figures = [item for item in items if not isinstance(item, Side)]
    if leads and len(figures) == 2 and isinstance(side := items[-2], Side) and not isinstance(items[-3], Side):
        return _of_each(side, figures[::-1])
    if joined and len(items) == 3 and isinstance(side := items[1], Side):
        return _of_each(side, figures)
    return _paired(items, both=both)


def _begins_anew(gap: str, words: Vocabulary) -> bool:
    """Say whether what stands between a figure and a leg begins with "and" or a comma, and says no more than "the"."""
    joins = any_of(words.legs.joining | {",", ";"})
    article = any_of(words.numbers.article | words.dates.of)
    return re.fullmatch(rf" ?{joins}(?: {joins})?(?: {article})? ", gap) is not None


def _of_each(side: Side, figures: Sequence[T]) -> dict[Side | None, T]:
    """Return two figures by leg, of which the first is of the leg that is named."""
    other = Side.RIGHT if side is Side.LEFT else Side.LEFT
    return dict(zip((side, other), figures, strict=False))


def _is_without(behind: str, words: Vocabulary) -> bool:
    """Say whether a leg is named to say that it was not measured: "left i have not tried"."""
    clause = re.split(r"[.,;!?]", behind)[0]
    return not any(map(str.isdigit, clause)) and bool(find_phrases(clause, words.wishes.negate))


def _is_near(gap: str) -> bool:
    """Say whether no more than a few words of one clause stand between a figure and what it is of."""
    return len(gap) <= _NEAR and not any(stop in gap for stop in ",.;")


def _paired(items: list[Side | T], *, both: bool) -> dict[Side | None, T]:
    figures = [item for item in items if not isinstance(item, Side)]
    sides = {item for item in items if isinstance(item, Side)}
    if not figures:
        return {}
    between = isinstance(items[0], Side) and isinstance(items[-1], Side)  # "right 38, left some more"
    if (both and not sides) or (
        len(sides) == 2 and len(figures) == 1 and not between
    ):  # "38 both", "left and right 38"
        return {Side.LEFT: figures[-1], Side.RIGHT: figures[-1]}
    if not sides:
        return {Side.LEFT: figures[0], Side.RIGHT: figures[1]} if len(figures) == 2 else {None: figures[-1]}
    if not isinstance(items[0], Side) and isinstance(items[-1], Side):  # "38 left, 39 right"
        items = items[::-1]
    if [isinstance(item, Side) for item in items] == [False, True, True, False]:  # "19 left, right 22"
        items[0], items[1] = items[1], items[0]
    result: dict[Side | None, T] = {}
    side: Side | None = None
    for item in items:
        if isinstance(item, Side):
            side = item
        elif side is not None:
            result.setdefault(side, item)
    return result


def find_reps(said: str, words: Vocabulary) -> tuple[int, ...]:
    """Return the repetitions of sets: "15, 14, 12", "3 sets of 12", "3x12"."""
    grammar = _grammar(words)
    if found := grammar.sets.search(said):
        return (int(found["reps"]),) * int(found["sets"]) if 0 < int(found["sets"]) <= 10 else ()
    if found := grammar.reps.search(said):
        return tuple(int(figure) for figure in re.findall(r"\d+", found[0]))
    return ()


def plain_kilograms(text: str, words: Vocabulary) -> float | None:
    """Return the kilograms of a load, "10 kilos" or "25 lb": of a dumbbell, so without the bounds of a body's."""
    figure = re.match(_NUMBER, text)
    unit = text[figure.end() :].strip(" -") if figure else ""
    known = next((each for each, named in words.units.weights.items() if unit in named), None)
    if figure is None or known is None:
        return None
    pounds = {Units.KILOGRAMS: 1 / KG_PER_LB, Units.POUNDS: 1.0, Units.STONE: float(LB_PER_STONE)}[known]
    return round(number(figure[0]) * pounds * KG_PER_LB, 1)

"""Clean a text and its entities as Telegram does before it keeps them.

Telegram knows three families. Styles (bold, italic, …) may lie anywhere and are cut where something else begins or
ends. Solid entities (links, code, dates, …) never overlap each other: the first wins. Quotes never overlap either,
and a solid entity lies wholly inside or wholly outside of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from telegram_local.api.errors import bad_request
from telegram_local.text.entities import Entity, utf16_length

_STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_PLAIN_INSIDE = frozenset({"pre", "code", "date_time"})
"""Nothing else is kept inside these."""

_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_DROPPED = re.compile(r"[\r\u2028-\u202e\u0333\u033f\u030a]")
_DIRECTIONS = re.compile(r"[\u200e\u200f](?=[\u200e\u200f])")
_BLANK = re.compile(
    r"[\s\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufffc\ufeff\u00a0\U000e0000-\U000e007f]*"
)


def tidied(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Text and entities as Telegram keeps them; an empty text where nothing visible is left. Raises ApiError.

    Space around the text goes, but not before the first entity.
    """
    text, entities = _trimmed(*cleaned(text, entities))
    return ("", []) if _BLANK.fullmatch(text) else (text, entities)


def cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Control characters become spaces, some invisible ones go, and the entities are fitted to each other."""
    text, entities = _without_dropped(text, fitted(entities))
    return (text, fitted(entities)) if text.strip(" \n") else ("", [])


def fitted(entities: Iterable[Entity]) -> list[Entity]:
    """Entities that nest as Telegram allows, in its order."""
    styles, quotes, solid = _families(entities)
    quotes = _without_overlaps(quotes)
    solid = [entity for entity in _without_overlaps(solid) if not _crosses(entity, quotes)]
    return _with_styles(solid + quotes, styles)


def merged(entities: list[Entity], found: list[Entity]) -> list[Entity]:
    """Fitted entities, and those found in the text where they do not touch a solid one or cross a quote."""
    if not found:
        return entities
    styles, quotes, solid = _families(entities)
    free = [entity for entity in found if not _crosses(entity, quotes)]
    free = [entity for entity in free if not any(_overlap(entity, other) for other in solid)]
    return _with_styles(solid + quotes + free, styles)


def _families(entities: Iterable[Entity]) -> tuple[list[Entity], list[Entity], list[Entity]]:
    ordered = sorted((entity for entity in entities if entity.length > 0), key=lambda entity: entity.order)
    styles = [entity for entity in ordered if entity.kind in _STYLES]
    quotes = [entity for entity in ordered if entity.kind in _QUOTES]
    return styles, quotes, [entity for entity in ordered if entity.kind not in _QUOTES and entity.kind not in _STYLES]


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end


def _without_overlaps(ordered: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in ordered:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _crosses(entity: Entity, quotes: list[Entity]) -> bool:
    return any(
        _overlap(entity, quote) and not (quote.offset <= entity.offset and entity.end <= quote.end) for quote in quotes
    )


def _with_styles(others: list[Entity], styles: list[Entity]) -> list[Entity]:
    """Styles cut at every edge of the others and wherever a style begins; dropped inside code."""
    runs = [run for kind in _STYLES for run in _runs([style for style in styles if style.kind == kind])]
    edges = {edge for other in others for edge in (other.offset, other.end)} | {run.offset for run in runs}
    cuts = sorted(edges)
    plain = [other for other in others if other.kind in _PLAIN_INSIDE]
    pieces = [piece for run in runs for piece in _pieces(run, cuts)]
    kept = [piece for piece in pieces if not any(_overlap(piece, area) for area in plain)]
    return sorted(others + kept, key=lambda entity: entity.order)


def _runs(styles: list[Entity]) -> list[Entity]:
    """Entities of one style joined where they touch."""
    runs: list[Entity] = []
    for style in styles:
        if runs and style.offset <= runs[-1].end:
            runs[-1] = runs[-1].moved(runs[-1].offset, max(runs[-1].end, style.end) - runs[-1].offset)
        else:
            runs.append(style)
    return runs


def _pieces(run: Entity, cuts: list[int]) -> list[Entity]:
    edges = [run.offset, *(cut for cut in cuts if run.offset < cut < run.end), run.end]
    return [run.moved(begin, end - begin) for begin, end in pairwise(edges)]


def _without_dropped(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without the characters that Telegram does not keep, and the entities moved along. Raises ApiError."""
    places = {0: 0}  # where in the clean text a UTF-16 offset of the given text comes to lie
    offset = clean_offset = 0
    for character in text:
        width = 2 if character > "\uffff" else 1
        offset += width
        clean_offset += 0 if _DROPPED.match(character) else width
        places[offset] = clean_offset
    moved = []
    for entity in entities:
        if entity.offset not in places or entity.end not in places:
            raise _misplaced(entity, offset)
        begin, end = places[entity.offset], places[entity.end]
        moved.append(entity.moved(begin, end - begin))
    clean = _DIRECTIONS.sub("\u200c", _CONTROL.sub(" ", _DROPPED.sub("", text)))
    return clean, [entity for entity in moved if entity.length > 0]


def _misplaced(entity: Entity, length: int) -> Exception:
    if entity.offset > length:
        return bad_request(f"entity begins after the end of the text at UTF-16 offset {entity.offset}")
    if entity.end > length:
        return bad_request(
            f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text at UTF-16 offset "
            f"{entity.end}"
        )
    return bad_request("entity begins or ends in a middle of a UTF-16 symbol")


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = text.rstrip(" \n")
    end = utf16_length(text)
    entities = [entity.moved(entity.offset, min(entity.end, end) - entity.offset) for entity in entities]
    entities = sorted((entity for entity in entities if entity.length > 0), key=lambda entity: entity.order)
    first = entities[0].offset if entities else end
    leading = min(len(text) - len(text.lstrip(" \n")), first)
    return text[leading:], [entity.moved(entity.offset - leading, entity.length) for entity in entities]

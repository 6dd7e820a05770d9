"""Files of curators, one kind at a time: parsed into frozen objects, problems collected on the way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from content.checks.claims import Claim, read_claims
from content.rendering.markdown import Rendered
from content.schema.page_fields import ANSWER_ROOM, choice_of, filled_fields, rendered_text, slug_of
from content.schema.problems import Problem, shown
from content.schema.yaml_fields import Fields, read_lines, read_page

ACTIONS = frozenset({"add-calf-raises", "my-protein", "my-week", "today", "log-calf", "pause", "way-back"})
MESSAGE_ROOM = 4000
QUESTION_ROOM = 100  # characters: a question is also a button and an inline title
PHRASING_ROOM = 300
EXAMPLE_ROOM = 600  # of a red flag: told in the middle of a story
ANSWER_WORDS = range(60, 161)
RELATED = range(2, 5)
ENGLISH = "en"
URGENCIES = ("now", "today", "soon", "care")
"""Urgencies, the gravest first: an emergency, today, this week, or before the next plan."""

NO_KIND = "none"  # stands for the kind of red flag of a message that tells none


class Confidence(StrEnum):
    """Confidence in an answer, by its evidence."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Entry:
    """One answered question: the answer as Telegram HTML and plain text, and the ways people ask it."""

    slug: str
    question: str
    category: str
    related: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: Confidence
    reviewed: date
    action: str | None
    exercises: tuple[str, ...]
    html: str
    text: str
    phrasings: tuple[str, ...]
    reviewed_line: int = field(default=1, compare=False)
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class SafetyMessage:
    """The message for a red flag; `urgency` is how soon help is needed; with `pauses` reminders stop.

    Who asks what the entries of `before` answer gets this message first, and them under it; those of `beside` are only
    offered with it.
    """

    kind: str
    urgency: str
    pauses: bool
    html: str
    text: str
    before: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries that may be offered under it."""
        return (*self.before, *self.beside)


def entry(path: Path, root: Path, faults: list[Problem]) -> Entry | None:
    """Read one FAQ answer and the phrasings beside it."""
    page = read_page(path, root, faults)
    if page is None:
        return None
    fields, body, line = page
    question = fields.text("question")
    if len(question) > QUESTION_ROOM:
        fields.fault("question", f"'question' has {len(question)} characters; {QUESTION_ROOM} fit a button")
    rendered = rendered_text(fields, body, line, ANSWER_ROOM)
    _answer(rendered, fields, path, root, line)
    action = fields.text("action", required=False)
    if action and action not in ACTIONS:
        fields.fault("action", f"unknown action '{action}'; one of {', '.join(sorted(ACTIONS))}")
    confidence = choice_of(fields, "confidence", tuple(Confidence))
    sources = fields.texts("sources", required=True, least=1)
    result = Entry(
        slug=slug_of(path, root, faults),
        question=question,
        category=fields.text("category"),
        related=fields.texts("related", required=True, least=RELATED[0], most=RELATED[-1]),
        sources=sources,
        confidence=Confidence(confidence) if confidence else Confidence.LOW,
        reviewed=fields.date("reviewed"),
        action=action or None,
        exercises=fields.texts("exercises"),
        html=rendered.html,
        text=rendered.text,
        phrasings=phrasings(path.with_suffix(".txt"), root, faults),
        reviewed_line=fields.line("reviewed"),
        claims=read_claims(fields, sources),
    )
    fields.close()
    return result


def _answer(rendered: Rendered, fields: Fields, path: Path, root: Path, line: int) -> None:
    """The shape that every answer has. Words are counted in English only: other languages take more, or fewer."""
    count = len(rendered.text.split())
    if count and not rendered.html.startswith("<b>"):
        fields.faults.append(Problem(fields.file, line, "should begin with the answer: a first sentence in **bold**"))
    if count and count not in ANSWER_WORDS and path.relative_to(root).parts[0] == ENGLISH:
        text = f"has {count} words; an answer has {ANSWER_WORDS[0]} to {ANSWER_WORDS[-1]}"
        fields.faults.append(Problem(fields.file, line, text))


def phrasings(path: Path, root: Path, faults: list[Problem], room: int = PHRASING_ROOM) -> tuple[str, ...]:
    """The ways people ask, one a line, each of at most `room` characters."""
    lines = read_lines(path, root, faults)
    for number, line in lines:
        if len(line) > room:
            faults.append(Problem(shown(path, root), number, f"has {len(line)} characters; {room} are enough"))
    return tuple(dict.fromkeys(line for _, line in lines))


def labelled(path: Path, kinds: Collection[str], root: Path, faults: list[Problem]) -> tuple[tuple[str, bool], ...]:
    """Messages and whether each tells a red flag: the kind, or `none`, a tab, and the message."""
    found: dict[str, bool] = {}
    for number, line in read_lines(path, root, faults):
        kind, tab, text = line.partition("\t")
        if not tab or not {NO_KIND}.union(kinds).issuperset(kind.split("|")):
            faults.append(
                Problem(shown(path, root), number, f"begins with a kind of red flag or '{NO_KIND}', and a tab")
            )
        found[text] = kind != NO_KIND
    return tuple(found.items())


def categories(path: Path, root: Path, faults: list[Problem]) -> dict[str, str] | None:
    """Read the categories in the order they are shown; None where that cannot be done."""
    fields = filled_fields(path, root, faults)
    return None if fields is None else {key: fields.text(key) for key in fields.values}


def safety(path: Path, root: Path, faults: list[Problem]) -> SafetyMessage | None:
    """Read one safety message."""
    page = read_page(path, root, faults)
    if page is None:
        return None
    fields, body, line = page
    rendered = rendered_text(fields, body, line, MESSAGE_ROOM)
    fields.texts("sources")
    result = SafetyMessage(
        kind=slug_of(path, root, faults),
        urgency=choice_of(fields, "urgency", URGENCIES),
        pauses=fields.flag("pauses", default=True),
        html=rendered.html,
        text=rendered.text,
        before=fields.texts("before"),
        beside=fields.texts("beside"),
    )
    fields.close()
    return result

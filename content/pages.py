"""What curators write, one kind of file at a time: parsed into frozen objects, faults collected on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from content.faults import Fault, shown
from content.finder.patterns import URGENCIES
from content.markdown import Rendered, render
from content.reading import Fields, read_lines, read_page, read_yaml
from content.variants import Variant, read_variants

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")  # fits a deep link (64 characters) and a button (64 bytes) with a prefix
ACTIONS = frozenset({"add-calf-raises", "my-protein", "my-week", "today", "log-calf", "pause"})
EQUIPMENT = frozenset({"none", "step", "dumbbells", "barbell", "treadmill", "hill", "rope", "roller"})
WORKOUT_KINDS = frozenset({"interval", "strength", "easy", "recovery"})
ANSWER_ROOM = 3000  # characters: Telegram takes 4096, and the question, confidence, sources and notes share them
MESSAGE_ROOM = 4000
QUESTION_ROOM = 100  # characters: a question is also a button and an inline title
PHRASING_ROOM = 300
EXAMPLE_ROOM = 600  # of a red flag: told in the middle of a story
ANSWER_WORDS = range(60, 161)
RELATED = range(2, 5)
ENGLISH = "en"
DOI = re.compile(r"10\.[\d.]+/\S+")
FIRST_YEAR, LAST_YEAR = 1800, 2100


class Confidence(StrEnum):
    """How sure the evidence lets us be."""

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


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the bibliography."""

    key: str
    authors: str
    year: int | None
    title: str
    where: str
    doi: str | None
    page: str | None
    note: str | None = None

    @property
    def citation(self) -> str:
        """One line for a chat, as plain text: who, when, what, where, and how to find it."""
        who = f"{self.authors} ({self.year})" if self.year else self.authors
        found = f"doi:{self.doi}" if self.doi else self.page
        parts = (part.rstrip(".") for part in (who, self.title, self.where, found) if part)
        return " ".join(part if part.endswith(("?", "!")) else f"{part}." for part in parts)


@dataclass(frozen=True, slots=True)
class Exercise:
    """How one exercise is done; `sections` is HTML by heading, `html` the whole page."""

    slug: str
    name: str
    equipment: tuple[str, ...]
    works: str
    easier: str | None
    harder: str | None
    sources: tuple[str, ...]
    sections: Mapping[str, str]
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a workout: `seconds` is the whole phase, once a round where `each_round`."""

    name: str
    seconds: int
    effort: str
    text: str
    each_round: bool
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often the repeated phases are done."""

    default: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Sets:
    """An exercise within a workout."""

    exercise: str
    sets: int
    reps: str
    note: str | None
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Workout:
    """A session of the week; `minutes` with the default rounds."""

    slug: str
    name: str
    kind: str
    minutes: int
    why: str
    rounds: Rounds | None
    phases: tuple[Phase, ...]
    exercises: tuple[Sets, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SafetyMessage:
    """What is said when a red flag is seen; `urgency` is how soon help is needed, `pauses` whether reminders stop."""

    kind: str
    urgency: str
    pauses: bool
    html: str
    text: str


def entry(path: Path, root: Path, faults: list[Fault]) -> Entry | None:
    """Read one FAQ answer and the phrasings beside it."""
    page = read_page(path, root, faults)
    if page is None:
        return None
    fields, body, line = page
    question = fields.text("question")
    if len(question) > QUESTION_ROOM:
        fields.fault("question", f"'question' has {len(question)} characters; {QUESTION_ROOM} fit a button")
    rendered = _rendered(fields, body, line, ANSWER_ROOM)
    _answer(rendered, fields, path, root, line)
    action = fields.text("action", required=False)
    if action and action not in ACTIONS:
        fields.fault("action", f"unknown action '{action}'; one of {', '.join(sorted(ACTIONS))}")
    confidence = _choice(fields, "confidence", tuple(Confidence))
    result = Entry(
        slug=_slug(path, root, faults),
        question=question,
        category=fields.text("category"),
        related=fields.texts("related", required=True, least=RELATED[0], most=RELATED[-1]),
        sources=fields.texts("sources", required=True, least=1),
        confidence=Confidence(confidence) if confidence else Confidence.LOW,
        reviewed=fields.date("reviewed"),
        action=action or None,
        exercises=fields.texts("exercises"),
        html=rendered.html,
        text=rendered.text,
        phrasings=phrasings(path.with_suffix(".txt"), root, faults),
        reviewed_line=fields.line("reviewed"),
    )
    fields.close()
    return result


def _answer(rendered: Rendered, fields: Fields, path: Path, root: Path, line: int) -> None:
    """The shape that every answer has. Words are counted in English only: other languages take more, or fewer."""
    count = len(rendered.text.split())
    if count and not rendered.html.startswith("<b>"):
        fields.faults.append(Fault(fields.file, line, "should begin with the answer: a first sentence in **bold**"))
    if count and count not in ANSWER_WORDS and path.relative_to(root).parts[0] == ENGLISH:
        text = f"has {count} words; an answer has {ANSWER_WORDS[0]} to {ANSWER_WORDS[-1]}"
        fields.faults.append(Fault(fields.file, line, text))


def phrasings(path: Path, root: Path, faults: list[Fault], room: int = PHRASING_ROOM) -> tuple[str, ...]:
    """The ways people ask, one a line, each of at most `room` characters."""
    lines = read_lines(path, root, faults)
    for number, line in lines:
        if len(line) > room:
            faults.append(Fault(shown(path, root), number, f"has {len(line)} characters; {room} are enough"))
    return tuple(dict.fromkeys(line for _, line in lines))


def sources(path: Path, root: Path, faults: list[Fault]) -> dict[str, Source] | None:
    """Read the bibliography; None where that cannot be done."""
    groups = _filled(path, root, faults)
    if groups is None:
        return None
    found: dict[str, Source] = {}
    for key in groups.values:
        fields = groups.map(key, required=True) or Fields(
            groups.file, {}, {}, []
        )  # reported: named, it is no other fault
        if not SLUG.fullmatch(key):
            fields.fault(key, f"the key '{key}' should be small letters, digits and '-'")
        doi, page = fields.text("doi", required=False) or None, fields.text("page", required=False) or None
        if doi and not DOI.fullmatch(doi):
            fields.fault("doi", f"'doi' is '{doi}'; it is written without its address, such as 10.14814/phy2.14427")
        found[key] = Source(
            key=key,
            authors=fields.text("authors"),
            year=fields.number("year", required=False, least=FIRST_YEAR, most=LAST_YEAR),
            title=fields.text("title"),
            where=fields.text("where"),
            doi=doi,
            page=page,
            note=fields.text("note", required=False) or None,
        )
        fields.close()
    return found


def categories(path: Path, root: Path, faults: list[Fault]) -> dict[str, str] | None:
    """Read the categories in the order they are shown; None where that cannot be done."""
    fields = _filled(path, root, faults)
    return None if fields is None else {key: fields.text(key) for key in fields.values}


def _filled(path: Path, root: Path, faults: list[Fault]) -> Fields | None:
    """A YAML file that must not be empty."""
    fields = read_yaml(path, root, faults)
    if fields is not None and not fields.values:
        faults.append(Fault(fields.file, 1, "is empty"))
        return None
    return fields


def exercise(path: Path, root: Path, faults: list[Fault]) -> Exercise | None:
    """Read one exercise."""
    page = read_page(path, root, faults)
    if page is None:
        return None
    fields, body, line = page
    equipment = fields.texts("equipment", required=True, least=1)
    for item in equipment:
        if item not in EQUIPMENT:
            fields.fault("equipment", f"unknown equipment '{item}'; some of {', '.join(sorted(EQUIPMENT))}")
    rendered = _rendered(fields, body, line, ANSWER_ROOM, instructions=True)
    if body.strip() and not rendered.sections:  # their words are each language's own
        faults.append(Fault(fields.file, line, "'## Steps' is missing"))
    result = Exercise(
        slug=_slug(path, root, faults),
        name=fields.text("name"),
        equipment=equipment,
        works=fields.text("works"),
        easier=fields.text("easier", required=False) or None,
        harder=fields.text("harder", required=False) or None,
        sources=fields.texts("sources"),
        sections=rendered.sections,
        html=rendered.html,
        text=rendered.text,
    )
    fields.close()
    return result


def workout(path: Path, root: Path, faults: list[Fault]) -> Workout | None:
    """Read one workout."""
    fields = read_yaml(path, root, faults)
    if fields is None:
        return None
    rounds = fields.map("rounds")
    phases = fields.maps("phases", required=True)
    result = Workout(
        slug=_slug(path, root, faults),
        name=fields.text("name"),
        kind=_choice(fields, "kind", tuple(sorted(WORKOUT_KINDS))),
        minutes=fields.number("minutes", least=1) or 0,
        why=fields.text("why"),
        rounds=_rounds(rounds) if rounds else None,
        phases=tuple(_phase(phase) for phase in phases),
        exercises=tuple(_sets(item) for item in fields.maps("exercises")),
        sources=fields.texts("sources"),
    )
    fields.close()
    if any(phase.each_round for phase in result.phases) != (result.rounds is not None):
        fields.fault("rounds", "'rounds' and a phase with 'each_round: true' belong together")
    return result


def safety(path: Path, root: Path, faults: list[Fault]) -> SafetyMessage | None:
    """Read one safety message."""
    page = read_page(path, root, faults)
    if page is None:
        return None
    fields, body, line = page
    rendered = _rendered(fields, body, line, MESSAGE_ROOM)
    fields.texts("sources")
    result = SafetyMessage(
        kind=_slug(path, root, faults),
        urgency=_choice(fields, "urgency", URGENCIES),
        pauses=fields.flag("pauses", default=True),
        html=rendered.html,
        text=rendered.text,
    )
    fields.close()
    return result


def _rendered(fields: Fields, body: str, line: int, room: int, *, instructions: bool = False) -> Rendered:
    """Render a body and report what Telegram would refuse."""
    rendered = render(body, first_line=line, instructions=instructions)
    fields.faults.extend(Fault(fields.file, number, text) for number, text in rendered.problems)
    if not rendered.text.strip():
        fields.faults.append(Fault(fields.file, line, "the text is missing"))
    if len(rendered.text) > room:
        fields.faults.append(Fault(fields.file, line, f"has {len(rendered.text)} characters; {room} fit a message"))
    return rendered


def _slug(path: Path, root: Path, faults: list[Fault]) -> str:
    """The file's name without its suffix, which is also the address of what it holds."""
    if not SLUG.fullmatch(path.stem):
        faults.append(Fault(shown(path, root), 1, "the file's name should be small letters, digits and '-', up to 40"))
    return path.stem


def _choice(fields: Fields, key: str, allowed: tuple[str, ...]) -> str:
    """One of a few words."""
    value = fields.text(key)
    if value and value not in allowed:
        fields.fault(key, f"'{key}' is '{value}'; one of {', '.join(allowed)}")
        return ""
    return value


def _rounds(fields: Fields) -> Rounds:
    default, least, most = (fields.number(key, least=1) or 1 for key in ("default", "least", "most"))
    if not least <= default <= most:
        fields.fault("default", "'rounds' should have least ≤ default ≤ most")
    fields.close()
    return Rounds(default, least, most)


def _phase(fields: Fields) -> Phase:
    result = Phase(
        name=fields.text("name"),
        seconds=fields.number("seconds", least=1) or 0,
        effort=fields.text("effort"),
        text=fields.text("text"),
        each_round=fields.flag("each_round", default=False),
        variants=read_variants(fields, ("name", "text")),
    )
    fields.close()
    return result


def _sets(fields: Fields) -> Sets:
    result = Sets(
        exercise=fields.text("exercise"),
        sets=fields.number("sets", least=1) or 0,
        reps=fields.text("reps"),
        note=fields.text("note", required=False) or None,
        variants=read_variants(fields, ("exercise", "note")),
    )
    fields.close()
    return result

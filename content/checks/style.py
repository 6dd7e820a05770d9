"""Style, as far as a machine can tell: wording that a native speaker would not use, with file and line.

A slip keeps nobody from starting the bot or reloading its content: `bot.py check` lists it, and the tests hold ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from content.checks.claims import unclaimed
from content.library import Content, own_entries
from content.schema.pages import ENGLISH
from content.schema.problems import Problem, shown
from content.schema.yaml_fields import named, read_text

LONGEST_SENTENCE: Final = 30  # words: more is two sentences
LONGEST_OPENING: Final = 26  # words of the sentence in bold
SEMICOLONS: Final = 2  # in one answer: more reads like a telegram

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*rules: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), advice) for pattern, advice in rules)


_ANYWHERE: Final = _rules(
    (r"\bcalves [AB]\b", "a session's name keeps its capital: Calves A"),
    (r"\[:1\]\|lower", "within a sentence a session's name is {{ name|midsentence }}"),
)
_SPOKEN: Final = _rules(
    (
        r"(?i)\bthe articles?\b|\bboth articles\b|\bthat started this\b",
        "whoever reads has seen no article: 'You may read that …'",
    ),
    (r"\b(?:[Ww]e(?! Th )|[Oo]urs?|[Uu]s)\b", "the coach says I"),
    (r"(?i)\bshall\b", "nobody says 'shall': will, should"),
    (
        r"(?:\A|[.!?:] )One (?:can|may|might|has|needs)\b|(?i:\bone (?:should|must|ought)\b|\bone's\b|\boneself\b)",
        "say 'you'",
    ),
    (r"(?i)\babove all\b", "say 'especially' or 'most of all'"),
    (r"(?i)\blooked at\b|\bhave (?:it|them|that) seen\b", "say 'get it checked'"),
    (r"(?i)\bis for (?:today|a doctor|a physiotherapist)\b", "say 'get it checked today', 'see a doctor'"),
    (
        r"(?i)\basks? much of\b|\bthe surer way\b|\bcopes? badly\b|\bif it stays\b|\bfell out\b|\bpiles? up\b"
        r"|\bnothing grows\b|\bi'm no\b|\b(?:is|that's) no (?:pain|harm|must|verdict|soreness|score|day)\b"
        r"|\bI (?:plan|send|keep) no\b|/cancel leaves it\b|\bwas meant to be\b",
        "a native speaker would not say it so",
    ),
    (r"(?i)\bpooled (?:trials?|studies)\b", "say 'taken together, trials show', 'across studies'"),
    (r"\bOr /cancel", "a button leads out already; where there is none: 'Changed your mind? Type /cancel'"),
    (r"\bNoted:", "say 'Logged' for what was done, 'Saved' for what was set"),
    (r"(?i)\bpress (?:a|the) (?:button|number)\b", "say 'tap'"),
    (
        r"(?i)\bamazing\b|\bincredible\b|\bgame.?changer\b|\bultimate\b|\bskyrocket|\bsecrets?\b|\binsane\b"
        r"|\bshred|\btorch|\bunleash|\bguaranteed?\b|\bhacks?\b",
        "hype: say what it does",
    ),
    (
        r"(?i)\bskinn(?:y|ier)\b|\bton(?:ed|ing)\b|\bflabb|\bburn(?:s|ed|ing)? off\b|\bslimm(?:er|ing)\b"
        r"|\bcheat (?:day|meal)",
        "talk about bodies: say what the legs can do",
    ),
)
_MESSAGES: Final = _rules((r"[\w)%>]; ", "a message has no semicolon: make it two sentences"))
_ANSWERS: Final = _rules(
    (
        r"(?i)\bI'm (?:fairly |quite |very |not very )?(?:sure\b|confident\b)|\bhow sure am I\b",
        "the line under the answer says how sure: say here what is not known",
    ),
)
_OPENINGS: Final = _rules(
    (r"(?i)\A(?:what|whether|who|that)\b(?!.*\?)", "an answer begins with the answer, not with 'What …'"),
    (
        r"(?i)\bI found no|\bno (?:study|trial|evidence)\b",
        "what is not known comes last: begin with what to do or to expect",
    ),
)
_FENCE: Final = "---"
_SENTENCE: Final = re.compile(r"(?<=[.!?])\**\s+(?=[*\"“‘A-Z0-9])")
_MARKS: Final = re.compile(r"^\s*(?:[-#]+|\d+\.)\s+|\*")


def slips(root: Path, content: Content) -> Iterator[Problem]:
    """Every slip of the English content, and numbers of answers in any language that no claim covers."""
    yield from _spoken_slips(root)
    for file, entry in own_entries(content):
        for number in unclaimed(entry.text, entry.claims):
            yield Problem(file, entry.reviewed_line, f"'{number}' stands in none of the 'claims'")


def _spoken_slips(root: Path) -> Iterator[Problem]:
    """Answers and exercises are read in full, what the coach says and workouts line by line, all for names."""
    folder = root / ENGLISH
    for path in sorted(path for path in folder.rglob("*") if path.suffix in {".md", ".j2", ".yaml"}):
        for number, line in _lines(path, root):
            yield from _matching(_ANYWHERE, line, path, root, number)
    for kind in ("messages", "workouts"):
        for path in sorted(path for path in (folder / kind).rglob("*") if path.suffix in {".j2", ".yaml"}):
            for number, line in _lines(path, root):
                yield from _matching((*_SPOKEN, *_MESSAGES), line, path, root, number)
    for kind in ("faq", "exercises"):
        for path in named(folder / kind, ".md"):
            yield from _spoken(path, root, answer=kind == "faq")


def _spoken(path: Path, root: Path, *, answer: bool) -> Iterator[Problem]:
    """The slips of one page, its front matter left out."""
    lines = list(_lines(path, root))
    fences = [number for number, line in lines if line.strip() == _FENCE]
    body = [(number, line) for number, line in lines if len(fences) > 1 and number > fences[1] and line.strip()]
    for number, line in body:
        yield from _matching((*_SPOKEN, *_ANSWERS) if answer else _SPOKEN, line, path, root, number)
        for sentence in _SENTENCE.split(_MARKS.sub("", line)):
            if (count := len(sentence.split())) > LONGEST_SENTENCE:
                yield Problem(shown(path, root), number, f"a sentence of {count} words; {LONGEST_SENTENCE} are enough")
    if answer and body:
        yield from _opening(*body[0], path, root)
        if (count := sum(line.count(";") for _, line in body)) > SEMICOLONS:
            text = f"{count} semicolons; {SEMICOLONS} are enough: make sentences"
            yield Problem(shown(path, root), body[0][0], text)


def _opening(number: int, line: str, path: Path, root: Path) -> Iterator[Problem]:
    """The slips of the sentence in bold."""
    opening = line.split("**")[1] if line.startswith("**") and line.count("**") > 1 else line
    yield from _matching(_OPENINGS, opening, path, root, number)
    if (count := len(opening.split())) > LONGEST_OPENING:
        yield Problem(shown(path, root), number, f"begins with {count} words in bold; {LONGEST_OPENING} are enough")


def _matching(rules: _Rules, line: str, path: Path, root: Path, number: int) -> Iterator[Problem]:
    """The rules that a line breaks, each once."""
    for pattern, advice in rules:
        if found := pattern.search(line):
            yield Problem(shown(path, root), number, f"'{found[0].lstrip('.!?: ')}': {advice}")


def _lines(path: Path, root: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers; what cannot be read was reported when the content was loaded."""
    yield from enumerate((read_text(path, root, []) or "").split("\n"), start=1)

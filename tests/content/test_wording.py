"""Lines of templates: a tag at the end of a line takes the line break with it."""

import re
from datetime import datetime
from itertools import product

import pytest

from app.runtime import CONTENT
from content.library import Content
from db.queries.due_reminders import RemindedSession
from scheduler.kinds.session import message
from scheduler.reminder_messages import ReminderComposer
from tests.support.bot_harness import GLUED, START

TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}")


def test_no_line_of_a_template_runs_into_the_next() -> None:
    found = []
    for path in sorted((CONTENT / "en" / "messages").rglob("*.j2")):
        ends = branched = False
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            said = TAGS.sub("", line).strip()
            if said and ends and not line.startswith(" "):
                found.append(f"{path.name}:{number}")
            if line.startswith(("{% elif", "{% else")):
                branched, ends = branched or ends, False  # the other branch: the two are never shown together
            elif line.startswith("{% endif"):
                branched, ends = False, branched or ends
            elif said or not line:
                ends = bool(said) and line.endswith("%}") and not line.startswith(("{% set", "{% macro"))
    mappings = {"_why.j2:32", "not_yet.j2:12"}  # over many lines
    allowed = mappings | {"write.j2:13", "shown.j2:5"}  # a line in a loop, whole lines
    assert set(found) <= allowed


@pytest.mark.parametrize(
    ("kind", "workout", "percent"),
    [
        ("interval", "sprint-intervals", 70),
        ("interval", "walk-jog-intervals", None),
        ("strength", "calf-strength-a", None),
        ("easy", "easy-walk", None),
        ("recovery", "recovery", None),
    ],
)
def test_sentences_of_a_reminder_stand_apart(content: Content, kind: str, workout: str, percent: int | None) -> None:
    words = ReminderComposer(lambda: content)
    for ahead, known in product(range(8), (None, "pain", "missed", "easier")):
        day = datetime.fromordinal(START.toordinal() + ahead)
        session = RemindedSession(1, day.date(), kind, workout, 3, "planned", percent, 20)
        text = message(words, "en", session, day, known).payload["text"]  # type: ignore[arg-type]
        assert not GLUED.search(text), text

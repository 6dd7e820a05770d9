"""The questions that finding is measured on; nothing is trained on them."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from coach.requests import ShownItem

QUESTIONS: Final = Path(__file__).parents[2] / "tests/content/questions"


def questions(name: str) -> list[tuple[str, str]]:
    """Label and text of each line of a set."""
    text = (QUESTIONS / name).read_text(encoding="utf-8")
    return [(label, question) for label, _, question in (line.partition("\t") for line in text.splitlines())]


def follow_ups(path: Path) -> list[tuple[ShownItem, list[str], str]]:
    """The page before, the entries that answer (none of them: nothing does) and the text; requests are left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix != ".jsonl":
        columns = [line.split("\t") for line in lines]
        return [(shown(page), [slug for slug in wanted.split(",") if slug != "none"], text)
                for page, wanted, text in columns]  # fmt: skip
    found = []
    for line in lines:
        said = json.loads(line)
        gold = said["gold"] if isinstance(said["gold"], list) else [said["gold"]]
        wanted = [each["entry"] for each in gold if isinstance(each, dict) and "entry" in each]
        if wanted or "none" in gold:
            found.append((_item(said.get("after") or {}), wanted, said["question"]))
    return found


def shown(page: str) -> ShownItem:
    """A page by the name that examples of follow-ups give it."""
    kind, _, slug = page.rpartition("/")
    if kind == "exercise":
        return ShownItem(exercise=slug)
    return ShownItem(workout=slug) if kind else ShownItem(entry=slug)


def _item(after: dict[str, Any]) -> ShownItem:
    day = date.fromisoformat(after["session"]) if "session" in after else None
    return ShownItem(after.get("entry"), day, after.get("workout"), after.get("exercise"))

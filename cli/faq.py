"""Questions: `ask` says what the FAQ would answer, `unanswered` lists what it could not."""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.runtime import CONTENT, load_content, open_database
from cli.report import OK, REFUSED, complain
from coach.profile import Units
from coach.question_clustering import cluster
from coach.requests import ShownItem
from content.library import ENGLISH
from content.understanding.as_json import as_json
from content.understanding.places import Places
from content.understanding.requests.slots.heard import Moment
from content.understanding.understand import understand
from content.understanding.vocabulary import read_vocabulary
from db.queries import questions
from settings import Settings


def ask(_settings: Settings, options: argparse.Namespace) -> int:
    """Say what the chat would do with a message, and why. It knows no person: units are kilograms and centimetres."""
    language = load_content(options.content).language(None)
    finder, places = language.finder, Places()

    def asked(line: str) -> dict[str, Any]:
        given = _read(line)
        question = str(given.get("question", ""))
        moment = Moment(_now(given), Units.KILOGRAMS, _shown(given.get("after")), places)
        found = finder.find(question, moment.after)
        begun = time.perf_counter()
        understood = understand(question, found, language, moment=moment)
        candidates = [{"entry": one.entry, "score": round(one.score, 4)} for one in found.candidates]
        return {
            "question": question,
            "outcome": "none",
            "entry": None,
            "safety": None,
            "urgency": None,
            **as_json(understood),
            "candidates": candidates,
            "ms": round(found.ms + (time.perf_counter() - begun) * 1000, 3),
        }

    if options.jsonl:
        for line in sys.stdin.buffer:
            print(json.dumps(asked(line.decode(errors="replace").strip()), ensure_ascii=False), flush=True)
        return OK
    if not " ".join(options.question).strip():
        return complain("Ask something: bot.py ask why are calves hard to grow", code=REFUSED)
    answer = asked(" ".join(options.question))
    meant = answer["safety"] or answer["entry"] or answer.get("intent") or "–"
    print(f"{answer['outcome']}: {meant} ({answer['ms']:.1f} ms)")
    for slot, value in answer.get("slots", {}).items():
        print(f"  {slot}: {value}")
    for candidate in answer["candidates"]:
        print(f"  {candidate['score']:.3f}  {candidate['entry']}")
    return OK


def _read(line: str) -> dict[str, Any]:
    """Return an object of a line that is one, else the line as its question."""
    if line.startswith("{"):
        try:
            given = json.loads(line)
        except ValueError:
            given = None
        if isinstance(given, dict) and "question" in given:
            return given
    return {"question": line}


def _now(given: Mapping[str, Any]) -> datetime:
    """Return the person's local time of a line, else that of this machine."""
    try:
        return datetime.fromisoformat(str(given["now"]))
    except (KeyError, ValueError):
        return datetime.now().astimezone()


def _shown(after: object) -> ShownItem | None:
    """Return the last thing that the chat showed, as a line says it."""
    if not isinstance(after, dict):
        return None
    text = {key: str(after[key]) for key in ("entry", "workout", "exercise") if after.get(key)}
    try:
        session = date.fromisoformat(str(after["session"])) if after.get("session") else None
    except ValueError:
        session = None
    return ShownItem(session=session, **text) if text or session else None


def unanswered(settings: Settings, _options: argparse.Namespace) -> int:
    """List what people asked in vain, the most asked first."""
    db = open_database(settings.database_url)
    words, _ = read_vocabulary(CONTENT / ENGLISH / "understanding", CONTENT, [])
    groups = cluster(db.run_now(questions.unanswered), words.common)
    db.close()
    print(f"{sum(len(group.asked) for group in groups)} open, {len(groups)} group{'' if len(groups) == 1 else 's'}")
    for group in groups:
        waiting = f", {group.waiting} to be told" if group.waiting else ""
        print(f"×{len(group.asked)}  {_line(group.text)}  (first on {group.first:%Y-%m-%d}{waiting})")
        for wording in group.wordings:
            if wording != group.text:
                print(f"      {_line(wording)}")
    return OK


def _line(text: str) -> str:
    """Return what a stranger wrote on one line, without what a terminal would obey."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())

"""Questions: `ask` says what the FAQ would answer, `unanswered` lists what it could not."""

import argparse
import json
import sys
from typing import Any

from app.runtime import CONTENT, load_content, open_database
from cli.report import OK, REFUSED, complain
from coach.question_clustering import cluster
from content.library import ENGLISH
from content.understanding.vocabulary import read_vocabulary
from db.queries import questions
from settings import Settings


def ask(_settings: Settings, options: argparse.Namespace) -> int:
    """Say what the FAQ would answer, and why."""
    finder = load_content(options.content).language(None).finder

    def asked(question: str) -> dict[str, Any]:
        found = finder.find(question)
        candidates = [{"entry": one.entry, "score": round(one.score, 4)} for one in found.candidates]
        return {
            "question": question,
            "outcome": found.outcome,
            "entry": found.entry,
            "safety": found.safety,
            "urgency": found.urgency,
            "candidates": candidates,
            "ms": round(found.ms, 3),
        }

    if options.jsonl:
        for line in sys.stdin.buffer:
            print(json.dumps(asked(line.decode(errors="replace").strip()), ensure_ascii=False), flush=True)
        return OK
    if not " ".join(options.question).strip():
        return complain("Ask something: bot.py ask why are calves hard to grow", code=REFUSED)
    answer = asked(" ".join(options.question))
    found = f"{answer['safety']}, {answer['urgency']}" if answer["safety"] else answer["entry"] or "–"
    print(f"{answer['outcome']}: {found} ({answer['ms']:.1f} ms)")
    for candidate in answer["candidates"]:
        print(f"  {candidate['score']:.3f}  {candidate['entry']}")
    return OK


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

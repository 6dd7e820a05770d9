"""Quality of understanding requests: `python -m benchmarks.understanding [--misses] [file ...]`.

A file has a JSON object a line: `question`, `now`, `after`, and `gold`: an intent with its slots, an entry, a red flag,
"smalltalk", "none", or a list of what is acceptable. Without files it reads the development set of `tests/content`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from coach.profile import Units
from coach.requests import SHOWING, Intent, ShownItem
from content.library import Language, load
from content.understanding.as_json import as_json
from content.understanding.places import Places
from content.understanding.requests.slots.heard import Moment
from content.understanding.understand import understand

ROOT: Final = Path(__file__).parents[1]
OWN: Final = ROOT / "tests/content/requests"
CHANGING: Final = frozenset(intent.value for intent in Intent if intent not in SHOWING)

Line = dict[str, Any]


@dataclass
class Tally:
    """Counts of one kind of line: how many there are, and how many are right."""

    lines: int = 0
    right: int = 0

    def add(self, *, right: bool) -> None:
        """Count a line."""
        self.lines += 1
        self.right += right

    def __str__(self) -> str:
        share = f"{self.right / self.lines:.1%}" if self.lines else "–"
        return f"{share} ({self.right} of {self.lines})"


@dataclass
class Score:
    """Counts of a file."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    lines: int = 0
    wrong_changes: int = 0
    ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, name: str, *, right: bool) -> None:
        """Count a line of a kind."""
        self.tallies.setdefault(name, Tally()).add(right=right)


def judge(language: Language, lines: list[Line]) -> Score:
    """Read every line and compare it with its gold."""
    score, places = Score(), Places()
    language.finder.warm()
    places.find("Lisbon", language.vocabulary.places)
    for line in lines:
        after = shown(line.get("after"))
        moment = Moment(datetime.fromisoformat(line["now"]), Units.KILOGRAMS, after, places)
        clock, busy = time.perf_counter(), time.thread_time()
        found = language.finder.find(line["question"], after)
        got = as_json(understand(line["question"], found, language, moment=moment))
        score.ms.append((time.perf_counter() - clock) * 1000)
        score.cpu_ms.append((time.thread_time() - busy) * 1000)
        _compare(score, line, got)
    return score


def shown(after: Line | None) -> ShownItem | None:
    """Return the last thing shown, as a line says it."""
    if not after:
        return None
    session = date.fromisoformat(after["session"]) if "session" in after else None
    return ShownItem(after.get("entry"), session, after.get("workout"), after.get("exercise"))


def _compare(score: Score, line: Line, got: dict[str, Any]) -> None:
    accepted = line["gold"] if isinstance(line["gold"], list) else [line["gold"]]
    accepted = ["smalltalk" if each == {"intent": "smalltalk"} else each for each in accepted]
    requests = [each for each in accepted if isinstance(each, dict) and "intent" in each]
    right = any(_fits(each, got, slots=True) for each in accepted)
    named = any(_fits(each, got, slots=False) for each in accepted)
    score.lines += 1
    if requests:
        score.add("intent right", right=named)
        score.add("slots all right", right=right)
    elif any(isinstance(each, dict) and "safety" in each for each in accepted):
        score.add("red flags kept", right=got["outcome"] == "safety" or got.get("safety") is not None)
    elif "after" in line and any(isinstance(each, dict) and "entry" in each for each in accepted):
        score.add("follow-ups right", right=right)
    else:
        score.add("near misses no request", right=got["outcome"] != "request")
        score.add("near misses right", right=right)
    done = {each["intent"] for each in got.get("all", [got]) if "intent" in each}
    changed = done & CHANGING - {each["intent"] for each in requests}
    score.wrong_changes += bool(changed)
    if not right or changed:
        meant = " | ".join(json.dumps(each) for each in accepted)
        kept = {key: value for key, value in got.items() if key != "outcome" and value is not None}
        mark = "CHANGE" if changed else "intent" if not named else "slots"
        score.misses.append(
            f"{mark:7} {line['question']!r} ({line['now']})\n        gold {meant}\n        got  {got['outcome']} {kept}"
        )


def _fits(gold: object, got: dict[str, Any], *, slots: bool) -> bool:
    if isinstance(gold, str):
        return bool(got["outcome"] == gold or (gold == "none" and got["outcome"] == "suggest" and "intents" not in got))
    assert isinstance(gold, dict)
    if "entry" in gold:
        return bool(got.get("entry") == gold["entry"] or gold["entry"] in got.get("entries", [])[:3])
    if "safety" in gold:
        return bool(got["outcome"] == "safety")
    if got.get("intent") != gold["intent"]:
        return False
    return not slots or bool(got.get("slots", {}) == gold.get("slots", {}))


def report(name: str, score: Score, *, misses: bool) -> None:
    """Print the figures of a file."""
    print(f"{name}: {score.lines} lines")
    for kind, tally in score.tallies.items():
        print(f"  {kind:24} {tally}")
    share = score.wrong_changes / max(score.lines, 1)
    print(f"  {'wrong change':24} {share:.1%} ({score.wrong_changes} of {score.lines})")
    if len(score.ms) > 1:
        for kind, taken in (("ms p50 / p99", score.ms), ("CPU ms p50 / p99", score.cpu_ms)):
            print(f"  {kind:24} {statistics.median(taken):.1f} / {statistics.quantiles(taken, n=100)[-1]:.1f}")
    if misses:
        print("\n".join(score.misses))


def main() -> int:
    """Judge the files of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what is not right")
    options = parser.parse_args()
    language = load(ROOT / "content", cache=ROOT / ".cache").language(None)
    for path in options.files or sorted(OWN.glob("*.jsonl")):
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        report(path.stem, judge(language, lines), misses=options.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())

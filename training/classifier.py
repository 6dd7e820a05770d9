"""Weigh the signs of requests anew: `python -m training.classifier [--out FILE]`.

Reads `labelled.tsv` beside the examples of a language: a line has the intents that are right, or "none", what was
shown last, and the message. The ranker of intents has not learned these lines. Writes `classifier.tsv` there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

import numpy as np

from app.runtime import load_content
from coach.profile import Units
from coach.requests import ShownItem
from content.library import Language
from content.schema.pages import ENGLISH
from content.understanding.ranking.ranker import logistic
from content.understanding.requests.classifier.signs import signs_of
from content.understanding.requests.classifier.weights import CONSTANT, FILE, RequestClassifier
from content.understanding.requests.ranked import likely_intents, with_named
from content.understanding.requests.slots.context import with_shown
from content.understanding.requests.slots.heard import Heard, Moment
from content.understanding.requests.slots.readers import read_slots

ROOT: Final = Path(__file__).parents[1] / "content"
LABELLED: Final = "requests/labelled.tsv"
NONE: Final = "none"
NOW: Final = datetime(2026, 11, 26, 18, 10)  # noqa: DTZ001 - a person's own time
RIDGE: Final = 0.01
EVEN: Final = 0.5  # the probability from which on a line counts as right


def signs_and_truth(language: Language, path: Path) -> Iterator[tuple[dict[str, float], bool]]:
    """Yield the signs of each line's likeliest intent, and True where that is right."""
    for line in path.read_text(encoding="utf-8").splitlines():
        right, shown, text = line.split("\t")
        after = _shown(shown)
        found = language.finder.find(text, after)
        if found.intents is None:  # a red flag goes before any request
            continue
        heard = Heard(
            text,
            Moment(NOW, Units.KILOGRAMS, after),
            language.vocabulary,
            language.exercise_names,
            language.goal_words,
            language.person_words,
        )
        ranked = with_named(found.intents, heard)
        if likely := likely_intents(ranked, heard):
            intent = likely[0][0]
            slots = with_shown(intent, read_slots(intent, heard), heard.moment)
            yield signs_of(intent, likely, found, ranked, heard, slots), intent.value in right.split("|")


def _shown(words: str) -> ShownItem | None:
    kind, _, name = words.partition(" ")
    match kind:
        case "entry":
            return ShownItem(entry=name)
        case "session":
            return ShownItem(session=date(NOW.year, NOW.month, NOW.day), workout=name)
        case "exercise":
            return ShownItem(exercise=name)
    return None


def fit(told: Sequence[tuple[dict[str, float], bool]]) -> dict[str, float]:
    """Return the weight of each sign that the lines have."""
    names = sorted({name for signs, _ in told for name in signs})
    rows = np.asarray([[*(signs.get(name, 0.0) for name in names), 1.0] for signs, _ in told], np.float32)
    weights = logistic(rows, np.asarray([right for _, right in told]), np.ones(len(rows), np.float32), ridge=RIDGE)
    return dict(zip([*names, CONSTANT], weights.tolist(), strict=True))


def main() -> int:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="where to write them, if not among the content")
    out = parser.parse_args().out
    language, folder = load_content().language(None), ROOT / ENGLISH / "understanding"
    language.finder.warm()
    told = list(signs_and_truth(language, folder / LABELLED))
    weights = fit(told)
    lines = [f"{name}\t{weight:.4f}" for name, weight in weights.items()]
    (out or folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    classifier = RequestClassifier(weights)
    apart = sum((classifier.probability(signs) >= EVEN) is right for signs, right in told) / len(told)
    print(f"{len(told)} messages, {sum(right for _, right in told)} with the likeliest intent; {apart:.1%} told apart")
    return 0


if __name__ == "__main__":
    sys.exit(main())

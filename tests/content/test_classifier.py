"""The classifier of red flags: what it learns from and makes of it, and that nothing else learns the same lines."""

from pathlib import Path
from typing import Final

import numpy as np
import pytest

from content.library import Content
from content.schema import pages
from content.schema.problems import Problem
from content.understanding.ranking.ngrams import words
from content.understanding.red_flags.classifier import Classifier, classifier_name, fit_classifier, kept_classifier

SAFETY: Final = Path(__file__).parents[2] / "content/en/safety"
LINES: Final = (("my chest is tight", True), ("chest day at the gym", False))


def signs(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.asarray(values, np.float32)


def test_what_speaks_for_a_red_flag_makes_it_likelier_and_what_speaks_against_it_less_likely() -> None:
    told = [signs(0.9, 0.1), signs(0.7, 0.2), signs(0.3, 0.0), signs(0.6, 0.1)]
    plain = [signs(0.5, 0.9), signs(0.1, 0.4), signs(0.0, 0.8), signs(0.2, 0.7)]
    classifier = fit_classifier([*told, *plain], [True] * 4 + [False] * 4)
    assert (
        classifier.probability(signs(0.9, 0.0))
        > classifier.probability(signs(0.4, 0.0))
        > classifier.probability(signs(0.0, 0.0))
    )
    assert classifier.probability(signs(0.5, 0.9)) < 0.5 < classifier.probability(signs(0.5, 0.0))


def test_a_judge_is_kept_and_learns_anew_when_its_lines_or_what_scores_them_change(tmp_path: Path) -> None:
    name = classifier_name(LINES, "scored so")
    fitted = kept_classifier(name, tmp_path, lambda: Classifier(signs(1.0, 2.0)))
    again = kept_classifier(name, tmp_path, lambda: pytest.fail("it was kept"))
    assert again.weights.tolist() == fitted.weights.tolist()
    assert len({name, classifier_name(LINES[:1], "scored so"), classifier_name(LINES, "otherwise")}) == 3


def test_nothing_else_learns_the_lines_that_the_judge_learns_from() -> None:
    labelled = {
        " ".join(words(line.partition("\t")[2])) for line in (SAFETY / "labelled.tsv").read_text("utf-8").split("\n")
    }
    learned = {
        " ".join(words(line)) for path in SAFETY.parent.rglob("*.txt") for line in path.read_text("utf-8").split("\n")
    }
    assert len(labelled) > 500
    assert labelled & learned <= {""}


def test_every_kind_is_judged(content: Content) -> None:
    lines = (SAFETY / "labelled.tsv").read_text("utf-8").split("\n")
    told = {kind for line in lines if "\t" in line for kind in line.partition("\t")[0].split("|")}
    assert told == {*content.language("en").safety, pages.NO_KIND}


@pytest.mark.parametrize("line", ["my chest is tight", "chst\tmy chest is tight", "\tmy chest is tight"])
def test_a_line_of_no_kind_is_a_fault(tmp_path: Path, line: str) -> None:
    path = tmp_path / "labelled.tsv"
    path.write_text(f"chest|none\tpressure on my chest\n{line}\n", encoding="utf-8")
    faults: list[Problem] = []
    pages.labelled(path, {"chest"}, tmp_path, faults)
    assert [str(fault) for fault in faults] == ["labelled.tsv:2 begins with a kind of red flag or 'none', and a tab"]

"""Quality and speed of the finder, beside fuzzy title matching and BM25: `python -m benchmarks.finding`.

The question sets are those of `tests/content/questions`; nothing was trained on them. The peers see the same titles
and phrasings as the finder (fuzzy once with titles only, as bots of this kind do). Paths of further sets of follow-ups,
in the form of `own_followups.tsv` or as objects with `question`, `after` and `gold`, may follow.
"""

from __future__ import annotations

import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rank_bm25 import BM25Okapi
from rapidfuzz import fuzz, process, utils

from benchmarks.safety import print_safety
from benchmarks.support.questions import QUESTIONS, follow_ups, questions
from coach.requests import ShownItem
from content.library import Content, Entry, FaqSearch, SearchResult, load
from content.understanding.ranking.ngrams import words

ROOT: Final = Path(__file__).parents[1]
LANGUAGE: Final = "en"

Ranked = list[str]  # slugs, best first


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares, from 0 to 1."""

    first: float
    three: float


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds a question: wall clock, and CPU of the asking thread."""

    p50: float
    p99: float
    cpu_p50: float
    cpu_p99: float


def fuzzy(entries: Iterable[Entry], *, titles_only: bool) -> Callable[[str], Ranked]:
    """Token-set ratio against titles, or titles and phrasings."""
    known = [(entry.slug, text) for entry in entries
             for text in ((entry.question,) if titles_only else (entry.question, *entry.phrasings))]  # fmt: skip
    texts = [utils.default_process(text) for _, text in known]

    def rank(question: str) -> Ranked:
        found = process.extract(utils.default_process(question), texts, scorer=fuzz.token_set_ratio, limit=60)
        return list(dict.fromkeys(known[place][0] for _, _, place in found))

    return rank


def bm25(entries: Iterable[Entry]) -> Callable[[str], Ranked]:
    """BM25 over titles and phrasings, the best text of an entry counting."""
    known = [(entry.slug, text) for entry in entries for text in (entry.question, *entry.phrasings)]
    index = BM25Okapi([words(text) for _, text in known])

    def rank(question: str) -> Ranked:
        scores = index.get_scores(words(question))
        return list(dict.fromkeys(known[place][0] for place in scores.argsort()[::-1][:60].tolist()))

    return rank


def ours(finder: FaqSearch) -> Callable[[str], Ranked]:
    """The finder's candidates."""
    return lambda question: [candidate.entry for candidate in finder.find(question).candidates]


def quality(rank: Callable[[str], Ranked], asked: list[tuple[str, str]]) -> Quality:
    """Return the share of questions whose right entry is first, and among three."""
    ranked = [(slug, rank(question)[:3]) for slug, question in asked]
    return Quality(
        first=sum(found[:1] == [slug] for slug, found in ranked) / len(asked),
        three=sum(slug in found for slug, found in ranked) / len(asked),
    )


def speed(rank: Callable[[str], object], asked: list[tuple[str, str]]) -> Speed:
    """Time each question once, after one to warm up."""
    rank("warm up")
    wall, cpu = [], []
    for _, question in asked:
        clock, busy = time.perf_counter(), time.thread_time()
        rank(question)
        wall.append((time.perf_counter() - clock) * 1000)
        cpu.append((time.thread_time() - busy) * 1000)
    slow, busiest = statistics.quantiles(wall, n=100)[-1], statistics.quantiles(cpu, n=100)[-1]
    return Speed(statistics.median(wall), slow, statistics.median(cpu), busiest)


def print_ranking(content: Content, finder: FaqSearch) -> None:
    """The finder beside its peers."""
    entries = list(content.language(LANGUAGE).entries.values())
    peers = {
        "finder": ours(finder),
        "BM25, titles and phrasings": bm25(entries),
        "fuzzy token set, titles and phrasings": fuzzy(entries, titles_only=False),
        "fuzzy token set, titles": fuzzy(entries, titles_only=True),
    }
    print(f"{'right first / in three':40}{'dev':>15}{'own':>15}{'ms p50 / p99':>17}{'CPU ms p50 / p99':>19}")
    for name, rank in peers.items():
        asked = questions("dev_questions.tsv")
        dev, own = quality(rank, asked), quality(rank, questions("own_questions.tsv"))
        took = speed(rank, asked)
        print(f"{name:40}{dev.first:8.1%} {dev.three:6.1%}{own.first:8.1%} {own.three:6.1%}"
              f"{took.p50:9.2f} / {took.p99:5.1f}{took.cpu_p50:11.2f} / {took.cpu_p99:5.1f}")  # fmt: skip


def print_outcomes(finder: FaqSearch) -> None:
    """Print the outcomes that people would get; of the hard set the first label is the only one that counts."""
    for name in ("dev", "own", "more", "hard"):
        asked = [(slug, finder.find(question)) for slug, question in questions(f"{name}_questions.tsv")]
        right = sum(found.entry == slug for slug, found in asked)
        wrong = sum(found.outcome == "answer" and found.entry != slug for slug, found in asked)
        offered = sum(
            found.outcome == "suggest" and slug in [one.entry for one in found.candidates[:3]] for slug, found in asked
        )
        alarms = sum(found.outcome == "safety" for _, found in asked)
        print(f"{name} questions ({len(asked)}): right outright {right / len(asked):.1%}, "
              f"helped {(right + offered) / len(asked):.1%}, wrong outright {wrong / len(asked):.1%}, "
              f"taken for a red flag {alarms / len(asked):.1%}")  # fmt: skip
        found = [finder.find(question).outcome for _, question in questions(f"{name}_outside.tsv")]
        shares = ", ".join(f"{outcome} {found.count(outcome) / len(found):.1%}"
                           for outcome in ("none", "suggest", "answer", "safety"))  # fmt: skip
        print(f"{name} outside ({len(found)}): {shares}")


def print_follow_ups(content: Content, finder: FaqSearch, paths: Iterable[Path]) -> None:
    """Print the outcomes after a page, without and with it, and the loss of a new question by an unrelated page."""
    for path in paths:
        asked = follow_ups(path)
        for name, known in (("without the page", False), ("with it", True)):
            found = [(wanted, finder.find(text, after if known else None)) for after, wanted, text in asked]
            right = sum(_follows(wanted, seen) for wanted, seen in found)
            first = sum(bool(wanted) and seen.candidates[0].entry in wanted for wanted, seen in found)
            wrong = sum(seen.outcome == "answer" and seen.entry not in wanted for wanted, seen in found)
            ours = sum(bool(wanted) for wanted, _ in found)
            print(f"{path.name} ({len(asked)}) {name}: right outright {right / len(asked):.1%}, "
                  f"first {first / ours:.1%} where there is an entry, wrong {wrong / len(asked):.1%}")  # fmt: skip
    pages = list(content.language(LANGUAGE).entries)
    pick = random.Random(11)
    for name in ("dev", "own", "more"):
        new = [(slug, text, ShownItem(entry=pick.choice(pages))) for slug, text in questions(f"{name}_questions.tsv")]
        before = sum(finder.find(text).entry == slug for slug, text, _ in new) / len(new)
        behind = sum(finder.find(text, after).entry == slug for slug, text, after in new) / len(new)
        print(f"{name} questions after some page: right outright {behind:.1%}, without it {before:.1%}")


def _follows(wanted: list[str], seen: SearchResult) -> bool:
    return seen.entry in wanted if wanted else seen.outcome == "none"


def print_costs() -> None:
    """From nothing, and from the cache."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("nothing kept", "from the cache"):
            clock = time.perf_counter()
            content = load(ROOT / "content", cache=Path(folder))
            loaded = time.perf_counter() - clock
            content.language(LANGUAGE).finder.warm()
            print(f"{name}: content loaded in {loaded:.2f} s, finder ready {time.perf_counter() - clock:.2f} s")
        shutil.copytree(folder, ROOT / ".cache", dirs_exist_ok=True)  # a fresh clone need not fit a second time


def main() -> int:
    """Print quality and speed."""
    print_costs()
    content = load(ROOT / "content", cache=ROOT / ".cache")
    finder = content.language(LANGUAGE).finder
    print(finder.describe())
    print_ranking(content, finder)
    print_outcomes(finder)
    print_safety(content.language(LANGUAGE))
    print_follow_ups(content, finder, [QUESTIONS / "own_followups.tsv", *map(Path, sys.argv[1:])])
    print(f"memory of this process, fitting included: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

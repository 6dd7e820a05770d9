"""Recognition of red flags: caught, called by their kind, as urgent as they are, and what is taken for one.

Sets are lines of `label<TAB>text` in `tests/content/questions`: a kind, or `none` for what only sounds like a red flag.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from benchmarks.support.questions import questions
from content.library import Language, SearchResult
from content.schema.pages import URGENCIES

SETS: Final = ("dev", "own", "more", "held", "fresh", "told", "retold", "voiced", "indirect", "hidden", "phoned",
              "many_voices", "many_harmless")  # fmt: skip
ORDINARY: Final = {
    "dev": ("dev_questions", "dev_outside"),
    "own": ("own_questions", "own_outside"),
    "more": ("more_questions", "more_outside"),
    "voiced": ("voiced_ordinary",),
    "many_voices": ("many_voices_ordinary",),
    "many_harmless": ("many_harmless_ordinary",),
}
NONE: Final = "none"
OLD_NAMES: Final = {
    "numb": "nerve", "clot": "dvt", "selfharm": "despair", "disordered-eating": "eating",
    "stressfracture": "stress-fracture", "dizzy": "faint",
}  # fmt: skip
ALIKE: Final = (
    "chest faint", "chest asthma", "chest allergy", "allergy asthma", "heat hyponatraemia", "heat faint",
    "stroke nerve", "stroke headache", "headache head-injury", "faint head-injury", "faint hypoglycaemia",
    "dvt infection", "dvt circulation", "rupture sprain", "rupture medicine-tendon", "rupture bleeding",
    "compartment nerve", "compartment circulation", "compartment pain", "stress-fracture hip-stress-fracture",
    "stress-fracture pain", "hip-stress-fracture pain", "sprain pain", "rhabdo statin", "period eating",
    "period stress-fracture", "pregnancy postnatal", "minor eating", "eating despair", "conditions hypoglycaemia",
    "conditions statin", "conditions illness", "illness chest",
)  # fmt: skip
"""Kinds whose messages answer one another: accepted where it is as urgent."""
_ACCEPTED: Final = frozenset(frozenset(pair.split()) for pair in ALIKE)


@dataclass(frozen=True, slots=True)
class Judged:
    """One red flag, and what was made of it."""

    kind: str
    text: str
    found: SearchResult
    usual: str  # urgency of its kind

    @property
    def caught(self) -> bool:
        """Tell whether any red flag was seen."""
        return self.found.safety is not None

    @property
    def enough(self) -> bool:
        """Tell whether help is called for no later than the kind needs."""
        return self.found.urgency is not None and URGENCIES.index(self.found.urgency) <= URGENCIES.index(self.usual)

    @property
    def right(self) -> bool:
        """Tell whether it is called by its kind, or by one that answers it as well, and is as urgent."""
        found = self.found.safety
        return found == self.kind or (self.enough and frozenset((self.kind, found)) in _ACCEPTED)


def judged(language: Language, name: str) -> tuple[list[Judged], list[tuple[str, SearchResult]]]:
    """The red flags of a set, and what only sounds like one."""
    flags, harmless = [], []
    for label, text in questions(f"{name}_redflags.tsv"):
        kind, found = OLD_NAMES.get(label, label), language.finder.find(text)
        if kind == NONE:
            harmless.append((text, found))
        else:
            flags.append(Judged(kind, text, found, language.safety[kind].urgency))
    return flags, harmless


def print_safety(language: Language) -> None:
    """A line for each set, then one for each kind."""
    print(f"{'red flags':18}{'caught':>14}{'right kind':>12}{'now as less':>13}{'harmless, alarmed':>20}")
    every: list[Judged] = []
    for name in SETS:
        flags, harmless = judged(language, name)
        every += flags
        alarms = sum(found.safety is not None for _, found in harmless)
        print(f"{name:18}{_figures(flags)}{alarms:10} {_share(alarms, len(harmless))} of {len(harmless)}")
    for kind in sorted(language.safety):
        own = [flag for flag in every if flag.kind == kind]
        print(f"  {kind:20}{language.safety[kind].urgency:6}{_figures(own)}" if own else f"  {kind:20}no line")
    for name, parts in ORDINARY.items():
        lines = [text for part in parts for _, text in questions(f"{part}.tsv")]
        kinds = Counter(filter(None, (language.finder.find(text).safety for text in lines)))
        print(f"{name} ordinary lines ({len(lines)}): alarmed {_share(kinds.total(), len(lines))} {dict(kinds)}")


def _figures(flags: list[Judged]) -> str:
    late = sum(flag.usual == URGENCIES[0] and flag.found.urgency != URGENCIES[0] for flag in flags)
    caught, right = sum(flag.caught for flag in flags), sum(flag.right for flag in flags)
    return f"{caught:5} of {len(flags):3} {_share(caught, len(flags))} {_share(right, len(flags))}{late:6}"


def _share(some: int, total: int) -> str:
    return f"{some / max(total, 1):6.1%}"

"""Figures as Prometheus reads them: https://prometheus.io/docs/instrumenting/exposition_formats/ (text, 0.0.4).

Written by hand: it is a line a figure, and the counters exist already where the work is done.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)
Labels = Mapping[str, str]


@dataclass
class Histogram:
    """Counts of observations that were at most so long; the last place counts the longer ones."""

    bounds: Sequence[float] = BUCKETS
    counts: list[int] = field(default_factory=list)
    total: float = 0.0

    def __post_init__(self) -> None:
        self.counts = [0] * (len(self.bounds) + 1)

    def observe(self, seconds: float) -> None:
        """Count one observation."""
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.total += seconds


@dataclass(frozen=True)
class Metric:
    """One figure, perhaps by labels."""

    name: str
    kind: Literal["counter", "gauge"]
    about: str
    values: Sequence[tuple[Labels, float]]


def scalar(name: str, kind: Literal["counter", "gauge"], about: str, value: float) -> Metric:
    """Return a figure without labels."""
    return Metric(name, kind, about, [({}, value)])


def labelled(
    name: str,
    kind: Literal["counter", "gauge"],
    about: str,
    label: str,
    values: Mapping[str, float] | Mapping[str, int],
) -> Metric:
    """Return a figure by one label."""
    return Metric(name, kind, about, [({label: key}, value) for key, value in sorted(values.items())])


def render_metrics(figures: Iterable[Metric], histograms: Mapping[tuple[str, str], Histogram]) -> str:
    """Return the page; `histograms` by (name, what it is about)."""
    lines: list[str] = []
    for figure in figures:
        lines += [f"# HELP {figure.name} {figure.about}", f"# TYPE {figure.name} {figure.kind}"]
        lines += [_line(figure.name, labels, value) for labels, value in figure.values]
    for (name, about), histogram in histograms.items():
        lines += [f"# HELP {name} {about}", f"# TYPE {name} histogram"]
        seen = 0
        for bound, count in zip([*histogram.bounds, math.inf], histogram.counts, strict=True):
            seen += count
            lines.append(_line(f"{name}_bucket", {"le": "+Inf" if bound == math.inf else f"{bound:g}"}, seen))
        lines += [_line(f"{name}_sum", {}, histogram.total), _line(f"{name}_count", {}, seen)]
    return "\n".join(lines) + "\n"


def _line(name: str, labels: Labels, value: float) -> str:
    written = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    return f"{name}{{{written}}} {value!r}" if written else f"{name} {value!r}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

"""The classifier of requests: how probably a message asks for its likeliest intent, by all that speaks for it.

A logistic regression over named signs (`signs.py`). Its weights stand in `understanding/requests/classifier.tsv`, a
sign and its weight a line. `training/classifier.py` writes them; it fits them to messages that the ranker of intents
did not learn from, for what was learned ranks too well to tell how other people's words will.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from content.schema.problems import Problem, shown
from content.schema.yaml_fields import read_lines

FILE: Final = "requests/classifier.tsv"
CONSTANT: Final = "constant"  # the weight that counts whatever the signs
MOST: Final = 30.0  # of the sum of signs; beyond it a probability is 0 or 1

Signs = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class RequestClassifier:
    """The weight of each sign; without any, nothing is known of a message."""

    weights: Signs = field(default_factory=lambda: MappingProxyType({}))

    def probability(self, signs: Signs) -> float:
        """Return how probably a message with these signs asks for the intent that they are of."""
        total = self.weights.get(CONSTANT, 0.0) + sum(
            self.weights.get(name, 0.0) * value for name, value in signs.items()
        )
        return 1 / (1 + math.exp(-max(-MOST, min(MOST, total))))


def read_classifier(path: Path, root: Path, faults: list[Problem]) -> RequestClassifier:
    """Read the weights of a file; a line without a number is a fault."""
    weights: dict[str, float] = {}
    for number, line in read_lines(path, root, faults) if path.exists() else ():
        name, _, weight = line.partition("\t")
        try:
            weights[name] = float(weight)
        except ValueError:
            faults.append(Problem(shown(path, root), number, f"'{name}' has no weight"))
    return RequestClassifier(MappingProxyType(weights))

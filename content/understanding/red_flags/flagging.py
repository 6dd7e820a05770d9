"""Red flags in a message, by rules and by likeness to examples: its kind, and how urgent it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from content.schema.pages import URGENCIES
from content.understanding.ranking.fitting import Fitted
from content.understanding.ranking.ngrams import Vector
from content.understanding.ranking.ranker import Floats
from content.understanding.ranking.sentence_model.encoder import Encoder
from content.understanding.red_flags.classifier import (
    Classifier,
    Line,
    classifier_name,
    fit_classifier,
    kept_classifier,
)
from content.understanding.red_flags.detector import Detector, Instead, Ruled
from content.understanding.red_flags.patterns import Remark
from content.understanding.red_flags.windows import is_short, windows_to_read

# Probabilities that the classifier gives. Chosen on lines that it did not learn from: as many red flags as can be had
# with under 2% of ordinary lines taken for one, and about 4% of those that only sound alarming.
FLAGGED_FROM: Final = 0.4
LIKE_A_KIND_BELOW: Final = 0.65  # where no rule speaks, a message that is less likely must be like one kind
ONE_KIND_FROM: Final = 0.25  # of the likeliest kind alone: what is a little like many is like none
SURELY_RULED_FROM: Final = 0.3  # where the words of a rule leave no doubt
SURELY_ASKED: Final = 0.85  # of a request: probability that the message is one
FLAGGED_THOUGH_ASKED: Final = 0.8  # where it surely asks for something, no rule speaks, and more is needed
BRIEF_WORDS: Final = 6  # at most: they say too little for the classifier
BRIEF_FROM: Final = 0.48  # so that they must be as like red flags as this, all kinds together, if no rule speaks
# Where no rule speaks, training is held from here on. What is less likely is warned of, and asked about: of urgent red
# flags that the classifier did not learn from that is one in thirty, and of false alarms two in five.
SURELY_MEANT_FROM: Final = 0.75
CARE_FROM: Final = 0.34  # of the kind that a rule names, if it calls for no more than a word of care
SUM_FROM: Final = 0.5  # of all kinds together, where no lines are there that a classifier could learn from
ORDINARY_BELOW: Final = 0.3  # by spelling: such a message is not looked at for its meaning, if nothing else asks for it
# By spelling, the most suspicious window first: what each needs to be compared by its meaning. Of 800 red flags none
# lies below the first, of ordinary questions almost half do, and are spared 1.5 ms. A short message is one window; the
# second one of a long message costs another 4 ms.
READ_FROM: Final = (0.05, 0.3)
RULE_BONUS: Final = 0.3  # for the kind of the rule that matched, when kinds are compared
GRAVER_FROM: Final = 0.7  # of the best kind's score: a graver kind as near as this is taken


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag: its kind, and how urgent it is in this message."""

    kind: str
    urgency: str
    doubted: bool = False  # no rule sees it, and it is none too likely


@dataclass(frozen=True, slots=True)
class Spelled:
    """The windows of a message, the first of them the most suspicious, and their scores by spelling."""

    windows: tuple[str, ...]
    vectors: tuple[Vector, ...]
    scores: Floats  # window × kind
    rules: Ruled  # the kinds that rules see
    instead: Instead = field(default_factory=dict)  # kinds that it is nothing of
    whole: str = ""  # without the signs that it denies
    vector: Vector | None = None  # of the whole
    like: Floats = field(default_factory=lambda: np.zeros(0, np.float32))  # the whole: ordinary talk, then each kind
    denies: bool = False

    @property
    def ordinary(self) -> bool:
        """True where neither a rule nor the spelling of any window speaks for a red flag."""
        return self.rules.kind is None and float(self.scores.sum(axis=1).max(initial=0)) < ORDINARY_BELOW


@dataclass(frozen=True, slots=True)
class Compared:
    """The scores of a message: ordinary talk, then each kind."""

    windows: Floats  # of those that were read
    whole: Floats

    @property
    def best(self) -> int:
        """The window that is most like red flags."""
        return int(np.argmax(self.windows[:, 1:].sum(axis=1)))

    @property
    def likest(self) -> float:
        """The score of the likeliest kind, in a window or in the whole."""
        return float(max(self.windows[:, 1:].max(), self.whole[1:].max()))


@dataclass(frozen=True, slots=True)
class Classifiers:
    """Classifiers of what is compared by spelling alone, and by meaning too; None where nothing taught them."""

    spelling: Classifier | None = None
    meaning: Classifier | None = None


class Recogniser:
    """Finds the gravest red flag of a message. Thread-safe: nothing changes after it is built."""

    def __init__(self, detector: Detector, kinds: Sequence[str], urgencies: Mapping[str, str]) -> None:
        """`kinds` in the order in which examples were learned; `urgencies` are the usual ones."""
        self._detector = detector
        self._kinds = tuple(kinds)
        # A kind whose urgency cannot be read is reported elsewhere; until then it counts as an emergency.
        self._urgencies = {kind: known for kind, known in urgencies.items() if known in URGENCIES}
        self._gravity = np.asarray([URGENCIES.index(self._urgencies.get(kind, URGENCIES[0])) for kind in kinds])

    def without_denied(self, text: str) -> str:
        """Return a message without the signs that it denies."""
        return self._detector.without_denied(text)

    def remarks(self, text: str) -> frozenset[Remark]:
        """Return what a message says about a red flag."""
        return self._detector.remarks(text)

    def by_rule(self, text: str) -> Flag | None:
        """The gravest red flag that a rule sees."""
        kind = self._detector.detect(text)
        return None if kind is None else self._flag(text, kind)

    def spelled(self, text: str, fitted: Fitted | None) -> Spelled:
        """Score the windows of a message by their spelling; where no examples were learned, rules alone speak."""
        if fitted is None:
            return Spelled((), (), np.zeros((0, 0), np.float32), self._detector.ruled(text))
        whole = self._detector.without_denied(text)
        parts = windows_to_read(whole)
        vectors = [fitted.spelling.spelling(part) for part in parts]
        instead = self._detector.instead(text)
        every = vectors if is_short(whole) else [*vectors, fitted.spelling.spelling(whole)]
        scores = self._own(fitted.spelling.columns(every, []), instead)
        place = 0 if is_short(whole) else -1  # of the whole: the only window, or the first
        own = scores[: len(parts), 1:]
        order = np.argsort(-own.sum(axis=1), kind="stable").tolist()
        return Spelled(
            windows=tuple(parts[place] for place in order),
            vectors=tuple(vectors[place] for place in order),
            scores=own[order],
            rules=self._detector.ruled(text),
            instead=instead,
            whole=parts[0] if is_short(whole) else whole,
            vector=every[place],
            like=scores[place],
            denies=whole != text,
        )

    def recognise(
        self,
        text: str,
        spelled: Spelled,
        fitted: Fitted | None,
        classifiers: Classifiers,
        meaning: Callable[[str], Floats] | None,
        *,
        asked: Callable[[], float],
    ) -> Flag | None:
        """The gravest red flag, by rule or by likeness.

        `meaning` gives a text's vector, where there is a model; `asked` tells how probably the text is a request: it is
        called only where it could make a difference.
        """
        ruled = spelled.rules.kind
        if fitted is None:
            return None if ruled is None else self._flag(text, ruled)
        compared = self._compared(spelled, fitted, meaning)
        if compared is None:
            return None
        classifier = classifiers.spelling if meaning is None or fitted.meaning is None else classifiers.meaning
        doubted = False
        if classifier is None:
            flagged = spelled.rules.sure is not None or float(compared.windows[compared.best, 1:].sum()) >= SUM_FROM
        else:
            likely = classifier.probability(self._signs(text, spelled, compared))
            flagged = likely >= (FLAGGED_FROM if spelled.rules.sure is None else SURELY_RULED_FROM)
            if flagged and ruled is None:
                flagged = _is_like_a_kind(text, compared, likely) and (
                    likely >= FLAGGED_THOUGH_ASKED or asked() < SURELY_ASKED
                )
            flagged = flagged or self._is_named_condition(ruled, compared)
            doubted = ruled is None and likely < SURELY_MEANT_FROM
        if not flagged:
            return None
        kind = self._kind(compared.windows[:, 1:].max(axis=0) + compared.whole[1:], ruled)
        if spelled.rules.sure is not None and compared.likest < ONE_KIND_FROM:  # like no kind: its words tell which
            kind = spelled.rules.sure
        return self._flag(text, kind, doubted=doubted)

    def _is_named_condition(self, ruled: str | None, compared: Compared) -> bool:
        """Say whether a rule names what calls for a word of care, and the message is like it: "high blood pressure"."""
        if ruled not in self._kinds or self._urgencies.get(ruled or "") != URGENCIES[-1]:
            return False
        return float(compared.windows[:, 1 + self._kinds.index(ruled)].max()) >= CARE_FROM

    def classifiers(self, lines: Sequence[Line], name: str, fitted: Fitted, encoder: Encoder | None, cache: Path | None
               ) -> Classifiers:  # fmt: skip
        """Return classifiers that learn from lines which nothing else learns from; `name` tells what scores them."""
        if not lines:
            return Classifiers()
        name = classifier_name(lines, name, self._detector.key)

        def fit(meaning: Callable[[str], Floats] | None) -> Classifier:
            signs, truth = [], []
            for text, flag in lines:
                spelled = self.spelled(text, fitted)
                compared = self._compared(spelled, fitted, meaning)
                if compared is not None:
                    signs.append(self._signs(text, spelled, compared))
                    truth.append(flag)
            return fit_classifier(signs, truth)

        spelling = kept_classifier(f"{name}s", cache, lambda: fit(None))
        return Classifiers(spelling, kept_classifier(f"{name}m", cache, lambda: fit(encoder.one)) if encoder else None)

    def _compared(self, spelled: Spelled, fitted: Fitted, meaning: Callable[[str], Floats] | None) -> Compared | None:
        """Compare a message; None where nothing of it is worth to be read for its meaning."""
        ordinary = np.zeros((len(spelled.windows), 1), np.float32)
        if meaning is None or fitted.meaning is None or spelled.vector is None:
            return Compared(np.hstack([ordinary, spelled.scores]), spelled.like)
        read = self._worth_reading(spelled)
        if not read:
            return None
        texts, vectors = list(spelled.windows[:read]), list(spelled.vectors[:read])
        if spelled.whole not in texts:
            texts.append(spelled.whole)
            vectors.append(spelled.vector)
        scores = self._own(fitted.meaning.columns(vectors, [meaning(one) for one in texts]), spelled.instead)
        return Compared(scores[:read], scores[texts.index(spelled.whole)])

    def _signs(self, text: str, spelled: Spelled, compared: Compared) -> Floats:
        """Return what speaks for a red flag, and what against it."""
        best = compared.windows[compared.best]
        sums = np.sort(compared.windows[:, 1:].sum(axis=1))[::-1]
        kinds = np.sort(best[1:])[::-1]
        # A part of a short message is as calm as the whole: "it popped. no pain at all".
        calm = self._detector.calm(text if is_short(text) else spelled.windows[compared.best])
        ruled = spelled.rules.kind is not None
        whole, like = compared.whole, spelled.like
        signs = [
            *(sums[0], sums[1:2].sum(), compared.windows[:, 1:].max(), kinds[1:2].sum(), best[0]),
            *(whole[1:].sum(), whole[1:].max(), whole[0]),
            *(like[1:].sum(), like[1:].max(), like[0], spelled.scores.sum(axis=1).max()),
            *(ruled, spelled.rules.sure is not None, sums[0] * ruled),
            *(calm, spelled.denies, bool(spelled.instead)),
        ]
        return np.asarray([*signs, *best[1:]], np.float32)

    @staticmethod
    def _worth_reading(spelled: Spelled) -> int:
        """Return how many windows to compare by their meaning: at least one where a rule speaks."""
        suspicion: list[float] = spelled.scores.sum(axis=1).tolist()
        enough = sum(one >= least for one, least in zip(suspicion, READ_FROM, strict=False))
        return max(enough, 1) if spelled.rules.kind else enough

    def _kind(self, scores: Floats, ruled: str | None) -> str:
        """The kind that is likeliest; a graver one that is nearly as likely goes before it."""
        if ruled in self._kinds:
            scores[self._kinds.index(ruled)] += RULE_BONUS
        near = np.flatnonzero(scores >= GRAVER_FROM * scores.max())
        gravest = near[self._gravity[near] == self._gravity[near].min()]
        return self._kinds[int(gravest[np.argmax(scores[gravest])])]

    def _own(self, scores: Floats, instead: Instead) -> Floats:
        """The columns of ordinary talk and of kinds; what the message is not counts elsewhere."""
        own = scores[:, scores.shape[1] - len(self._kinds) - 1 :].copy()
        for kind, other in instead.items():
            if kind in self._kinds:
                place = 1 + self._kinds.index(kind)
                if other in self._kinds:
                    own[:, 1 + self._kinds.index(other)] += own[:, place]
                own[:, place] = 0
        return own

    def _flag(self, text: str, kind: str, *, doubted: bool = False) -> Flag:
        return Flag(kind, self._detector.urgency(text, kind, self._urgencies.get(kind, URGENCIES[0])), doubted)


def _is_like_a_kind(text: str, compared: Compared, likely: float) -> bool:
    """Say whether a message of which no rule speaks is likely enough or like one kind, and a short one like many."""
    like_one = compared.likest >= ONE_KIND_FROM
    if len(text.split()) <= BRIEF_WORDS:
        return bool(like_one and compared.windows[compared.best, 1:].sum() >= BRIEF_FROM)
    return bool(like_one or likely >= LIKE_A_KIND_BELOW)

"""Red flags in a message, by rules and by likeness to examples: its kind, and how urgent it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from content.schema.pages import URGENCIES
from content.understanding.ranking.fitting import Fitted
from content.understanding.ranking.ngrams import Vector
from content.understanding.ranking.ranker import Floats
from content.understanding.red_flags.detector import Detector, Instead, Ruled
from content.understanding.red_flags.patterns import Remark
from content.understanding.red_flags.windows import is_short, windows_to_read

# Scores of a window, all kinds together: about 1 for an example of a red flag, about 0 for ordinary talk. Chosen on
# lines that nothing was learned from: as many red flags as can be had with under 2% of ordinary lines
# taken for one, and under 4% of those that only sound alarming.
RULED_FROM: Final = 0.34  # where a rule matched as well, whose words may be ordinary talk; or that kind by itself
FLAG_FROM: Final = 0.42
ONE_KIND_FROM: Final = 0.2  # of the likeliest kind alone: what is a little like many kinds is like none
# Of one kind alone, with RULED_FROM of all kinds together: whatever answers the message, or it asks for. Of 1,187 red
# flags one more is seen so; of 1,167 lines that only sound like one, one more is taken for it, of 2,054 ordinary none.
PLAINLY_ONE_KIND: Final = 0.45
CALM_FLAG_FROM: Final = 0.65  # where the window itself says that nothing is wrong
SURELY_ANSWERED: Final = 0.8  # of an entry: probability that it answers the message
ANSWERED_MORE: Final = 0.1  # more is needed where an entry surely answers the message
SURELY_ASKED: Final = 0.85  # of a request: probability that the message is one
# And where it surely asks for something: of ordinary requests a third of the false alarms go, of 950 red flags one.
ASKED_MORE: Final = 0.2
FLAG_FROM_LEXICAL: Final = 0.6  # spelling alone takes like words for like meanings
ORDINARY_BELOW: Final = 0.3  # by spelling: such a message is not looked at for its meaning, if nothing else asks for it
# By spelling, the most suspicious window first: what each needs to be compared by its meaning. Of 800 red flags none
# lies below the first, of ordinary questions almost half do, and are spared 1.5 ms. A short message is one window; the
# second one of a long message costs another 4 ms.
READ_FROM: Final = (0.05, 0.3)
RULE_BONUS: Final = 0.2  # for the kind of the rule that matched, when kinds are compared
GRAVER_FROM: Final = 0.7  # of the best kind's score: a graver kind as near as this is taken


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag: its kind, and how urgent it is in this message."""

    kind: str
    urgency: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """The windows of a message, the first of them the most suspicious, and their scores by spelling."""

    windows: tuple[str, ...]
    vectors: tuple[Vector, ...]
    scores: Floats  # window × kind
    rules: Ruled  # the kinds that rules see
    instead: Instead = field(default_factory=dict)  # kinds that it is nothing of

    @property
    def ordinary(self) -> bool:
        """True where neither a rule nor the spelling of any window speaks for a red flag."""
        return self.rules.kind is None and float(self.scores.sum(axis=1).max(initial=0)) < ORDINARY_BELOW


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
        parts = windows_to_read(self._detector.without_denied(text))
        vectors = [fitted.spelling.spelling(part) for part in parts]
        instead = self._detector.instead(text)
        scores = self._own(fitted.spelling.columns(vectors, []), instead)
        order = np.argsort(-scores.sum(axis=1), kind="stable").tolist()
        return Spelled(
            windows=tuple(parts[place] for place in order),
            vectors=tuple(vectors[place] for place in order),
            scores=scores[order],
            rules=self._detector.ruled(text),
            instead=instead,
        )

    def recognise(
        self,
        text: str,
        spelled: Spelled,
        fitted: Fitted | None,
        meaning: Callable[[str], Floats] | None,
        *,
        answered: Callable[[], float],
        asked: Callable[[], float],
    ) -> Flag | None:
        """The gravest red flag, by rule or by likeness.

        `meaning` gives a text's vector, where there is a model; `answered` how probably an entry answers the text, and
        `asked` how probably it is a request: they are called only where it could make a difference.
        """
        ruled, scores, read = spelled.rules.kind, spelled.scores, len(spelled.windows)
        if fitted is None:
            return None if ruled is None else self._flag(text, ruled)
        least = FLAG_FROM_LEXICAL
        if meaning is not None and fitted.meaning is not None:
            read, least = self._worth_reading(spelled), FLAG_FROM
            if not read:
                return None
            meanings = [meaning(part) for part in spelled.windows[:read]]
            scores = self._own(fitted.meaning.columns(spelled.vectors[:read], meanings), spelled.instead)
        sums = scores.sum(axis=1)
        # A part of a short message is as calm as the whole: "it popped. no pain at all".
        calming = [text] * read if is_short(text) else list(spelled.windows[:read])
        if ruled is None:
            needed = np.asarray([
                CALM_FLAG_FROM if enough and self._detector.calm(part) else least
                for enough, part in zip(sums >= least, calming, strict=True)
            ])  # fmt: skip
            flagged, surely = sums >= needed, sums >= needed + ANSWERED_MORE
            if (flagged != surely).any() and answered() >= SURELY_ANSWERED:
                flagged = surely
            flagged &= scores.max(axis=1) >= ONE_KIND_FROM
            if flagged.any() and asked() >= SURELY_ASKED:
                flagged &= sums >= needed + ASKED_MORE
            if least == FLAG_FROM:
                flagged |= self._plainly_one_kind(calming, scores)
        else:
            alike = scores[:, self._kinds.index(ruled)] if ruled in self._kinds else sums
            flagged = np.maximum(sums, alike) >= RULED_FROM
        if not flagged.any():
            return None if spelled.rules.sure is None else self._flag(text, spelled.rules.sure)
        return self._flag(text, self._kind(scores[flagged].max(axis=0), ruled))

    def _plainly_one_kind(self, parts: Sequence[str], scores: Floats) -> npt.NDArray[np.bool_]:
        """Return which windows are so like one kind that nothing else needs to speak for it."""
        likely = (scores.max(axis=1) >= PLAINLY_ONE_KIND) & (scores.sum(axis=1) >= RULED_FROM)
        return np.asarray([enough and not self._detector.calm(one) for enough, one in zip(likely, parts, strict=True)])

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
        """The columns of kinds, before which stands that of ordinary talk; what the message is not counts elsewhere."""
        own = scores[:, scores.shape[1] - len(self._kinds) :].copy()
        for kind, other in instead.items():
            if kind in self._kinds:
                place = self._kinds.index(kind)
                if other in self._kinds:
                    own[:, self._kinds.index(other)] += own[:, place]
                own[:, place] = 0
        return own

    def _flag(self, text: str, kind: str) -> Flag:
        return Flag(kind, self._detector.urgency(text, kind, self._urgencies.get(kind, URGENCIES[0])))

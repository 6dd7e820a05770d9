"""The ladder back after a calf strain or two weeks off: each step opens the next by a criterion, never by a date.

The order is that of the answer on returning after a strain: walking, raises and hops, then running, distance before
speed; no running on two days running, and before anything fast the checklist of Green et al. 2022. How many good
sessions a step asks for is a product decision, on the careful side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from coach.planning.rules import JOG_LADDER
from coach.planning.workouts import (
    CALVES_A,
    CALVES_B,
    EASY_WALK,
    HALF_HOUR_WALK,
    HILLS,
    RAISES_AND_HOPS,
    RECOVERY,
    SPRINTS,
    STEADY_RUN,
    WALK_JOG,
)


class BackStep(StrEnum):
    """A step of the ladder, the lowest first."""

    WALK = "walk"
    HOPS = "hops"
    JOG = "walk-jog"
    RUN = "continuous"
    HILLS = "hills"
    SPRINTS = "sprints"


class BackReason(StrEnum):
    """The reason for going back step by step; it is stored."""

    STRAIN = "strain"
    BREAK = "break"


class BackAnswer(StrEnum):
    """The answer to a step's question after a session; the first two are stored, the others as pain."""

    GOOD = "good"
    NOT_YET = "not-yet"
    SOME_PAIN = "some-pain"  # 3–4
    PAIN = "pain"  # 5 and more


@dataclass(frozen=True, slots=True)
class WayBack:
    """The beginning of a way back; where it has led to follows from the sessions since."""

    since: date
    reason: BackReason = BackReason.STRAIN


@dataclass(frozen=True, slots=True)
class StepSpec:
    """A step: the workout that it asks about, what a week may have of others, and how hard calf raises may be."""

    workout: str
    others: tuple[str, ...]
    passes: int  # good sessions that open the next step
    calf_stage: int
    longest_run: int = 0  # minutes without a walk


STEPS: Final[Mapping[BackStep, StepSpec]] = {
    BackStep.WALK: StepSpec(HALF_HOUR_WALK, (), passes=1, calf_stage=0),
    BackStep.HOPS: StepSpec(RAISES_AND_HOPS, (HALF_HOUR_WALK,), passes=2, calf_stage=0),
    BackStep.JOG: StepSpec(WALK_JOG, (CALVES_A, CALVES_B), passes=len(JOG_LADDER), calf_stage=1),
    BackStep.RUN: StepSpec(STEADY_RUN, (CALVES_A, CALVES_B), passes=3, calf_stage=2, longest_run=20),
    BackStep.HILLS: StepSpec(HILLS, (CALVES_A, STEADY_RUN, CALVES_B), passes=2, calf_stage=3, longest_run=25),
    BackStep.SPRINTS: StepSpec(SPRINTS, (CALVES_A, STEADY_RUN, CALVES_B), passes=2, calf_stage=3, longest_run=30),
}
ORDER: Final = tuple(BackStep)
ASKED: Final = frozenset(spec.workout for spec in STEPS.values())
"""The workouts after which the ladder asks."""

FIRST_JOG: Final = {BackReason.STRAIN: 0, BackReason.BREAK: 3}
"""The step of JOG_LADDER that the first walk–jog has: who only had a break jogs ten minutes in all at once."""

NEW_PASSES: Final = 2
"""Walk–jogs of a new runner: after them their own plan goes on, a step a week."""

LONGER: Final = 2  # minutes that a run grows by with each good one
ALWAYS: Final = frozenset({EASY_WALK, HALF_HOUR_WALK, RECOVERY})
"""Workouts that may stand on any day of the way back."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The step that somebody stands on, and how many of its sessions went well.

    `runs` is false for a new runner, whose ladder ends with walk–jogs; `hilly` where there is something to run up.
    """

    step: BackStep
    passed: int = 0
    reason: BackReason = BackReason.STRAIN
    runs: bool = True
    hilly: bool = True

    @property
    def workout(self) -> str:
        """The workout that the step asks about: without a hill a run on the flat."""
        if self.step is BackStep.HILLS and not self.hilly:
            return STEADY_RUN
        return STEPS[self.step].workout

    @property
    def passes(self) -> int:
        """The good sessions that open the next step."""
        if self.step is BackStep.JOG:
            return STEPS[self.step].passes - FIRST_JOG[self.reason] if self.runs else NEW_PASSES
        return STEPS[self.step].passes

    @property
    def last(self) -> bool:
        """True where nothing but the ordinary plan comes after this step."""
        return self.step is (BackStep.SPRINTS if self.runs else BackStep.JOG)

    @property
    def wishes(self) -> tuple[str, ...]:
        """The workouts that a week on this step wants, the most important first."""
        first, *others = (self.workout, *(each for each in STEPS[self.step].others if each != self.workout))
        again = first if self.step not in {BackStep.HILLS, BackStep.SPRINTS} else STEADY_RUN
        if self.step is BackStep.WALK:
            return (first,) * 4
        if self.step is BackStep.HOPS:
            return (first, *others, first, *others, EASY_WALK)
        return (first, others[0], again, others[-1], EASY_WALK, *((again,) if again == first else ()))

    @property
    def allowed(self) -> frozenset[str]:
        """The workouts that may stand in a week on this step."""
        return ALWAYS | frozenset((self.workout, *STEPS[self.step].others))

    @property
    def jog_step(self) -> int:
        """The step of JOG_LADDER that a walk–jog has."""
        first = FIRST_JOG[self.reason] if self.runs else 0
        passed = self.passed if self.step is BackStep.JOG else 0
        return min(first + passed, len(JOG_LADDER) - 1)

    @property
    def run_minutes(self) -> int:
        """The most minutes without a walk."""
        more = LONGER * self.passed if self.step is BackStep.RUN else 0
        return STEPS[self.step].longest_run + more

    def after_good(self) -> "Standing | None":
        """Return the standing after one more good session of the step, None at the end of the ladder."""
        if self.passed + 1 < self.passes:
            return self._at(self.step, self.passed + 1)
        return None if self.last else self._at(ORDER[ORDER.index(self.step) + 1], 0)

    def lowered(self, steps: int) -> "Standing":
        """Return the standing so many steps lower, half of that step behind it; the lowest begins anew."""
        if not steps:
            return self
        step = ORDER[max(ORDER.index(self.step) - steps, 0)]
        lower = self._at(step, 0)
        return self._at(step, 0 if step is BackStep.WALK else lower.passes // 2)

    def _at(self, step: BackStep, passed: int) -> "Standing":
        return Standing(step, passed, self.reason, self.runs, self.hilly)

"""The buttons of guides: to be guided through a session, or through intervals of one's own, by sound or in the chat."""

from dataclasses import dataclass
from datetime import date

from coach.buttons.callback_data import CallbackData
from coach.guide.live import Steer


@dataclass(frozen=True)
class GuideMe(CallbackData):
    """Guide me through that day's session."""

    code = "guide"
    day: date


@dataclass(frozen=True)
class OtherVoice(CallbackData):
    """Guide me in the other voice, this time and from now on."""

    code = "guide-voice"
    day: date


@dataclass(frozen=True)
class GuideLive(CallbackData):
    """Guide me through that day's session in the chat."""

    code = "live"
    day: date


@dataclass(frozen=True)
class SteerGuide(CallbackData):
    """Pause the guide of this number, go on, go to the next step, or stop."""

    code = "live-go"
    wish: Steer
    guide: int


@dataclass(frozen=True)
class LogGuided(CallbackData):
    """The session that I was guided through was this hard; log what was done of it."""

    code = "live-done"
    day: date
    effort: int


@dataclass(frozen=True)
class ShowIntervals(CallbackData):
    """Show the intervals of this number, which the person made up."""

    code = "own"
    intervals: int


@dataclass(frozen=True)
class GuideIntervals(CallbackData):
    """Send the guide through these intervals."""

    code = "own-guide"
    intervals: int


@dataclass(frozen=True)
class RunIntervals(CallbackData):
    """Guide me through these intervals in the chat."""

    code = "own-live"
    intervals: int


@dataclass(frozen=True)
class ChangeRounds(CallbackData):
    """Make it so many rounds."""

    code = "own-rounds"
    intervals: int
    rounds: int


@dataclass(frozen=True)
class ForgetIntervals(CallbackData):
    """Forget these intervals."""

    code = "own-forget"
    intervals: int


@dataclass(frozen=True)
class LogOwn(CallbackData):
    """The own intervals that this guide counted were this hard; log what was done of them."""

    code = "own-done"
    guide: int
    effort: int


@dataclass(frozen=True)
class LogIntervals(CallbackData):
    """I did these intervals, with the guide in my ear; log them."""

    code = "own-log"
    intervals: int


@dataclass(frozen=True)
class RateExtra(CallbackData):
    """The extra session of this number was this hard."""

    code = "extra-rate"
    extra: int
    effort: int


@dataclass(frozen=True)
class AskExtraRounds(CallbackData):
    """I did fewer rounds of it."""

    code = "extra-fewer"
    extra: int


@dataclass(frozen=True)
class SetExtraRounds(CallbackData):
    """I did so many rounds of it."""

    code = "extra-rounds"
    extra: int
    rounds: int


@dataclass(frozen=True)
class CountExtra(CallbackData):
    """It stands for the session that was planned that day."""

    code = "extra-counts"
    extra: int


@dataclass(frozen=True)
class DropExtra(CallbackData):
    """Take it out of the log."""

    code = "extra-drop"
    extra: int

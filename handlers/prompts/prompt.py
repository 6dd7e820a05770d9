"""One question that the coach asks: its choices, the reading of a typed answer, what it stores and what follows."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from markupsafe import Markup

from coach.buttons.callback_data import CallbackData
from coach.reminders.local_time import local_day
from coach.user_errors import StaleButton
from content.rendering.keyboards import Row
from content.understanding.intents import Command
from handlers.framework import said_messages
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts import setup
from services import plans

V = TypeVar("V")
A = TypeVar("A", bound=CallbackData)


class Prompt(ABC, Generic[V]):
    """A question, without state of its own. `V` is what a typed answer is read as.

    Its template is `setup/<kind>`: the part "question" asks, "mistake" says what would have been an answer, "summary"
    is its line of /settings and "saved" says what was noted. The label `change_<kind>` names it in /settings.
    """

    kind: ClassVar[str]
    """The stored word for it, in the column `awaiting` and in buttons: it never changes."""

    in_setup: ClassVar[bool] = False
    """Asked in the first two minutes; other questions have good defaults, or belong to one feature."""

    in_own_words: ClassVar[bool] = False
    """Any words are an answer, but those that surely ask for something else."""

    in_settings: ClassVar[bool] = True
    """Can be changed in /settings; a question of one feature is asked there alone, with a message of that feature."""

    summed_up_before: ClassVar[str | None] = None
    """The kind whose line of /settings this one's stands above; None keeps to the order of the questions."""

    # Asking

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Return what fills the question."""
        return {}

    def choices(self, turn: Turn) -> list[Row]:
        """Return the buttons that answer it; none where it is answered in words only."""
        return []

    def rows(self, turn: Turn) -> list[Row]:
        """Return the choices and the button that leaves the question."""
        return [*self.choices(turn), *setup.skip_rows(turn, self.kind)]

    # Answering

    @abstractmethod
    def read(self, turn: Turn, text: str) -> V:
        """Return the answer that a text gives; nothing changes. Raises UserError where it gives none."""

    @abstractmethod
    def take(self, turn: Turn, value: V) -> None:
        """Keep the answer and say what follows; or ask what is still open about it."""

    def answer(self, turn: Turn, text: str) -> None:
        """Read and take a typed answer. Raises UserError."""
        self.take(turn, self.read(turn, text))

    def takes_careful(self, turn: Turn, text: str) -> bool:
        """Say whether a text that calls for a word of care is an answer all the same, as in "yes, I have asthma"."""
        return False

    def confirm(self, turn: Turn) -> None:
        """Take the choices that are ticked; only questions with ticks are asked this."""
        raise StaleButton

    @property
    def has_ticks(self) -> bool:
        """True where several choices are ticked and then confirmed."""
        return type(self).confirm is not Prompt.confirm

    def commands(self, turn: Turn) -> frozenset[Command]:
        """Return the commands that are about this question while it is open."""
        counted = {
            Command.SKIP: turn.user.setup_prompt == self.kind,
            Command.WHY: self.in_settings,
            Command.DONE: self.has_ticks,
        }
        return frozenset(command for command, counts in counted.items() if counts)

    # Summing up

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return what fills the parts "summary" and "saved"."""
        return {}

    def summary(self, turn: Turn) -> Markup:
        """Return its lines of /settings, nothing where it has none."""
        return turn.language.messages.fragment(f"setup/{self.kind}", part="summary", **self.stored(turn))

    # What follows

    def needs(self, turn: Turn) -> str | None:
        """Return the kind of the question that must be answered before this one means anything."""
        return None

    def applies(self, turn: Turn) -> bool:
        """Say whether the set-up asks it of this person."""
        return self.needs(turn) is None

    def ends_setup(self, turn: Turn) -> bool:
        """Say whether the answer leaves the set-up nothing more to ask."""
        return False

    # Buttons

    def register(self, application: CoachApplication) -> None:
        """Hook up its buttons and its command."""

    def on_pick(
        self, application: CoachApplication, action: type[A], value: Callable[[A], V], *, completes: bool = False
    ) -> None:
        """Let a button answer the question with the value of its action. An old one raises StaleButton."""
        self.on_open(application, action, lambda turn, pressed: self.take(turn, value(pressed)), completes=completes)

    def on_toggle(self, application: CoachApplication, action: type[A], toggle: Callable[[Turn, A], None]) -> None:
        """Let a button tick a choice, or take the tick away; only the buttons change."""

        def work(turn: Turn, pressed: A) -> None:
            toggle(turn, pressed)
            turn.edit_buttons(self.rows(turn))

        self.on_open(application, action, work)

    def on_open(
        self,
        application: CoachApplication,
        action: type[A],
        work: Callable[[Turn, A], None],
        *,
        completes: bool = False,
    ) -> None:
        """Let a button do `work` while the question is open; `completes`: it says what a typed answer left open."""

        def guarded(turn: Turn, pressed: A) -> None:
            if turn.user.prompt != self.kind:
                raise StaleButton
            if completes:
                said_messages.complete(turn, lambda: work(turn, pressed))
            else:
                work(turn, pressed)

        on_button(application, action, guarded)


class StoredPrompt(Prompt[V]):
    """A question whose answer is kept as it is read."""

    @abstractmethod
    def store(self, turn: Turn, value: V) -> None:
        """Keep the answer."""

    def take(self, turn: Turn, value: V) -> None:
        """Keep the answer, and go on with the set-up or say what was noted."""
        self.store(turn, value)
        if not turn.advance_setup(self.kind):
            self.saved(turn, value)

    @abstractmethod
    def saved(self, turn: Turn, value: V) -> None:
        """Say what was noted, outside the set-up."""


class PlanPrompt(StoredPrompt[V]):
    """A question whose answer changes the week."""

    def saved(self, turn: Turn, value: V) -> None:
        """Plan the week anew and say what was noted."""
        plans.renew(turn.session, turn.user, local_day(turn.now, turn.user.zone or "UTC"))
        noted = turn.language.messages.fragment(f"setup/{self.kind}", part="saved", **self.stored(turn))
        turn.reply("profile/saved", setup.week_rows(turn), noted=noted.strip())


AnyPrompt: TypeAlias = Prompt[Any]


@dataclass(frozen=True)
class OpenPrompt:
    """A question that one person is asked now, as `content.understanding` reads their message in its light."""

    prompt: AnyPrompt
    turn: Turn

    @property
    def kind(self) -> str:
        """The kind of the question."""
        return self.prompt.kind

    @property
    def commands(self) -> frozenset[Command]:
        """The commands that are about the question."""
        return self.prompt.commands(self.turn)

    @property
    def in_setup(self) -> bool:
        """True while the set-up asks it."""
        return self.turn.user.setup_prompt == self.prompt.kind

    @property
    def in_own_words(self) -> bool:
        """True where any words are an answer."""
        return self.prompt.in_own_words

    @property
    def may_be_refused(self) -> bool:
        """True where a no closes it: outside the set-up, and where not any words are an answer."""
        return not self.in_setup and not self.in_own_words

    def read(self, text: str) -> object:
        """Return the answer that a text gives. Raises UserError where it gives none."""
        return self.prompt.read(self.turn, text)

    def takes_careful(self, text: str) -> bool:
        """Say whether a text that calls for a word of care is an answer all the same."""
        return self.prompt.takes_careful(self.turn, text)

    def take(self, value: object) -> None:
        """Take the answer that `read` returned."""
        self.prompt.take(self.turn, value)

"""The buttons of the settings: changing an answer, the language, and leaving."""

from dataclasses import dataclass

from coach.buttons.callback_data import CallbackData


@dataclass(frozen=True)
class Change(CallbackData):
    """Change one answer of the set-up."""

    code = "change"
    step: str  # the kind of a prompt


@dataclass(frozen=True)
class ForgetWeight(CallbackData):
    """Erase the stored weight."""

    code = "weight-forget"


@dataclass(frozen=True)
class ShowSettings(CallbackData):
    """Show what is stored, with a button to change each."""

    code = "settings"


@dataclass(frozen=True)
class ShowLanguages(CallbackData):
    """Show the languages there are."""

    code = "languages"


@dataclass(frozen=True)
class PickLanguage(CallbackData):
    """Speak this language from now on."""

    code = "language"
    language: str


@dataclass(frozen=True)
class Dismiss(CallbackData):
    """Leave everything as it is."""

    code = "dismiss"


@dataclass(frozen=True)
class EraseEverything(CallbackData):
    """Delete all that is stored about me."""

    code = "erase"

"""The buttons of administrators: to everybody's chat, and back."""

from dataclasses import dataclass

from coach.buttons.callback_data import CallbackData


@dataclass(frozen=True)
class SendBroadcast(CallbackData):
    """Send this drafted message to everybody."""

    code = "cast-send"
    broadcast: int


@dataclass(frozen=True)
class StopBroadcast(CallbackData):
    """Send this message to nobody more."""

    code = "cast-stop"
    broadcast: int

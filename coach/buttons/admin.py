"""The buttons of administrators: to everybody's chat, and back."""

from dataclasses import dataclass

from coach.buttons.callback_data import Action


@dataclass(frozen=True)
class SendBroadcast(Action):
    """Send this drafted message to everybody."""

    code = "cast-send"
    broadcast: int


@dataclass(frozen=True)
class StopBroadcast(Action):
    """Send this message to nobody more."""

    code = "cast-stop"
    broadcast: int

"""Names in the payload of an outgoing call that are meant for the sender: they never reach Telegram."""

from typing import Final

OTHERWISE: Final = "otherwise"
"""In a reaction: the message to send where Telegram refuses it."""

IS_ANSWER: Final = "is_answer"
"""In an answer: note the id under which it stands in the chat, so that a reaction to it is understood."""

REACT: Final = "setMessageReaction"
"""The method of a reaction; Telegram may refuse it, and that is nobody's mistake."""

"""Names in the payload of an outgoing call that are meant for the sender: they never reach Telegram."""

from typing import Final

OTHERWISE: Final = "otherwise"
"""In a reaction: the message to send where Telegram refuses it."""

IS_ANSWER: Final = "is_answer"
"""In an answer: note the id under which it stands in the chat, so that a reaction to it is understood."""

ONLY_EDIT: Final = "only_edit"
"""In an edit: of no use as a new message."""

LIVE_GUIDE: Final = "live_guide"
"""In a message of a guide that runs: its number; note the id under which it stands in the chat."""

MAKES: Final = "makes"
"""In a message that offers a file: what that is made from, so that it is ready when it is asked for."""

REACT: Final = "setMessageReaction"
"""The method of a reaction; Telegram may refuse it, and that is nobody's mistake."""

"""The questions that finding is measured on; nothing is trained on them."""

from pathlib import Path
from typing import Final

QUESTIONS: Final = Path(__file__).parents[1] / "tests/content/questions"


def questions(name: str) -> list[tuple[str, str]]:
    """Label and text of each line of a set."""
    text = (QUESTIONS / name).read_text(encoding="utf-8")
    return [(label, question) for label, _, question in (line.partition("\t") for line in text.splitlines())]

"""The example of docs/curators.md, followed to the letter."""

import re
import shutil
from pathlib import Path

import pytest

from content.library import Content, ContentProblems, FaqSearch, load
from content.understanding.red_flags.detector import Detector
from content.understanding.red_flags.patterns import Patterns
from content.understanding.training_texts import TrainingTexts

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/curators.md").read_text(encoding="utf-8")


def files() -> dict[str, str]:
    """The files that the guide writes: path and text."""
    return dict(re.findall(r"`(content/en/[\w/.-]+)`:\n\n```\w+\n(.*?)```", GUIDE, re.DOTALL))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the content with the guide's example added."""
    shutil.copytree(ROOT / "content/en", tmp_path / "content/en")
    for name, text in files().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "content"


def test_the_example_is_sound_and_is_found(root: Path, content: Content) -> None:
    assert [Path(name).suffix for name in files()] == [".md", ".txt"]
    english = load(root).language("en")
    entry = english.entries["band-calf-raises"]
    assert len(entry.phrasings) == 4
    assert 60 <= len(entry.text.split()) <= 160
    few = [content.language("en").entries[slug] for slug in ("ankle-weights", "calf-sets-and-reps", "creatine")]
    found = FaqSearch(TrainingTexts((entry, *few), ("hello",)), Detector(Patterns())).find(
        "are rubber bands ok for calves"
    )
    assert found.candidates[0].entry == "band-calf-raises"


def test_the_example_of_a_slip_reads_as_the_guide_says(root: Path) -> None:
    path = root / "en/faq/band-calf-raises.md"
    path.write_text(path.read_text(encoding="utf-8").replace("schoenfeld-2020", "schoenfeld-2002"), encoding="utf-8")
    with pytest.raises(ContentProblems) as raised:
        load(root)
    (fault,) = raised.value.faults
    assert f"```text\n{fault}\n```" in GUIDE

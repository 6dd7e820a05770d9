"""The weight of guides: what they add to what is installed, and nothing to a bot that makes none."""

import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

from tests.support.source_text import ROOT

NEEDED = ("soundfile", "cffi", "pycparser", "lameenc")
"""Distributions that only guides need, with all that they need themselves; numpy is there without them."""

MOST = 12_000_000

SERVED = """
import sys
import app.bot_app, cli, handlers.registry
from app.runtime import load_content
from content.guide import wish

content = load_content()
language = content.language(None)
asked = wish.guide_to(language, language.workouts["walk-jog-intervals"], 5, None, None, back=False)
assert asked.seconds > 600
loaded = {name for name in ("lameenc", "soundfile", "_soundfile", "cffi") if name in sys.modules}
assert not loaded, f"{loaded} is loaded before a guide is made"
wish.drawing(lambda: content)(asked.wish)
assert "lameenc" in sys.modules and "soundfile" in sys.modules
"""


def test_guides_add_little_to_what_is_installed() -> None:
    files = [Path(str(file.locate())) for name in NEEDED for file in distribution(name).files or ()]
    installed = sum(path.stat().st_size for path in files if path.is_file() and "__pycache__" not in path.parts)
    assert installed > 1_000_000
    content = sum(path.stat().st_size for path in (ROOT / "content").glob("*/guide/*"))
    assert installed + content < MOST


def test_a_bot_that_makes_no_guide_loads_nothing_for_it() -> None:
    subprocess.run([sys.executable, "-c", SERVED], cwd=ROOT, check=True, timeout=120)

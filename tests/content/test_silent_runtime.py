"""Finding talks to nobody: the runtime of the model would report to its makers unless told not to."""

import subprocess
import sys

from tests.support.source_text import ROOT

PROGRAM = """
import os, sys
os.environ.pop("ORT_DISABLE_TELEMETRY", None)
from app.runtime import load_content
finder = load_content().language(None).finder
assert "onnxruntime" not in sys.modules, "it is imported where it can no longer be told"
finder.find("why are calves so hard to grow")
assert "onnxruntime" in sys.modules and os.environ["ORT_DISABLE_TELEMETRY"] == "1"
"""


def test_the_runtime_is_told_to_report_nothing_before_it_is_imported() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr

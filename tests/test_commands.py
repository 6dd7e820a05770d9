"""Commands that the documents tell people to type: every one is one that works, on a tree that counts as installed."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Final

import pytest

import bot
from tests.support.source_text import ROOT

PINS: Final = ("requirements.lock", "requirements-dev.lock", "requirements-setup.lock")
DOCUMENTS: Final = ("README.md", "CONTRIBUTING.md", "docs/operators.md")
# What a make around us hands down, and settings of this machine.
NOT_PASSED_ON: Final = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "ARGS", "PYTHON", "BOT_TOKEN"}
CI: Final = (ROOT / ".ci/run").read_text("utf-8")


class Tree:
    """A folder with the Makefile, the code and an environment that only notes what it is asked to do."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.noted = folder, folder / "noted"
        for name in ("Makefile", "bot.py", "requirements-bench.lock", *PINS):
            (folder / name).symlink_to(ROOT / name)
        (folder / ".venv/bin").mkdir(parents=True)
        self.tool("python", f'case "$1" in bot.py) exec {sys.executable} "$@";; esac; echo "python $*" >> {self.noted}')
        self.tool("uv", f'echo "uv $*" >> {self.noted}')
        for linter in ("lint-imports", "bandit"):
            self.tool(linter, f'echo "{linter} $*" >> {self.noted}')
        for name in ("pyvenv.cfg", "bin/uv", "runtime.stamp", "dev.stamp"):
            (folder / ".venv" / name).touch()

    def tool(self, name: str, script: str) -> None:
        path = self.folder / ".venv/bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def start(self, *words: str) -> subprocess.Popen[str]:
        environment = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
        environment |= {"DATABASE_URL": f"sqlite:///{self.folder / 'coach.db'}", "PYTHONWARNINGS": "default"}
        return subprocess.Popen(
            words,
            cwd=self.folder,
            env=environment,
            start_new_session=True,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *words: str) -> tuple[int, str]:
        process = self.start(*words)
        said, complained = process.communicate(timeout=60)
        return process.returncode, said + complained

    @property
    def asked(self) -> list[str]:
        return self.noted.read_text().splitlines() if self.noted.exists() else []


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    if shutil.which("make") is None:
        pytest.skip("no make on PATH")
    return Tree(tmp_path)


def commands(document: str) -> list[str]:
    """The lines of a document that stand in code blocks."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", (ROOT / document).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def test_make_chat_serves_the_page_and_stops_on_ctrl_c(tree: Tree) -> None:
    process = tree.start("make", "chat", "ARGS=--port 0 --no-browser")
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/\S+", line)
        assert address, line + (process.communicate()[1] if process.poll() is not None else "")
        with urllib.request.urlopen(address[0], timeout=10) as page:
            assert page.status == 200
            assert "<!doctype html>" in page.read().decode().casefold()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: make and the bot both get it
        said, complained = process.communicate(timeout=30)
        assert "Traceback" not in said + complained
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    assert tree.asked == [], "an installed tree installs nothing"


def test_make_run_without_a_token_says_how_to_get_one(tree: Tree) -> None:
    code, said = tree.run("make", "run")
    assert code == 2
    assert "@BotFather" in said
    assert "make chat" in said


def test_make_test_and_check_run_what_they_say(tree: Tree) -> None:
    assert tree.run("make", "test", "ARGS=-k weight")[0] == 0
    assert tree.asked == ["python -m pytest -n 3 --dist worksteal -k weight"]
    assert tree.run("make", "check")[0] == 0
    asked = " ".join(tree.asked[1:])
    for linter in ("ruff check .", "ruff format --check .", "mypy", "lint-imports", "bandit"):
        assert linter in asked


def test_a_changed_lock_is_installed_and_once(tree: Tree) -> None:
    (tree.folder / "requirements.lock").unlink()
    (tree.folder / "requirements.lock").write_text("# changed\n")
    assert tree.run("make", "setup")[0] == 0
    assert len(tree.asked) == 1
    assert tree.asked[0].startswith("uv pip install --exact")
    assert "--require-hashes --no-deps -r requirements-dev.lock" in tree.asked[0]
    assert tree.run("make", "setup", "test")[0] == 0
    assert tree.asked[1:] == ["python -m pytest -n 3 --dist worksteal"]


def test_where_uv_finds_no_way_pip_does_it(tree: Tree) -> None:
    (tree.folder / ".venv/dev.stamp").unlink()
    tree.tool("uv", "exit 1")
    assert tree.run("make", "setup")[0] == 0
    assert len(tree.asked) == 1
    assert tree.asked[0].startswith("python -m pip install")
    assert "--require-hashes --no-deps -r requirements-dev.lock" in tree.asked[0]


def test_a_failed_installation_is_not_taken_for_done(tree: Tree) -> None:
    (tree.folder / ".venv/dev.stamp").unlink()
    tree.tool("uv", "exit 1")
    tree.tool("python", "exit 1")
    assert tree.run("make", "setup")[0] != 0
    assert not (tree.folder / ".venv/dev.stamp").exists()


def test_an_old_python_is_named_and_another_asked_for(tree: Tree) -> None:
    tree.tool("python3.9", 'case "$1" in --version) echo "Python 3.9.2";; *) echo 3 9 2; exit 1;; esac')
    code, said = tree.run("make", "setup", "PYTHON=.venv/bin/python3.9")
    assert code != 0
    assert "needs Python 3.11 or newer" in said
    assert "Python 3.9.2" in said
    assert "make setup PYTHON=" in said


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_in_a_document_exists(document: str, tree: Tree) -> None:
    found = commands(document)
    assert found
    for line in found:
        match line.split():
            case ["make", target]:
                code, said = tree.run("make", "--dry-run", target)
                assert code == 0, said
                assert f"make {target} " in tree.run("make", "help")[1]
            case [".venv/bin/python", "bot.py", command, *_]:
                assert_helps(command)
            case _:
                pytest.fail(f"{document} tells to type something no test runs: {line}")


def assert_helps(command: str) -> None:
    with pytest.raises(SystemExit) as ended:
        bot.main([command, "--help"])
    assert ended.value.code == 0


def inline_commands() -> set[str]:
    """Commands that stand in the middle of a sentence, in any document that people follow."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    found = (
        re.findall(r"`((?:\.venv/bin/)?(?:make|python|bot\.py) [^`]+)`", page.read_text("utf-8")) for page in pages
    )
    return {command.removeprefix(".venv/bin/") for commands_ in found for command in commands_}


@pytest.mark.parametrize("line", sorted(inline_commands()))
def test_every_command_in_a_sentence_exists(line: str, tree: Tree) -> None:
    match line.split():
        case ["make", target, *_]:
            assert tree.run("make", "--dry-run", target)[0] == 0
        case ["bot.py", command, *_] | ["python", "bot.py", command, *_]:
            assert_helps(command)
        case ["python", "-m", module, *_]:
            derives = module.startswith("tests.support.derive_")  # held in step by test_conventions
            assert derives or re.search(rf"-m {re.escape(module)}$", CI, re.MULTILINE), f"nothing runs {module}"
        case _:
            pytest.fail(f"no test runs: {line}")


def test_what_make_bench_measures_is_run_by_ci_in_small() -> None:
    assert re.search(r"^make bench ARGS=\"--people \d+ ", CI, re.MULTILINE), "without names: all of it"


def test_every_command_of_the_readme_is_run() -> None:
    """By CI, or by a test of this module."""
    here = Path(__file__).read_text("utf-8")
    for line in commands("README.md"):
        called = ", ".join(f'"{word}"' for word in line.split())
        assert line in CI.splitlines() or f"start({called}" in here or f"run({called}" in here, line


def test_ci_runs_check_and_test_last_and_nothing_after() -> None:
    assert CI.rstrip().splitlines()[-2:] == ["make check", "make test"]
    assert "export REQUIRE_ALL=1" in CI
    assert subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=False).returncode == 0
    assert os.access(ROOT / ".ci/run", os.X_OK)

"""The habits of this house, as tests: where sentences stand, what is listed where, what documents may say."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final, cast

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from telegram.ext import CallbackQueryHandler, CommandHandler

from coach.buttons.callback_data import every
from coach.user_errors import UserError
from content.checks.contract import LISTED
from gateway.outbound.transport import AiohttpRequest
from handlers import registry
from handlers.account import help_menu
from handlers.framework.application import CoachApplication, Services, build
from handlers.prompts.prompt import Prompt
from handlers.prompts.registry import PROMPTS
from tests.support.derive_contract import derived
from tests.support.source_text import ROOT, called, meanings, modules, parsed, project_files, spoken, strings

MESSAGES: Final = ROOT / "content/en/messages"
SPEAKING: Final = ("handlers", "scheduler", "coach", "content", "services", "bot.py", "app")
MAX_LINES: Final = 300  # of a module
MAX_SIBLINGS: Final = 13  # modules of a folder
GROWING: Final = "db/migrations/versions"  # by a module a release

# Two words in a row are a sentence, or the beginning of one.
PROSE: Final = re.compile(r"[^\W\d_]{2,}[,;:.!?]?\s+[^\W\d_]+")


IDENTICAL: Final = re.compile(r"\bis (?:not )?PromptKind\.")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Code


def test_imports_point_one_way() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_no_module_is_two_rooms() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    long = {name: lines for name, lines in lengths.items() if lines > MAX_LINES and not name.startswith("tests/")}
    assert long == {}


def test_no_folder_is_a_crowd() -> None:
    siblings = Counter(named(path.parent) for path in modules() if path.stem != "__init__")
    crowded = {folder: count for folder, count in siblings.items() if count > MAX_SIBLINGS and folder != GROWING}
    assert {folder: count for folder, count in crowded.items() if not folder.startswith("tests/")} == {}


@pytest.mark.parametrize("folder", ["handlers", "scheduler", "services", "coach"])
def test_sentences_stand_in_content(folder: str) -> None:
    found = [
        f"{named(path)}:{line}: {text!r}"
        for path in modules(folder)
        for line, text in spoken(path)
        if PROSE.search(text)
    ]
    assert found == []


def test_the_check_for_sentences_finds_one(tmp_path: Path) -> None:
    module = tmp_path / "speaking.py"
    module.write_text('"""Nothing to see."""\nlog.info("all is well")\nturn.say(f"Well done, {name}!")\n')
    assert [(line, bool(PROSE.search(text))) for line, text in spoken(module)] == [(3, True)]


def test_every_feature_is_listed_and_ends_in_register() -> None:
    features: tuple[ModuleType, ...] = registry.FEATURES
    listed = {feature.__name__ for feature in features}
    for path in modules("handlers"):
        functions = [
            node.name for node in parsed(path).body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        if path.stem == "registry":
            continue
        module = named(path).removesuffix(".py").replace("/", ".")
        assert ("register" in functions) == (module in listed), f"{named(path)} and FEATURES disagree"
        assert module not in listed or functions[-1] == "register", f"{named(path)} goes on after register"


def test_every_prompt_is_listed_once() -> None:
    written = [kind for kind in descendants(Prompt) if "kind" in vars(kind) and kind.__module__.startswith("handlers")]
    assert {type(prompt) for prompt in PROMPTS} == set(written)
    assert len({prompt.kind for prompt in PROMPTS}) == len(PROMPTS) == len(written)


def descendants(kind: type[object]) -> Iterator[type[object]]:
    for child in kind.__subclasses__():
        yield child
        yield from descendants(child)


def test_kinds_of_prompts_are_compared_by_value() -> None:
    """A stored kind is a plain word: `is` would never hold."""
    found = [named(path) for path in modules("handlers", "scheduler", "services") if IDENTICAL.search(path.read_text())]
    assert found == []


CLAUSE: Final = re.compile(r"(?:What|Who|Whose|Where|Whether|How|Which|When|Why)\b")


def test_docstrings_lead_with_a_noun_or_a_verb() -> None:
    """A clause such as "What waits to be sent" is a riddle until its end."""
    found = [
        f"{named(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and CLAUSE.match(str(node.value.value))
    ]
    assert found == []


# Words


@cache
def templates() -> dict[str, str]:
    """The messages of the English content: name and text."""
    files = MESSAGES.rglob("*.j2")
    return {path.relative_to(MESSAGES).as_posix().removesuffix(".j2"): path.read_text("utf-8") for path in files}


@cache
def labels() -> frozenset[str]:
    return frozenset(yaml.safe_load((MESSAGES / "labels.yaml").read_text("utf-8")))


def test_every_message_that_is_sent_exists() -> None:
    """By the calls that name one; of an f-string at least one reading must exist."""
    for path in modules(*SPEAKING):
        for node in ast.walk(parsed(path)):
            if called(node) in {"say", "reply", "ask", "render", "answer_callback"} and isinstance(node, ast.Call):
                name = node.args[1:2] if called(node) == "ask" else node.args[:1]
                _some_exist(
                    meanings(name[0] if name else None, path), frozenset(templates()), f"{named(path)}:{node.lineno}"
                )


def test_every_button_has_its_label() -> None:
    for path in modules(*SPEAKING):
        for node in ast.walk(parsed(path)):
            if called(node) in {"Button", "Inline", "Link", "label"} and isinstance(node, ast.Call):
                found = meanings(node.args[0] if node.args else None, path)
                _some_exist(found, labels(), f"{named(path)}:{node.lineno}")


def _some_exist(found: set[str], known: frozenset[str], where: str) -> None:
    few = 2  # what an `if` can mean; of these all must exist
    missing = found - known
    assert not missing or (len(found) > few and missing != found), f"{where}: {sorted(missing)[:5]}"


def test_every_mistake_has_its_message() -> None:
    mistakes: list[type[UserError]] = [UserError, *UserError.__subclasses__()]
    assert {mistake.template for mistake in mistakes} - set(templates()) == set()


def test_every_message_and_label_is_used() -> None:
    held = set().union(*(strings(path) for path in modules(*SPEAKING)))
    included = re.findall(r'\{%-?\s*(?:include|extends|import|from)\s+"([^"]+)\.j2"', "".join(templates().values()))
    assert set(templates()) - held - set(included) == set()
    assert labels() - held == set()


def test_what_the_code_needs_of_the_content_is_listed() -> None:
    """`load_content` refuses content that lacks any of it; the tests above tie what is listed to the code."""
    assert LISTED.read_text("utf-8") == derived(ROOT / "content"), "python -m tests.support.derive_contract"


# Words that people type


_SPOKEN_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_GROUP_NAME: Final = re.compile(r"\(\?P<\w+>")
_ESCAPE: Final = re.compile(r"\\[a-zA-Z]")
_SHOWN_UNITS: Final = frozenset({"kg", "lb", "st", "cm", "in"})
"""Symbols that the coach writes behind a figure; what is typed for them is in the vocabulary."""


def typed_words(tree: ast.AST, line: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the words in the strings of a module that stand for what somebody types, with their lines.

    Left out: docstrings, values of enumerations, formats within f-strings, names of groups in patterns, and units.
    """
    line = getattr(tree, "lineno", line)
    match tree:
        case ast.Expr(value=ast.Constant()):
            return
        case ast.ClassDef(bases=bases) if any(getattr(base, "id", "") == "StrEnum" for base in bases):
            return
        case ast.FormattedValue(value=value):
            yield from typed_words(value, line)
            return
        case ast.Constant(value=str(text)):
            for word in _SPOKEN_WORD.findall(_ESCAPE.sub(" ", _GROUP_NAME.sub("(", text))):
                if word.casefold() not in _SHOWN_UNITS:
                    yield line, word
            return
        case ast.Subscript(value=value, slice=ast.Constant()):
            yield from typed_words(value, line)  # the name of a group, or a forward reference
            return
        case ast.arg() | ast.AnnAssign(value=None):
            return
    for child in ast.iter_child_nodes(tree):
        yield from typed_words(child, line)


def test_grammars_hold_no_words_of_any_language() -> None:
    allowed = {"NFKC", "NFKD", "Vocabulary"}
    found = [
        f"{named(path)}:{line}: {word!r}"
        for path in modules("coach")
        if "parsing" in path.relative_to(ROOT).parts or path.stem == "question_clustering"
        for line, word in typed_words(parsed(path))
        if word not in allowed
    ]
    assert found == []


def test_handlers_compare_what_is_typed_with_no_word_of_their_own() -> None:
    """By the sets of strings in them, and by the patterns that they compile."""
    for path in modules("handlers"):
        for node in ast.walk(parsed(path)):
            if called(node) == "frozenset" or isinstance(node, ast.Set):
                held = {word for _, word in typed_words(node)} & _typed_english()
                assert not held, f"{named(path)}: {sorted(held)}"
            if called(node) == "compile":
                found = [word for _, word in typed_words(node)]
                assert found == [], named(path)


@cache
def _typed_english() -> frozenset[str]:
    """The single words of the English vocabulary."""
    sections = yaml.safe_load((ROOT / "content/en/understanding/vocabulary.yaml").read_text("utf-8"))
    return frozenset(_SPOKEN_WORD.findall(str(list(_leaves(sections)))))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    else:
        yield str(value)


def test_the_check_for_typed_words_finds_some() -> None:
    source = 'OFF = {"off"}\nDAY = re.compile(rf"(?P<day>mon|\\\\d+){UNIT} kg")\nfound["day"]\n'
    assert [word for _, word in typed_words(ast.parse(source))] == ["off", "mon"]


# Buttons and commands


@pytest.fixture(scope="module")
def application() -> CoachApplication:
    """The application with every handler, and nothing behind it."""
    request = AiohttpRequest()
    application = build("1:local", "http://127.0.0.1", request, request, cast("Services", None))
    registry.register(application)
    return application


def test_every_action_has_one_handler(application: CoachApplication) -> None:
    patterns = [
        handler.pattern
        for handler in application.handlers[0]
        if isinstance(handler, CallbackQueryHandler) and isinstance(handler.pattern, re.Pattern)
    ]
    for action in every():
        data = ":".join([action.code, *("1" for _ in fields(action))])
        taken = [pattern.pattern for pattern in patterns if pattern.match(data)]
        assert len(taken) == 1, f"{action.__name__} is taken by {taken or 'nobody'}"


def test_every_command_of_the_menu_is_handled(application: CoachApplication) -> None:
    handled = {
        command
        for handler in application.handlers[0]
        if isinstance(handler, CommandHandler)
        for command in handler.commands
    }
    assert set(help_menu.COMMANDS) <= handled
    assert {f"command_{command}" for command in help_menu.COMMANDS} <= labels()


# Documents


def documents() -> list[Path]:
    found = [path for path in project_files() if path.suffix == ".md"]
    return [path for path in found if path.relative_to(ROOT).parts[0] not in {"content", "tests"}]


def test_links_between_documents_lead_somewhere() -> None:
    for path in documents():
        text = path.read_text("utf-8")
        for link in re.findall(r'\]\(([^)\s]+)\)|src="([^"]+)"', text):
            target = (link[0] or link[1]).partition("#")[0]
            assert "://" in target or (path.parent / target).exists(), f"{named(path)} links to {target}"


def test_decisions_are_numbered_without_gaps() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(page.name.partition("-")[0]) for page in pages] == list(range(1, len(pages) + 1))
    for number, page in enumerate(pages, start=1):
        assert page.read_text("utf-8").startswith(f"# {number}. "), f"{page.name} has another number in its title"


def test_the_changelog_keeps_its_form() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    versions = [line for line in lines if line.startswith("## ")]
    assert versions[0] == "## [Unreleased]"
    released = [re.fullmatch(r"## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})", line) for line in versions[1:]]
    assert all(released), versions
    dates = [date.fromisoformat(found[2]) for found in released if found]
    assert dates == sorted(dates, reverse=True)
    kinds = {line.removeprefix("### ") for line in lines if line.startswith("### ")}
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


# What is installed


PIN: Final = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def lock(name: str) -> dict[str, set[str]]:
    """Package and versions of a lock; there are several versions where they differ by Python."""
    found: dict[str, set[str]] = {}
    for package, version in PIN.findall((ROOT / name).read_text("utf-8")):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-setup.lock"])
def test_locks_are_hashed_and_carry_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    for block in re.split(r"\n(?=[a-z0-9])", text)[1:]:
        assert "--hash=sha256:" in block, block.partition("\n")[0]


def test_locks_agree_with_each_other_and_with_what_is_asked_for() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    runtime, dev, setup = lock("requirements.lock"), lock("requirements-dev.lock"), lock("requirements-setup.lock")
    assert runtime.items() <= dev.items()
    assert setup.items() <= dev.items()
    groups = project["dependency-groups"]
    tools = [line for group in ("dev", "setup") for line in groups[group] if isinstance(line, str)]
    for line, locked in [(line, runtime) for line in project["project"]["dependencies"]] + [
        (line, dev) for line in tools
    ]:
        asked = Requirement(line)
        versions = locked.get(canonicalize_name(asked.name), set())
        assert versions, f"{asked.name} is not locked: make lock"
        assert all(version in asked.specifier for version in versions), f"{line} is locked as {versions}: make lock"


# Written so that this file does not hold what it looks for.
HOSTS: Final = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "debian" + ".org")
MACHINE: Final = re.compile("(?<![\\w.])/" + "(?:work|farm)/|/tmp" + "/brief")
UNFINISHED: Final = re.compile(r"\b(?:TO" + "DO|FIX" + r"ME)\b|NotImplemented" + "Error")


def test_nothing_names_a_registry_or_a_machine_or_is_left_undone() -> None:
    found = []
    for path in project_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        marks = [host for host in HOSTS if host in text] + MACHINE.findall(text) + UNFINISHED.findall(text)
        found += [f"{named(path)}: {mark}" for mark in marks]
    assert found == []


def test_paths_in_documents_exist() -> None:
    roots = {path.relative_to(ROOT).parts[0] for path in project_files()}
    examples = ("data/", "content/de/", "content/en/faq/band-calf-raises")
    found = {
        (named(path), name)
        for path in documents()
        for name in re.findall(r"`([\w.-]+/[\w./-]*)`", path.read_text("utf-8"))
        if name.partition("/")[0] in roots and not name.startswith(examples)
    }
    assert {(page, name) for page, name in found if not (ROOT / name).exists()} == set()

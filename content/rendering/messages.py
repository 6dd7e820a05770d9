"""Every sentence the coach says: Jinja2 templates of `content/<language>/messages/` and the labels of its buttons."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError, meta
from jinja2.exceptions import TemplateError
from markupsafe import Markup

from content.schema.problems import Problem, shown
from content.schema.yaml_fields import Fields, read_yaml
from content.understanding.intents import Commands, read_commands
from content.understanding.smalltalk.phrases import SmallTalk, read_small_talk

SUFFIX: Final = ".j2"
LABELS: Final = "labels.yaml"
_NAMED: Final = re.compile("%[AaBb]|%-d")


@dataclass(frozen=True)
class Messages:
    """The templates, labels, small talk and wishes of one language; what it lacks is `fallback`'s (English).

    `lines` says where in their file the labels stand; it is None where they could not be read.
    """

    folder: Path
    templates: Environment
    labels: Mapping[str, str]
    fallback: "Messages | None" = None
    small_talk: SmallTalk = field(default_factory=SmallTalk)
    lines: Mapping[str, int] | None = field(default_factory=dict)
    wishes: Commands = field(default_factory=Commands)

    def render(self, name: str, /, **values: object) -> str:
        """Return the message `name` as Telegram HTML; values are escaped, missing ones raise UndefinedError."""
        return self.templates.get_template(name + SUFFIX).render(values).strip()

    def fragment(self, name: str, /, **values: object) -> Markup:
        """Return the message as a part of another, with its line breaks; it is not escaped again."""
        text = self.templates.get_template(name + SUFFIX).render(values)
        return Markup(text)  # noqa: S704 - escaped by its template  # nosec B704

    def label(self, key: str, /, **values: object) -> str:
        """Return a button's label as plain text. Raises KeyError for an unknown key."""
        if key in self.labels:
            text = self.labels[key]
            return text.format(**values) if values else text
        if self.fallback is None:
            raise KeyError(f"no label {key!r} in {self.folder / LABELS}")
        return self.fallback.label(key, **values)

    def names(self) -> tuple[str, ...]:
        """Return the names of all messages of this language, its own and those it falls back to."""
        return tuple(name.removesuffix(SUFFIX) for name in self.templates.list_templates(extensions=[SUFFIX[1:]]))

    def own_names(self) -> frozenset[str]:
        """Return the names of the messages that this language has itself."""
        files = self.folder.rglob("*" + SUFFIX)
        return frozenset(path.relative_to(self.folder).as_posix().removesuffix(SUFFIX) for path in files)

    def borrowed(self) -> Iterator[str]:
        """Name the messages and labels that are taken from the fallback."""
        if self.fallback is not None:
            yield from (name + SUFFIX for name in sorted(set(self.names()) - self.own_names()))
            yield from (f"{LABELS} {key}" for key in self.fallback.labels if key not in self.labels)

    def dated(self, day: date, form: str) -> str:
        """Return a day written as `strftime` would, with this language's names of weekdays and months."""

        def named(found: re.Match[str]) -> str:
            match found[0]:
                case "%A":
                    return self.label("weekdays").split()[day.weekday()]
                case "%a":
                    return self.label("weekdays_short").split()[day.weekday()]
                case "%B":
                    return self.label("months").split()[day.month - 1]
                case "%b":
                    return self.label("months_short").split()[day.month - 1]
            return str(day.day)  # not every system's strftime knows %-d

        return day.strftime(_NAMED.sub(named, form))

    def stretch(self, seconds: int) -> str:
        """Return a stretch of time as a coach says it: 30 s, 90 s, 5 min."""
        if seconds % 60 == 0:
            return self.label("in_minutes", count=seconds // 60)
        return self.label("in_seconds", count=seconds)


def clock(seconds: int) -> str:
    """Return what is left of a step as a clock shows it: 0:05, 10:00."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def midsentence(name: str) -> str:
    """Return a session's name as it stands within a sentence: easy run, but Calves A, whose letter is a name."""
    named = any(word[:1].isupper() for word in name.split()[1:])
    return name if named else name[:1].lower() + name[1:]


def load_messages(folder: Path, fallback: Messages | None = None) -> tuple[Messages, list[Problem]]:
    """Read `folder`; return its messages and every fault found in them."""
    folders = [folder] if fallback is None else [folder, fallback.folder]
    templates = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    templates.globals["moment"] = _moment
    root = folder.parent.parent
    faults: list[Problem] = []
    read = _read_labels(folder / LABELS, root, faults)
    labels = {key: str(text) for key, text in read.values.items()} if read else {}
    spare = fallback.small_talk if fallback else None
    small_talk = read_small_talk(folder.parent / "understanding/smalltalk", root, faults, spare)
    wishes = read_commands(
        folder.parent / "understanding/commands", root, faults, fallback.wishes if fallback else None
    )
    messages = Messages(folder, templates, labels, fallback, small_talk, read.lines if read else None, wishes)
    templates.filters["stretch"], templates.filters["date"] = messages.stretch, messages.dated
    templates.filters["midsentence"], templates.filters["clock"] = midsentence, clock
    if read:
        _check_labels(messages, read)
    faults.extend(_template_faults(messages))
    return messages, faults


def _read_labels(path: Path, root: Path, faults: list[Problem]) -> Fields | None:
    """Read `key: text` lines; no file is no labels, and None is one that cannot be read."""
    if not path.exists():
        return Fields(shown(path, root), {}, {}, faults)
    read = read_yaml(path, root, faults)
    for key, text in read.values.items() if read else ():
        if read and not isinstance(text, str):
            read.fault(key, f"label '{key}' is " + ("empty" if text is None else "not text: it needs quotes"))
    return read


def _check_labels(messages: Messages, read: Fields) -> None:
    """Report templates that are filled in otherwise than in English: they would fail on somebody's screen."""
    for key, count in LISTS.items():
        if key in messages.labels and len(messages.labels[key].split()) != count:
            read.fault(key, f"label {key!r} should have {count} names")
    if messages.fallback is None or messages.fallback.lines is None:
        return
    english = messages.fallback.labels
    for key, text in messages.labels.items():
        if key not in english:
            read.fault(key, f"unknown label {key!r}")
        elif places(text) != places(english[key]):
            read.fault(key, f"label {key!r} should be filled in like {english[key]!r}")


LISTS: Final = {"weekdays": 7, "weekdays_short": 7, "weekday_initials": 7, "months": 12, "months_short": 12}
"""Labels of which each word is a name of its own, and how many there are."""


def places(text: str) -> set[str | None] | None:
    """Return what is filled in, None where the braces do not match."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def _template_faults(messages: Messages) -> Iterator[Problem]:
    known = frozenset(messages.names())
    for name in sorted(messages.own_names()):
        file = shown(messages.folder / (name + SUFFIX), messages.folder.parent.parent)
        try:
            messages.templates.get_template(name + SUFFIX)
            yield from _included(messages, name, file, known)
        except TemplateSyntaxError as error:
            yield Problem(file, error.lineno, error.message or "not a template")
        except (TemplateError, UnicodeDecodeError) as error:
            yield Problem(file, 1, str(error))


def _included(messages: Messages, name: str, file: str, known: frozenset[str]) -> Iterator[Problem]:
    """A template that includes what does not exist fails when it is rendered, and not before."""
    templates = messages.templates
    assert templates.loader is not None, "made with one"
    source = templates.loader.get_source(templates, name + SUFFIX)[0]
    if "include" not in source:
        return
    for included in meta.find_referenced_templates(templates.parse(source)):
        if included is not None and included.removesuffix(SUFFIX) not in known:
            line = source[: source.index(included)].count("\n") + 1
            yield Problem(file, line, f"takes in '{included}', which does not exist")


def _moment(unix: int, shown: str) -> Markup:
    """Return a moment that Telegram shows on the reader's own clock; `shown` is what older apps see."""
    return Markup('<tg-time unix="{}" format="wDt">{}</tg-time>').format(unix, shown)

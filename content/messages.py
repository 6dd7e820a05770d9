"""Every sentence the coach says: Jinja2 templates of `content/<language>/messages/` and the labels of its buttons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError
from jinja2.exceptions import TemplateError
from markupsafe import Markup

from content.faults import Fault, shown
from content.smalltalk import SmallTalk, read_small_talk

_SUFFIX: Final = ".j2"
LABELS: Final = "labels.yaml"


@dataclass(frozen=True)
class Messages:
    """The templates, labels and small talk of one language; what it lacks is taken from `fallback` (English)."""

    folder: Path
    templates: Environment
    labels: Mapping[str, str]
    fallback: "Messages | None" = None
    small_talk: SmallTalk = field(default_factory=SmallTalk)

    def render(self, name: str, /, **values: object) -> str:
        """Return the message `name` as Telegram HTML; values are escaped, missing ones raise UndefinedError."""
        return self.templates.get_template(name + _SUFFIX).render(values).strip()

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
        return tuple(name.removesuffix(_SUFFIX) for name in self.templates.list_templates(extensions=[_SUFFIX[1:]]))

    def own_names(self) -> frozenset[str]:
        """Return the names of the messages that this language has itself."""
        files = self.folder.rglob("*" + _SUFFIX)
        return frozenset(path.relative_to(self.folder).as_posix().removesuffix(_SUFFIX) for path in files)


def load_messages(folder: Path, fallback: Messages | None = None) -> tuple[Messages, list[Fault]]:
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
    templates.filters["stretch"] = _stretch
    templates.globals["moment"] = _moment
    labels, faults = _read_labels(folder / LABELS, shown(folder / LABELS, folder.parent.parent))
    spare = fallback.small_talk if fallback else None
    small_talk = read_small_talk(folder.parent / "smalltalk", folder.parent.parent, faults, spare)
    messages = Messages(folder, templates, labels, fallback, small_talk)
    faults.extend(_template_faults(messages))
    return messages, faults


def _read_labels(path: Path, file: str) -> tuple[dict[str, str], list[Fault]]:
    if not path.exists():
        return {}, []
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return {}, [Fault(file, mark.line + 1 if mark else 1, "not readable as YAML")]
    if not isinstance(read, dict):
        return {}, [Fault(file, 1, "labels are `key: text` lines")]
    faults = [Fault(file, 1, f"label {key!r} is not text") for key, text in read.items() if not isinstance(text, str)]
    return {str(key): str(text) for key, text in read.items()}, faults


def _template_faults(messages: Messages) -> Iterator[Fault]:
    for name in sorted(messages.own_names()):
        file = shown(messages.folder / (name + _SUFFIX), messages.folder.parent.parent)
        try:
            messages.templates.get_template(name + _SUFFIX)
        except TemplateSyntaxError as error:
            yield Fault(file, error.lineno, error.message or "not a template")
        except (TemplateError, UnicodeDecodeError) as error:
            yield Fault(file, 1, str(error))


def _stretch(seconds: int) -> str:
    """Return a stretch of time as a coach says it: 30 s, 90 s, 5 min."""
    return f"{seconds // 60} min" if seconds % 60 == 0 else f"{seconds} s"


def _moment(unix: int, shown: str) -> Markup:
    """Return a moment that Telegram shows on the reader's own clock; `shown` is what older apps see."""
    return Markup('<tg-time unix="{}" format="wDT">{}</tg-time>').format(unix, shown)

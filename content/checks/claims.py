"""The numbers of an answer: which claim each belongs to, where it comes from, and whether it was read there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from content.schema.yaml_fields import Fields

CONVENTION: Final = "convention"
"""The source of a rule of thumb: coaching practice that no trial has tested."""
ARITHMETIC: Final = "arithmetic"
"""The source of a number that is worked out from others."""
UNSOURCED: Final = frozenset({CONVENTION, ARITHMETIC})

_NUMBER = re.compile(r"(?<![\w.,])−?\d+(?:[.,]\d+)*(?:–\d+(?:[.,]\d+)*)?%?(?!\w)")
_MINUS: Final = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that an answer says in numbers; `seen` is whether somebody read it at the place named."""

    says: str
    source: str
    where: str
    seen: bool


def read_claims(fields: Fields, sources: Collection[str]) -> tuple[Claim, ...]:
    """Read the claims of one answer; their sources are among those of the answer, or a word for none."""
    found = []
    for item in fields.maps("claims"):
        claim = Claim(
            says=item.text("says"),
            source=item.text("source"),
            where=item.text("where"),
            seen=item.flag("seen", default=False),
        )
        if claim.source and claim.source not in {*sources, *UNSOURCED}:
            known = ", ".join(sorted(UNSOURCED))
            item.fault("source", f"'{claim.source}' is not among the sources of the answer, nor one of {known}")
        if "seen" not in item.values:
            item.fault("seen", "'seen' is missing: yes if somebody read it there, else no")
        item.close()
        found.append(claim)
    return tuple(found)


def numbers(text: str) -> Iterator[str]:
    """The numbers and ranges of a text as they are written, such as 9–12%; 5K is a name and none."""
    yield from (found[0] for found in _NUMBER.finditer(text))


def unclaimed(text: str, claims: Collection[Claim]) -> tuple[str, ...]:
    """The numbers of a text that stand in no claim, in the order of the text."""
    claimed = {_plain(number) for claim in claims for number in numbers(claim.says)}
    return tuple(dict.fromkeys(number for number in numbers(text) if _plain(number) not in claimed))


def _plain(number: str) -> str:
    """A number without its sign: a fall of 25% is written both ways."""
    return number.lstrip(_MINUS)

"""Drawings of exercises as curators write them: the two poses of `exercises/<slug>.yaml`.

`content/rendering/pictures/poses.py` says what the numbers of a pose mean.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from content.rendering.pictures.poses import body
from content.schema.problems import Problem
from content.schema.yaml_fields import Fields, read_yaml

Drawing = Mapping[str, Any]

MUSCLES: Final = frozenset({"calves", "thighs", "hamstrings", "glutes"})
HELD: Final = frozenset({"dumbbell", "on the knee"})
_LEG: Final = frozenset({"ball", "pitch", "shin", "thigh", "pointed"})
_POSE: Final = frozenset({"near", "far", "hip", "lean", "head", "hand", "far_hand", "elbow", "arrow", "rope"})


def drawing(path: Path, root: Path, faults: list[Problem]) -> Drawing | None:
    """Read one drawing; None where it cannot be drawn, which is reported."""
    fields = read_yaml(path, root, faults)
    if fields is None:
        return None
    before = len(faults)
    for muscle in (works := fields.texts("works")):
        if muscle not in MUSCLES:
            fields.fault("works", f"unknown muscle '{muscle}'; some of {', '.join(sorted(MUSCLES))}")
    if (held := fields.text("held", required=False)) and held not in HELD:
        fields.fault("held", f"'held' is one of {', '.join(sorted(HELD))}")
    poses = fields.maps("poses", required=True)
    if len(poses) != 2:
        fields.fault("poses", "'poses' are two: how it begins, and how it ends")
    for pose in poses:
        _check(pose)
    props = fields.maps("props")
    for prop in props:
        at = prop.values.get("at")
        if not isinstance(at, list) or len(at) not in (2, 4) or not all(isinstance(each, int | float) for each in at):
            prop.fault("at", "'at' is [x, y] of a roller, or [left, bottom, right, top] of a block")
    fields.close()
    if len(faults) > before:
        return None
    return {"works": list(works), "held": held, "props": [dict(prop.values) for prop in props],
            "poses": [dict(pose.values) for pose in poses]}  # fmt: skip


def _check(pose: Fields) -> None:
    """Report what a pose has too much, and limbs that do not reach."""
    legs = [leg for name in ("near", "far") if isinstance(leg := pose.values.get(name), dict)]
    for key in sorted({*pose.values} - _POSE):
        pose.fault(key, f"unknown field '{key}'")
    for key in sorted({str(key) for leg in legs for key in leg} - _LEG):
        pose.fault("near", f"a leg has no '{key}'; it has {', '.join(sorted(_LEG))}")
    try:
        body(pose.values)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        pose.fault("near", f"cannot be drawn: {error}")

"""Drawings of exercises: how each begins and ends, seen from the side. Plain numbers in, PNG out, like the charts.

A drawing has two `poses` (see `poses.py`), the muscles that `works` shows in another colour, `props`
that stand around both, and for each pose an `arrow` along which somebody moves. Lengths are metres. The figure is pale,
the far limbs dimmer, working muscles orange, arrows green; every part has a rim of the ground, so that it stands out.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import hypot
from typing import Any, Final

from content.rendering.pictures.poses import Arm, Body, Leg, Point, body
from content.rendering.pictures.sheet import (
    FIRST,
    GRID,
    GROUND,
    INK,
    MARGIN,
    SECOND,
    SMALL,
    SOFT,
    TITLE,
    WIDTH,
    Sheet,
    fitted,
)

FAR: Final = "#86a99c"
PROP: Final = "#5b8a7b"
KEPT: Final = 64  # pictures of a kind, the same for everybody, of some 30 kB each
_METRE: Final = 292.0  # pixels at most, so that a person is as tall on every page
_RIM: Final = 0.016
_ROOM: Final = 0.07  # metres around a pose
_BEHIND: Final = (0.05, 0.015)  # how far the far limbs are shifted where both do the same

Figures = Mapping[str, Any]


class _Panel:
    """A place on the sheet, `metre` pixels a metre, where (0, 0) is at `origin`."""

    def __init__(self, sheet: Sheet, origin: Point, metre: float) -> None:
        self.sheet, self._origin, self._metre = sheet, origin, metre

    def at(self, point: Point) -> Point:
        """Return the pixel of a point."""
        return self._origin[0] + point[0] * self._metre, self._origin[1] - point[1] * self._metre

    def bone(self, start: Point, end: Point, wide: float, narrow: float, fill: str, *, rim: bool = True) -> None:
        """A limb: round ends of these radii in metres, and what lies between."""
        for more, colour in ((_RIM, GROUND), (0.0, fill)) if rim else ((0.0, fill),):
            (ax, ay), (bx, by) = self.at(start), self.at(end)
            first, last = (wide + more) * self._metre, (narrow + more) * self._metre
            length = hypot(bx - ax, by - ay) or 1.0
            ox, oy = -(by - ay) / length, (bx - ax) / length
            corners = [
                (ax + ox * first, ay + oy * first),
                (bx + ox * last, by + oy * last),
                (bx - ox * last, by - oy * last),
                (ax - ox * first, ay - oy * first),
            ]
            self.sheet.polygon(corners, colour)
            self.sheet.dot(ax, ay, first, fill=colour)
            self.sheet.dot(bx, by, last, fill=colour)

    def box(self, left: float, bottom: float, right: float, top: float, fill: str) -> None:
        """A block with slightly round corners."""
        (x0, y0), (x1, y1) = self.at((left, top)), self.at((right, bottom))
        self.sheet.box(x0, y0, x1, y1, radius=5, fill=fill)

    def arrow(self, points: Sequence[Point]) -> None:
        """A line through the points with a head at its end."""
        places = [self.at(point) for point in smooth(points)]
        (bx, by), (ax, ay) = places[-1], places[-2]
        length = hypot(bx - ax, by - ay) or 1.0
        size = self._metre / _METRE
        ux, uy = (bx - ax) / length * size, (by - ay) / length * size
        self.sheet.line([*places[:-1], (bx - ux * 20, by - uy * 20)], FIRST, max(round(9 * size), 5))
        self.sheet.polygon([(bx, by), (bx - ux * 30 - uy * 19, by - uy * 30 + ux * 19),
                            (bx - ux * 30 + uy * 19, by - uy * 30 - ux * 19)], FIRST)  # fmt: skip


def exercise(figures: Figures) -> bytes:
    """Draw one exercise: `title`, and its drawing (`poses`, `works`, `props`)."""
    return _exercise(json.dumps(figures))


def strip(figures: Figures) -> bytes:
    """Draw the exercises of a session, two a row: `moves`, each with its `title` and drawing."""
    return _strip(json.dumps(figures))


@lru_cache(maxsize=KEPT)
def _exercise(stored: str) -> bytes:
    figures = json.loads(stored)
    metre, bounds = _fit(figures, (WIDTH - 2 * MARGIN) / 2 - 24, 560)
    top = 176
    sheet = Sheet(round(top + (bounds[3] - bounds[1]) * metre + 50))
    sheet.text(MARGIN, 68, figures["title"], fitted(figures["title"], TITLE, WIDTH - 2 * MARGIN))
    _pair(sheet, figures, (MARGIN, top, WIDTH - 2 * MARGIN), metre, bounds)
    return sheet.png()


@lru_cache(maxsize=KEPT)
def _strip(stored: str) -> bytes:
    moves = json.loads(stored)["moves"]
    wide, gap, name = (WIDTH - 2 * MARGIN - 32) / 2, 32, 64
    fits = [_fit(move, wide / 2 - 12, 300) for move in moves]
    heights = [(bounds[3] - bounds[1]) * metre for metre, bounds in fits]
    rows = [max(heights[first : first + 2]) for first in range(0, len(moves), 2)]
    sheet = Sheet(round(sum(rows) + len(rows) * (name + 36) + 24))
    for number, (move, (metre, bounds), high) in enumerate(zip(moves, fits, heights, strict=True)):
        row, left = number // 2, MARGIN + (number % 2) * (wide + gap)
        top = 24 + sum(rows[:row]) + row * (name + 36)
        sheet.text(left, top + 30, move["title"], fitted(move["title"], SMALL, wide))
        _pair(sheet, move, (left, top + name + rows[row] - high, wide), metre, bounds, small=True)
    return sheet.png()


def _fit(drawing: Figures, wide: float, high: float) -> tuple[float, tuple[float, float, float, float]]:
    """Return pixels a metre, and the bounds of both poses and what stands around them."""
    points: list[Point] = []
    for pose in drawing["poses"]:
        joints = body(pose)
        points += [(joints.head[0] + dx, joints.head[1] + 0.13) for dx in (-0.12, 0.12)]
        points += [joints.near_arm.hand, joints.far_arm.hand, joints.near_arm.elbow, joints.shoulder, joints.near.hip]
        for leg in (joints.near, joints.far):
            points += [leg.knee, leg.heel, leg.toe, (leg.heel[0], -0.0)]
        points += [tuple(point) for name in ("arrow", "rope") for point in pose.get(name, ())]
    for prop in drawing.get("props", ()):
        points += [(prop["at"][0], 0.0), (prop["at"][2], prop["at"][3])] if len(prop["at"]) == 4 else []
    left, right = min(x for x, _ in points) - _ROOM, max(x for x, _ in points) + _ROOM
    bottom, top = min(0.0, *(y for _, y in points)) - 0.03, max(y for _, y in points) + 0.02
    metre = min(_METRE, wide / (right - left), high / (top - bottom))
    return metre, (left, bottom, right, top)


def _pair(sheet: Sheet, drawing: Figures, place: tuple[float, float, float], metre: float,
          bounds: tuple[float, float, float, float], *, small: bool = False) -> None:  # fmt: skip
    left, top, wide = place
    for number, pose in enumerate(drawing["poses"]):
        middle = left + wide * (0.25 + 0.5 * number)
        origin = middle - (bounds[0] + bounds[2]) / 2 * metre, top + bounds[3] * metre
        panel = _Panel(sheet, origin, metre)
        half = wide / 4 - (8 if small else 14)
        sheet.line([(middle - half, origin[1] + 3), (middle + half, origin[1] + 3)], SOFT, 4 if small else 6)
        for prop in drawing.get("props", ()):
            _prop(panel, prop)
        _figure(panel, pose, drawing)
        if "arrow" in pose:
            panel.arrow([tuple(point) for point in pose["arrow"]])
        if not small:
            sheet.dot(middle - half + 26, top - 36, 26, fill=GRID)
            sheet.text(middle - half + 26, top - 36, f"{number + 1}", SMALL, INK, "mm")


def _figure(panel: _Panel, pose: Figures, drawing: Figures) -> None:
    """Draw from back to front: far limbs, head, trunk, near leg, near arm."""
    joints = body(pose)
    works = frozenset(drawing.get("works", ()))
    same_leg, same_arm = "far" not in pose, "far_hand" not in pose
    _arm(panel, joints.far_arm, FAR, shift=same_arm)
    _leg(panel, joints.far, FAR, frozenset(), shift=same_leg)
    panel.bone(joints.shoulder, joints.head, 0.045, 0.04, INK)
    panel.bone(joints.head, joints.head, 0.105, 0.105, INK)
    panel.bone(joints.near.hip, joints.shoulder, 0.088, 0.098, INK)
    _leg(panel, joints.near, INK, works, shift=False)
    if "glutes" in works:
        _glutes(panel, joints.near.hip, joints.shoulder)
    held = drawing.get("held")
    if held:
        _weight(panel, joints, held)
    _arm(panel, joints.near_arm, INK, shift=False)
    if "rope" in pose:
        rope = smooth([joints.near_arm.hand, *(tuple(point) for point in pose["rope"])])
        panel.sheet.line([panel.at(point) for point in rope], FIRST, 7)


def _glutes(panel: _Panel, hip: Point, shoulder: Point) -> None:
    across, up = shoulder[0] - hip[0], shoulder[1] - hip[1]
    length = hypot(across, up)
    back = hip[0] - up / length * 0.036, hip[1] + across / length * 0.036
    panel.bone(back, back, 0.055, 0.055, SECOND, rim=False)


def _leg(panel: _Panel, leg: Leg, colour: str, works: frozenset[str], *, shift: bool) -> None:
    def at(point: Point) -> Point:
        return (point[0] + _BEHIND[0], point[1] + _BEHIND[1]) if shift else point

    panel.bone(at(leg.hip), at(leg.knee), 0.088, 0.06, colour)
    _muscle(panel, leg.hip, leg.knee, works, (("thighs", 0.03), ("hamstrings", -0.032)), (0.2, 0.75), 0.042)
    panel.bone(at(leg.heel), at(leg.ball), 0.036, 0.032, colour)
    panel.bone(at(leg.ball), at(leg.toe), 0.032, 0.026, colour, rim=False)
    panel.bone(at(leg.ankle), at(leg.ball), 0.042, 0.032, colour, rim=False)
    panel.bone(at(leg.ankle), at(leg.heel), 0.042, 0.036, colour, rim=False)
    panel.bone(at(leg.knee), at(leg.ankle), 0.06, 0.04, colour)
    back = _beside(at(leg.knee), at(leg.ankle), 0.3, -0.022)
    low = _beside(at(leg.knee), at(leg.ankle), 0.52, -0.012)
    panel.bone(back, low, 0.055, 0.042, SECOND if "calves" in works else colour, rim=False)


def _muscle(panel: _Panel, start: Point, end: Point, works: frozenset[str], sides: Sequence[tuple[str, float]],
            stretch: tuple[float, float], radius: float) -> None:  # fmt: skip
    for name, side in sides:
        if name in works:
            first, last = (_beside(start, end, part, side) for part in stretch)
            panel.bone(first, last, radius, radius * 0.75, SECOND, rim=False)


def _beside(start: Point, end: Point, part: float, ahead: float) -> Point:
    """Return a point along a bone that points down, moved ahead of it."""
    across, up = end[0] - start[0], end[1] - start[1]
    length = hypot(across, up)
    return start[0] + across * part - up / length * ahead, start[1] + up * part + across / length * ahead


def _arm(panel: _Panel, arm: Arm, colour: str, *, shift: bool) -> None:
    def at(point: Point) -> Point:
        return (point[0] + _BEHIND[0], point[1] + _BEHIND[1]) if shift else point

    panel.bone(at(arm.shoulder), at(arm.elbow), 0.046, 0.036, colour)
    panel.bone(at(arm.elbow), at(arm.hand), 0.036, 0.028, colour)
    panel.bone(at(arm.hand), at(arm.hand), 0.036, 0.036, colour, rim=False)


def _weight(panel: _Panel, joints: Body, held: str) -> None:
    """A dumbbell seen from its end, in the hand or on the knee."""
    knee = joints.near.knee
    place = joints.near_arm.hand if held == "dumbbell" else (knee[0] - 0.07, knee[1] + 0.13)
    panel.bone(place, place, 0.078, 0.078, FIRST)
    panel.bone(place, place, 0.045, 0.045, GROUND, rim=False)


def _prop(panel: _Panel, prop: Figures) -> None:
    """A block (step, wall, chair) by its corners, or a roller by its middle."""
    at = prop["at"]
    if len(at) == 4:
        panel.box(at[0], at[1], at[2], at[3], PROP)
    else:
        panel.bone((at[0], at[1]), (at[0], at[1]), 0.075, 0.075, PROP)
        panel.bone((at[0], at[1]), (at[0], at[1]), 0.03, 0.03, GROUND, rim=False)


def smooth(points: Sequence[Point]) -> list[Point]:
    """Return a curve through the points, a straight line where there are two (Catmull and Rom's spline)."""
    if len(points) < 3:
        return list(points)
    ends = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for part in range(8):
            s = part / 8
            curve.append((_spline(a[0], b[0], c[0], d[0], s), _spline(a[1], b[1], c[1], d[1], s)))
    return [*curve, points[-1]]


def _spline(a: float, b: float, c: float, d: float, s: float) -> float:
    return b + 0.5 * s * (c - a + s * (2 * a - 5 * b + 4 * c - d + s * (3 * (b - c) + d - a)))

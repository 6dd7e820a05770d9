"""Poses of a person seen from the side: a few numbers become the joints of a body, in metres, x ahead and y up.

A pose says where feet, hips and hands are; knees and elbows follow from the lengths of the limbs. A leg stands on
the ball of its foot: `ball` is where, `pitch` how far the heel is up, in degrees. With `shin` and `thigh`, degrees
that they lean ahead from upright, the leg carries the hips; without, it reaches from the hips to its ball.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import acos, atan2, cos, degrees, hypot, radians, sin
from typing import Any, Final

Point = tuple[float, float]

SHIN: Final = 0.43
THIGH: Final = 0.43
TRUNK: Final = 0.5
NECK: Final = 0.18  # from the shoulder to the middle of the head
UPPER_ARM: Final = 0.29
FOREARM: Final = 0.26
_INSTEP: Final = 0.125  # from the ball back to the ankle
_HEEL: Final = 0.19
_ANKLE: Final = 0.075  # its height over the sole
_TOES: Final = 0.07


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg from the hip down."""

    hip: Point
    knee: Point
    ankle: Point
    heel: Point
    ball: Point
    toe: Point


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm from the shoulder down."""

    shoulder: Point
    elbow: Point
    hand: Point


@dataclass(frozen=True, slots=True)
class Body:
    """A body: what is nearer to the eye, what is behind, what is between."""

    near: Leg
    far: Leg
    near_arm: Arm
    far_arm: Arm
    shoulder: Point
    head: Point


def body(pose: Mapping[str, Any]) -> Body:
    """Return the joints of a pose. Raises ValueError where hips are missing or a limb is too short to reach."""
    near, far = pose["near"], pose.get("far") or pose["near"]
    carrying = next((leg for leg in (near, far) if "shin" in leg), None)
    if "hip" in pose:
        hip = _point(pose["hip"])
    elif carrying is not None:
        hip = _carried(carrying)
    else:
        raise ValueError("needs a 'hip', or a leg with 'shin' and 'thigh'")
    lean = float(pose.get("lean", 0))
    shoulder = _from(hip, lean, TRUNK)
    near_hand, far_hand = pose.get("hand"), pose.get("far_hand", pose.get("hand"))
    return Body(
        near=_leg(near, hip),
        far=_leg(far, hip),
        near_arm=_arm(shoulder, near_hand, lean, pose.get("elbow", "back")),
        far_arm=_arm(shoulder, far_hand, lean, pose.get("elbow", "back")),
        shoulder=shoulder,
        head=_from(shoulder, float(pose.get("head", lean * 0.8)), NECK),
    )


def _leg(leg: Mapping[str, Any], hip: Point) -> Leg:
    ball, pitch = _point(leg["ball"]), float(leg.get("pitch", 0))
    ankle, heel = _turned(ball, -_INSTEP, _ANKLE, pitch), _turned(ball, -_HEEL, 0, pitch)
    flat = not leg.get("pointed")
    toe = (ball[0] + _TOES, ball[1]) if flat else _turned(ball, _TOES, 0, pitch)
    knee = _from(ankle, float(leg["shin"]), SHIN) if "shin" in leg else _bent(hip, ankle, THIGH, SHIN, ahead=True)
    return Leg(hip, knee, ankle, heel, ball, toe)


def _carried(leg: Mapping[str, Any]) -> Point:
    ankle = _turned(_point(leg["ball"]), -_INSTEP, _ANKLE, float(leg.get("pitch", 0)))
    return _from(_from(ankle, float(leg["shin"]), SHIN), float(leg["thigh"]), THIGH)


def _arm(shoulder: Point, hand: Any, lean: float, elbow: str) -> Arm:
    if hand is None:  # hanging
        down = _from(shoulder, 180 - lean * 0.1, UPPER_ARM)
        return Arm(shoulder, down, _from(down, 172 - lean * 0.1, FOREARM))
    reached = _point(hand)
    return Arm(shoulder, _bent(shoulder, reached, UPPER_ARM, FOREARM, ahead=elbow == "ahead"), reached)


def _bent(start: Point, end: Point, upper: float, lower: float, *, ahead: bool) -> Point:
    """Return the joint between two bones that reach from start to end, bent ahead or back."""
    across, up = end[0] - start[0], end[1] - start[1]
    length = hypot(across, up)
    if length > (upper + lower) * 1.03:
        raise ValueError(f"{length:.2f} m is too far for a limb of {upper + lower:.2f} m")
    length = min(length, upper + lower - 1e-6)
    corner = degrees(acos((upper**2 + length**2 - lower**2) / (2 * upper * length)))
    towards = degrees(atan2(across, up))
    return _from(start, towards - corner if ahead else towards + corner, upper)


def _turned(ball: Point, across: float, up: float, pitch: float) -> Point:
    """Return a point of the foot when its heel is up by so many degrees, turning about the ball."""
    turn = radians(pitch)
    return ball[0] + across * cos(turn) + up * sin(turn), ball[1] - across * sin(turn) + up * cos(turn)


def _from(start: Point, lean: float, length: float) -> Point:
    """Return the end of a bone that leans ahead from upright by so many degrees."""
    return start[0] + length * sin(radians(lean)), start[1] + length * cos(radians(lean))


def _point(value: Any) -> Point:
    return float(value[0]), float(value[1])

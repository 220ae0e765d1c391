"""The calibration plot: of the answers that are called so likely, how many are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

EDGES = (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0001)
SIDE, MARGIN = 360.0, 60.0  # of the square, and around it: points
FONT = "font-family='sans-serif' font-size='11' fill='#333'"


@dataclass(frozen=True, slots=True)
class Point:
    """Answers of about one chance: the mean chance, the share that is right, how many there are."""

    chance: float
    right: float
    number: int


def points(answers: Iterable[tuple[float, bool]]) -> list[Point]:
    """Answers, each with its chance and whether it is right, by chance.

    >>> points([(0.95, True), (0.97, True), (0.55, False), (0.52, True)])
    [Point(chance=0.535, right=0.5, number=2), Point(chance=0.96, right=1.0, number=2)]
    """
    all_ = list(answers)
    found = []
    for low, high in pairwise(EDGES):
        inside = [(chance, right) for chance, right in all_ if low <= chance < high]
        if inside:
            mean = round(sum(chance for chance, _ in inside) / len(inside), 4)
            found.append(Point(mean, sum(right for _, right in inside) / len(inside), len(inside)))
    return found


def plot(found: Sequence[Point]) -> str:
    """The points beside the line on which they should lie, as SVG; larger circles stand for more answers."""
    side, middle = f"{SIDE + 2 * MARGIN:.0f}", MARGIN + SIDE / 2
    line = " ".join(f"{_x(point.chance)},{_y(point.right)}" for point in found)
    return "\n".join(
        (
            f"<svg xmlns='http://www.w3.org/2000/svg' width='{side}' height='{side}'>",
            "<rect width='100%' height='100%' fill='white'/>",
            f"<rect x='{MARGIN}' y='{MARGIN}' width='{SIDE}' height='{SIDE}' fill='none' stroke='#999'/>",
            f"<line x1='{_x(0)}' y1='{_y(0)}' x2='{_x(1)}' y2='{_y(1)}' stroke='#bbb'/>",
            *(_tick(at / 5) for at in range(6)),
            f"<polyline fill='none' stroke='#1f5fa8' points='{line}'/>",
            *(_circle(point) for point in found),
            f"<text x='{middle}' y='{SIDE + 2 * MARGIN - 16}' {FONT}>chance given</text>",
            f"<text x='16' y='{MARGIN - 16}' {FONT}>share that is right</text>",
            "</svg>\n",
        )
    )


def _circle(point: Point) -> str:
    size = min(3 + point.number**0.5 / 8, 12)
    where = f"cx='{_x(point.chance)}' cy='{_y(point.right)}' r='{size:.1f}'"
    told = f"{point.chance:.3f}: {point.right:.3f} ({point.number})"
    return f"<circle {where} fill='#1f5fa8' fill-opacity='0.6'><title>{told}</title></circle>"


def _tick(at: float) -> str:
    below = f"<text x='{_x(at)}' y='{MARGIN + SIDE + 18}' text-anchor='middle' {FONT}>{at:.1f}</text>"
    return below + f"<text x='{MARGIN - 8}' y='{_y(at) + 4}' text-anchor='end' {FONT}>{at:.1f}</text>"


def _x(share: float) -> float:
    return round(MARGIN + share * SIDE, 1)


def _y(share: float) -> float:
    return round(MARGIN + (1 - share) * SIDE, 1)

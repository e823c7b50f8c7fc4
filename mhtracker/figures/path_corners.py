"""The corners of a path as reportlab keeps them, for whoever draws it."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.graphics.shapes import Path

_GO_TO = 0
"""reportlab's number of a step that draws nothing; the only other that our paths have is a straight line."""


def corners_of(path: Path) -> Iterator[tuple[bool, float, float]]:
    """Each corner in turn: whether a line leads to it from the one before, and where it is."""
    for step, x, y in zip(path.operators, path.points[::2], path.points[1::2], strict=True):
        yield int(step) != _GO_TO, x, y

"""How long people stay in each stage, as boxes on an axis where each step is some times as long as the one before."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mhtracker import text
from mhtracker.domain.records import Stage
from mhtracker.figures.palette import PAPER, Palette
from mhtracker.figures.picture import Ink, Mark, Picture

KIND = "stage"
TICKS = ((7, "1 wk"), (30, "1 m"), (91, "3 m"), (365, "1 y"), (1096, "3 y"), (3653, "10 y"))
_ROW, _BOX = 3.0, 1.15
"""In heights of the text."""


@dataclass(frozen=True, slots=True)
class Box:
    """One stage: (1 in 20, quarter, half, three quarters, 19 in 20) in days, None where it is not known yet."""

    stage: Stage
    days: Sequence[int | None]
    people: int

    @property
    def flag(self) -> int | None:
        """The longest usual stay, after which somebody is long there."""
        return self.stage.limit_days


def draw_boxes(boxes: Sequence[Box], palette: Palette = PAPER, *, width: float, text_size: float = 8.25) -> Picture:
    """A row for each stage; its mark is the stage's id. As high as it has rows."""
    height = text_size * (_ROW * len(boxes) + 2.4)
    ink = Ink(palette, width, height, text_size)
    left, right = text_size * 2.6, width - text_size * 1.4
    known = [day for box in boxes for day in (*box.days, box.flag) if day]
    first = math.log(min([7, *known]))
    last = math.log(max([3653, *known]))
    # Beyond the longest that is known stands what goes on further.
    beyond = text_size * 1.6 if any(box.days[1] is not None and box.days[-1] is None for box in boxes) else 0

    def x(days: float) -> float:
        return left + (right - beyond - left) * (math.log(max(days, 1)) - first) / max(last - first, 0.1)

    for day, words in TICKS:
        ink.line((x(day), text_size * 1.7, x(day), height), stroke=palette.line)
        ink.label([(x(day), "middle"), (x(day), "end"), (x(day), "start")], text_size * 0.4, words, fill=palette.text3)
    marks = []
    for place, box in enumerate(boxes):
        y = height - text_size * (_ROW * place + 1.3)
        _draw_row(ink, box, y, x, right)
        marks.append(Mark(0, y - text_size * 1.9, width, text_size * _ROW, _words(box), KIND, box.stage.id))
    return Picture(ink.drawing, tuple(marks), " ".join(_words(box) for box in boxes))


def _draw_row(ink: Ink, box: Box, y: float, x: Callable[[float], float], right: float) -> None:
    size, palette = ink.size, ink.palette
    colours = palette.stage(box.stage)
    side = size * 1.4
    ink.rect(0.5, y - side / 2, side, side, fill=colours.fill, edge=colours.edge)
    ink.text(0.5 + side / 2, y - size * 0.34, box.stage.letter, fill=colours.letter, bold=True, anchor="middle")
    low, quarter, half, most, high = box.days
    if quarter is None:
        words = "Too few have left to say"
        ink.label([(size * 2.6, "start")], y - size * 0.34, words, fill=palette.text3, ground=palette.surface)
        return
    tall = size * _BOX
    # What is not known yet goes on to the edge, and points beyond it.
    tip, half_tall = min(size * 0.7, (right - x(quarter)) / 2), tall / 2
    end = x(high) if high is not None else right
    ink.line((x(low or quarter), y, end, y), stroke=palette.text3, width=ink.hairline * 1.4)
    if most is not None:
        ink.rect(x(quarter), y - half_tall, max(x(most) - x(quarter), 2), tall, fill=colours.fill, edge=colours.edge)
        if high is None:
            ink.polygon([right, y, right - tip / 2, y + tip / 3, right - tip / 2, y - tip / 3], fill=palette.text3)
    else:
        left, neck = x(quarter), right - tip
        top, foot = y + half_tall, y - half_tall
        ink.polygon([left, foot, neck, foot, right, y, neck, top, left, top], fill=colours.fill, edge=colours.edge)
    if half is not None:
        ink.line((x(half), y - tall * 0.62, x(half), y + tall * 0.62), stroke=palette.surface, width=ink.hairline * 4)
        ink.line((x(half), y - tall * 0.62, x(half), y + tall * 0.62), stroke=palette.text, width=ink.hairline * 2)
        places = [(x(half), "middle"), (x(half), "end"), (x(half), "start")]
        words = text.format_duration(half)
        ink.label(places, y - size * 1.62, words, fill=palette.text, bold=True, ground=palette.surface)
    if box.flag:
        at, up = x(box.flag), y + size * 0.72
        points = [at - size * 0.36, up + size * 0.5, at + size * 0.36, up + size * 0.5, at, up]
        ink.polygon(points, fill=palette.warn, edge=palette.surface)


def _words(box: Box) -> str:
    low, quarter, half, most, high = box.days
    words = f"{box.stage.label}, {text.count(box.people, 'stay')}: "
    if quarter is None:
        return words + "too few have left to say how long."
    told = [f"half had left after {text.format_duration(half)}"] if half is not None else []
    if most is not None:
        told.append(f"the middle half after {text.format_duration(quarter)} to {text.format_duration(most)}")
    else:
        told.append(f"a quarter after {text.format_duration(quarter)}")
    if low is not None and high is not None:
        told.append(f"nine in ten after {text.format_duration(low)} to {text.format_duration(high)}")
    if box.flag:
        told.append(f"longest usual stay {text.format_duration(box.flag)}")
    return f"{words}{', '.join(told)}."

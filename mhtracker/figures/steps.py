"""Steps that rise with independence: the program's mark, the cover of a pack, and how many people stand on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mhtracker import text
from mhtracker.domain.records import Stage
from mhtracker.figures.palette import PAPER, Palette
from mhtracker.figures.picture import Ink, Mark, Picture
from mhtracker.figures.stage_heights import KNOWN, stage_heights


def draw_steps(stages: Sequence[Stage], palette: Palette = PAPER, *, width: float, height: float) -> Picture:
    """One step for each of the usual five stages (of all, where a council has none of them), with its letter."""
    shown = [stage for stage in _ordered(stages) if stage.id in KNOWN] or _ordered(stages)
    ink = Ink(palette, width, height, text_size=max(6.0, height * 0.07))
    heights = _rising(shown, lowest=0.235)
    space = width * 0.018
    wide = (width - space * max(0, len(shown) - 1)) / max(1, len(shown))
    for place, stage in enumerate(shown):
        colours, x = palette.stage(stage), place * (wide + space)
        ink.rect(x, 0, wide, heights[stage.id] * height, fill=colours.fill, edge=colours.edge)
        ink.text(x + wide / 2, ink.size * 0.75, stage.letter[:2], fill=colours.letter, bold=True, anchor="middle")
    return Picture(ink.drawing, (), "Steps from " + text.join_words([stage.label for stage in shown], "to"))


def draw_people_steps(
    counts: Mapping[str, int],
    stages: Sequence[Stage],
    palette: Palette = PAPER,
    *,
    width: float,
    height: float,
    text_size: float = 8.25,
) -> Picture:
    """How many people are in each stage: width says how many, height how independent. Empty stages are left out."""
    shown = [stage for stage in _ordered(stages) if counts.get(stage.id)]
    ink = Ink(palette, width, height, text_size)
    heights, total = stage_heights(stages), sum(counts[stage.id] for stage in shown)
    space = ink.hairline * 1.5
    room = width - space * max(0, len(shown) - 1)
    marks: list[Mark] = []
    x = 0.0
    for stage in shown:
        colours, number = palette.stage(stage), counts[stage.id]
        wide, tall = room * number / total, heights[stage.id] * height
        ink.rect(x, 0, wide, tall, fill=colours.fill, edge=colours.edge)
        letter, figure = stage.letter[:2], text.format_number(number)
        if wide > ink.width_of(letter, bold=True) + ink.size * 0.3:
            ink.text(x + wide / 2, tall / 2 + ink.size * 0.1, letter, fill=colours.letter, bold=True, anchor="middle")
        if wide > ink.width_of(figure) + ink.size * 0.2:
            ink.text(x + wide / 2, tall / 2 - ink.size * 1.1, figure, fill=colours.letter, anchor="middle")
        words = f"{stage.label}: {text.count(number, 'person', 'people')}"
        marks.append(Mark(x, 0, wide, tall, words, "stage", stage.id))
        x += wide + space
    said = ", ".join(mark.words for mark in marks)
    return Picture(ink.drawing, tuple(marks), said or "Nobody is in a stage")


def _ordered(stages: Sequence[Stage]) -> list[Stage]:
    return sorted(stages, key=lambda stage: (stage.level, stage.id))


def _rising(stages: Sequence[Stage], *, lowest: float) -> dict[str, float]:
    """Even steps from the lowest to the full height: a mark, not a measure."""
    gaps = max(1, len(stages) - 1)
    return {stage.id: lowest + (1 - lowest) * place / gaps for place, stage in enumerate(stages)}

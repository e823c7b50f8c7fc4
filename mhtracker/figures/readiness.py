"""Readiness by domain: three blocks each, filled as far as the rating goes, on two days side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from mhtracker import text
from mhtracker.domain.move_on_rules import HIGHEST, RATING_WORDS
from mhtracker.domain.records import Rating
from mhtracker.figures.palette import PAPER, Palette
from mhtracker.figures.picture import Ink, Mark, Picture

LINE = 1.95
"""The height of a row, in sizes of text."""


def ratings_on(ratings: Sequence[Rating], day: date) -> dict[str, Rating]:
    """The rating that held in each domain on a day."""
    held = sorted((rating for rating in ratings if rating.rated_on <= day), key=lambda r: (r.rated_on, r.id))
    return {rating.domain: rating for rating in held}


def rating_days(ratings: Sequence[Rating]) -> list[date]:
    """The days on which anything was rated, newest first."""
    return sorted({rating.rated_on for rating in ratings}, reverse=True)


def total_words(held: Mapping[str, Rating]) -> str:
    """`29 of 39`: the sum of what was rated, out of what it could be."""
    return f"{sum(rating.rating for rating in held.values())} of {HIGHEST * len(held)}"


def draw_readiness(
    domains: Sequence[tuple[str, str]],
    first: Mapping[str, Rating],
    second: Mapping[str, Rating],
    palette: Palette = PAPER,
    *,
    width: float,
    text_size: float = 8.25,
    headings: tuple[str, str] = ("Before", "Now"),
    plain: bool = False,
) -> Picture:
    """Bars for two days side by side. `domains` are (key, words); `plain` draws in the text's own colour, for paper.

    A domain not rated on a day has empty dashed blocks; the word beside each bar says the rating.
    """
    size = text_size
    height = size * LINE * (len(domains) + 1)
    ink = Ink(palette, width, height, size)
    label_room = min(max((ink.width_of(words) for _, words in domains), default=0) + size, width * 0.4)
    room = (width - label_room) / 2
    row = height - size * 1.1
    for place, heading in enumerate(headings):
        said = ink.shortened(heading, room - size)
        ink.text(label_room + place * room, row, said, fill=palette.text2, bold=True)
    fill = palette.text if plain else palette.info
    marks: list[Mark] = []
    for key, words in domains:
        row -= size * LINE
        ink.text(0, row, ink.shortened(words, label_room - size * 0.6), fill=palette.text)
        for place, held in enumerate((first, second)):
            _draw_bar(ink, label_room + place * room, row, room, held.get(key), fill)
        said = f"{words}: {headings[0]} {_said(first.get(key))}, {headings[1]} {_said(second.get(key))}"
        marks.append(Mark(0, row - size * 0.45, width, size * 1.5, said, "rating", ""))
    ink.line((0, height - size * 1.55, width, height - size * 1.55), stroke=palette.line2)
    return Picture(ink.drawing, tuple(marks), ". ".join(mark.words for mark in marks) or "No domain is rated")


def _draw_bar(ink: Ink, x: float, row: float, room: float, rating: Rating | None, fill: str) -> None:
    size = ink.size
    wide, tall, space = min(size * 1.9, room / 5), size * 0.62, size * 0.22
    for number in range(HIGHEST):
        left = x + number * (wide + space)
        full = rating is not None and number < rating.rating
        edge = fill if rating is not None else ink.palette.none
        ink.rect(left, row, wide, tall, fill=fill if full else None, edge=edge)
    start = x + HIGHEST * (wide + space) + size * 0.5
    words = f"{rating.rating} {RATING_WORDS[rating.rating]}" if rating is not None else "not rated"
    said = ink.shortened(words, x + room - start - size * 0.3)
    ink.text(start, row, said, fill=ink.palette.text2 if rating is not None else ink.palette.text3)


def _said(rating: Rating | None) -> str:
    if rating is None:
        return "not rated"
    return f"{rating.rating} {RATING_WORDS[rating.rating]} on {text.format_date(rating.rated_on)}"

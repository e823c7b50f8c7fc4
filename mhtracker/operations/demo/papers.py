"""The papers attached in the demo register: small PDFs and pictures, made in memory and always the same."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from mhtracker.domain.records import Document, Record


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper by its name; `lines` are what a PDF says, `colours` what a picture shows, from top to bottom."""

    name: str
    about: str
    lines: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        return "application/pdf" if self.lines else "image/png"

    def content(self) -> bytes:
        return _pdf(self.lines) if self.lines else _picture(self.colours)

    def sha256(self) -> str:
        return hashlib.sha256(self.content()).hexdigest()


PAPERS = (
    Paper(
        "Tenancy agreement.pdf", "tenancy",
        ("Northmoor Homes", "Assured tenancy agreement", "One bedroom, second floor, Canal View.",
         "The rent is due each Monday. All that stands here is invented."),
    ),
    Paper(
        "Care and support plan.pdf", "care_plan",
        ("Northmoor Council", "Care and support plan", "What matters to me: a quiet room and my own front door.",
         "What works: the same keyworker each week.", "All that stands here is invented."),
    ),
    Paper(
        "Occupational therapy report.pdf", "assessment",
        ("Northmoor Partnership Trust", "Kitchen assessment", "Cooks two meals safely without a prompt.",
         "Next: shopping with a list. All that stands here is invented."),
    ),
    Paper(
        "Letter from the panel.pdf", "letter",
        ("Northmoor Council", "Funding panel", "The panel agreed the move, to be looked at again after 12 weeks.",
         "All that stands here is invented."),
    ),
    Paper("The new room.png", "photo", (), ("#dfe7ee", "#dfe7ee", "#c9b79c", "#7d5a3c")),
    Paper("The allotment.png", "photo", (), ("#9cc3e6", "#cfe3f2", "#7aa76a", "#5b4630")),
)  # fmt: skip


def contents_of(records: Iterable[Record]) -> list[bytes]:
    """What those papers hold that some documents name, each once."""
    named = {record.sha256 for record in records if isinstance(record, Document)}
    return [paper.content() for paper in PAPERS if paper.sha256() in named]


@cache
def _pdf(lines: tuple[str, ...]) -> bytes:
    """A page with a heading and a few lines. Set in a font that every reader has, so that none is embedded."""
    from reportlab.lib.pagesizes import A5
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A5, invariant=1)
    canvas.setTitle(lines[1])
    top = A5[1] - 60
    for place, words in enumerate(lines):
        canvas.setFont("Helvetica-Bold" if place == 1 else "Helvetica", 15 if place == 1 else 10)
        canvas.drawString(42, top - 26 * place, words)
    canvas.save()
    return made.getvalue()


@cache
def _picture(colours: tuple[str, ...]) -> bytes:
    """Bands of colour with a window or a sun: enough to be seen as a picture."""
    from PIL import Image, ImageDraw

    wide, high = 320, 240
    picture = Image.new("RGB", (wide, high))
    draw = ImageDraw.Draw(picture)
    band = high // len(colours)
    for place, colour in enumerate(colours):
        draw.rectangle((0, place * band, wide, high), fill=colour)
    draw.rectangle((206, 34, 276, 112), fill="#f6f1d8", outline="#5f5a4a", width=3)
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=False)
    return made.getvalue()

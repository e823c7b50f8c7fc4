"""Lines of a figure are the same on paper as on screen."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

from mhtracker.figures.palette import PAPER
from mhtracker.figures.picture import Ink
from mhtracker.figures.svg import to_svg
from mhtracker.reports.paper.pdf_file import PdfFile

CORNERS = [(0.0, 0.0, 10.0, 0.0), (10.0, 0.0, 10.0, 5.0), (10.0, 5.0, 20.0, 5.0), (30.0, 0.0, 40.0, 0.0)]
"""Three lines that go on from one another, and one apart."""


def drawn(dash=()):
    ink = Ink(PAPER, 100, 50, 10)
    ink.path(CORNERS, stroke=PAPER.text, dash=dash)
    sheet = PdfFile(io.BytesIO(), title="", author="", printed_at=datetime(2026, 7, 14, tzinfo=UTC)).sheet()
    sheet.picture(ink.drawing, 0, 0)
    return sheet.code().decode(), to_svg(ink.drawing).decode()


def test_a_line_that_goes_on_from_corner_to_corner_does_so_on_paper_too():
    paper, screen = drawn()
    assert re.findall(r" ([ml])\b", paper) == ["m", "l", "l", "l", "m", "l"]
    assert re.findall(r"[ML](?=[\d.])", screen) == ["M", "L", "L", "L", "M", "L"]
    assert "] 0 d" not in paper


def test_dashes_are_dashes_on_paper_too_and_end_with_their_line():
    paper, screen = drawn(dash=(4, 2))
    assert paper.index("[4 2] 0 d") < paper.index(" m") < paper.rindex("[] 0 d")
    assert 'stroke-dasharray="4 2"' in screen

"""The bars of "as is → to be": no words stand where the register's mark is drawn."""

from __future__ import annotations

import pytest
from reportlab.graphics.shapes import Line, String
from reportlab.pdfbase.pdfmetrics import stringWidth

from mhtracker.figures.cost_tables import TableLine, draw_table


@pytest.mark.parametrize("now", [0, 900_000, 1_000_000, 1_020_000, 1_100_000, 1_250_000, 2_000_000])
@pytest.mark.parametrize("width", [420.0, 900.0])
def test_the_mark_of_what_the_register_says_stands_on_no_words(now, width):
    picture = draw_table([TableLine("Supported living", 1_000_000, 1_200_000, now)], width=width)
    shapes = picture.drawing.contents
    (mark,) = [each for each in shapes if isinstance(each, Line) and each.y1 > 0]
    words = [each for each in shapes if isinstance(each, String) and each.text.startswith(("as is", "to be"))]
    assert len(words) == 2
    for each in words:
        end = each.x + stringWidth(each.text, each.fontName, each.fontSize)
        assert not each.x <= mark.x1 <= end, each.text
        assert end <= picture.width

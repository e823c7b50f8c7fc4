"""Tiny strips: every row on one axis, higher is more independent, nothing drawn that has not happened."""

from datetime import date

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from mhtracker.ui.widgets.tiny_strip import HEIGHT, WIDTH, StripAxis, StripFacts, paint_tiny_strip

TODAY = date(2026, 7, 14)
AXIS = StripAxis(date(2016, 7, 14), date(2028, 7, 14), TODAY)
STILL = None


@pytest.fixture
def draw(theme):
    def draw(*spans, target=None):
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        paint_tiny_strip(painter, QRectF(0, 0, WIDTH, HEIGHT), theme, AXIS, StripFacts(spans, target))
        painter.end()
        return image

    return draw


def column(image, day):
    x = round(AXIS.at(day, 0, WIDTH))
    return [image.pixelColor(x, y).name().upper() for y in range(HEIGHT)]


def test_bars_stand_where_their_dates_are(draw, theme):
    image = draw(("residential", date(2018, 1, 1), date(2022, 1, 1)), ("supported", date(2022, 1, 1), STILL))
    residential, supported = (
        theme.stage("residential").fill.name().upper(),
        theme.stage("supported").fill.name().upper(),
    )
    assert residential in column(image, date(2020, 1, 1))
    assert supported in column(image, date(2024, 1, 1))
    assert residential not in column(image, date(2017, 1, 1))


def test_a_more_independent_stage_stands_higher(draw, theme):
    image = draw(("residential", date(2018, 1, 1), date(2022, 1, 1)), ("independent", date(2022, 1, 1), STILL))
    low = column(image, date(2020, 1, 1)).count(theme.stage("residential").fill.name().upper())
    high = column(image, date(2024, 1, 1)).count(theme.stage("independent").fill.name().upper())
    assert high > low * 1.5


def test_a_stay_that_goes_on_ends_at_today_not_later(draw, theme):
    image = draw(("residential", date(2018, 1, 1), STILL))
    assert theme.stage("residential").fill.name().upper() not in column(image, date(2027, 6, 1))
    assert theme.color("today").name().upper() in column(image, TODAY)


def test_a_stay_that_began_before_the_axis_says_so(draw):
    began_on_it = draw(("residential", AXIS.start, STILL))
    began_before = draw(("residential", date(2004, 1, 1), STILL))
    assert began_on_it != began_before


def test_what_ended_before_the_axis_or_begins_after_it_is_left_out(draw):
    assert draw(("residential", date(2001, 1, 1), date(2004, 1, 1)), ("supported", date(2030, 1, 1), STILL)) == draw()


def test_a_target_has_its_flag(draw, theme):
    image = draw(("residential", date(2018, 1, 1), STILL), target=date(2027, 7, 14))
    assert column(image, date(2027, 7, 14)).count(theme.color("text").name().upper()) > HEIGHT // 2


def test_the_years_of_the_axis_are_every_other_one(draw):
    assert [year.year for year in AXIS.years()] == [2018, 2020, 2022, 2024, 2026, 2028]

"""A form opened while the window looks at another day says which date what it records will bear."""

from __future__ import annotations

from datetime import date

from mhtracker.ui.widgets.banner import Banner
from tests.ui.conftest import DAY


def said(form):
    return [banner.accessibleName() for banner in form.findChildren(Banner)]


def test_as_at_another_day_a_form_says_that_today_is_recorded(window, open_form, settled):
    assert "You are looking at 3 May 2026." not in said(open_form("barrier"))
    window.looking.look_at(date(2026, 5, 3), None)
    settled(window)
    form = open_form("barrier")
    assert said(form).count("You are looking at 3 May 2026.") == 1
    assert form.form.editors["started_on"].value() in (None, DAY)
    form.start_afresh()
    settled(window)
    assert said(form).count("You are looking at 3 May 2026.") == 1

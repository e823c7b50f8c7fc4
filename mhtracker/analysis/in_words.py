"""How things stand, in a sentence and in a few large figures: the same on screen and on paper."""

from __future__ import annotations

from collections.abc import Sized

from mhtracker import text
from mhtracker.analysis.progress import Progress
from mhtracker.domain.counting.spells import Exit


def told(found: Progress) -> str:
    """The first sentence of the page and of the monthly report."""
    programme = found.programme
    onward, since = found.flow.count(Exit.ONWARD), text.format_date(found.from_on)
    if programme is None:
        return f"{text.count(onward, 'move')} onward since {since}. No programme is set up, so there is no target yet."
    moved, behind = len(programme.now.moved), programme.behind
    course = (
        "as planned by now" if behind == 0 else f"{abs(behind)} {'fewer' if behind > 0 else 'more'} than planned by now"
    )
    until = text.format_date(programme.programme.aim_on)
    words = f"{moved} of {programme.cohort} people have moved on, {course}."
    if found.team_id is not None:
        # The figures beside it are the team's; the programme is not (see `Progress`).
        words = f"{text.count(onward, 'move')} onward in this team since {since}. In the programme {words}"
    if programme.forecast is not None:
        last = programme.forecast.last
        words += f" Likely {last.low:.0f} to {last.high:.0f} will have moved by {until}; the aim is {programme.aim}."
    else:
        words += f" The aim is {programme.aim} by {until}."
    return words


def head_figures(found: Progress) -> list[tuple[str, str, str]]:
    """(figure, what it is, what lies behind it), for the head of a report."""
    reviews, share = found.reviews, found.reviews.in_date_share
    unexplained = sum(1 for each in found.stuck if not each.barrier)
    in_date = "–" if share.percent is None else f"{share.percent:.0f}%"
    onward, delayed = found.flow.count(Exit.ONWARD), len(found.delayed_people)
    planned, of = found.flow.planned_share
    return [
        (text.format_number(onward), "moves onward", f"{planned} of {of} planned; {found.flow.count(Exit.BACK)} back"),
        (in_date, "main reviews in date", f"{_number(reviews.overdue)} overdue, {_number(reviews.never)} never"),
        (
            text.format_number(found.delayed_days),
            "delayed days",
            text.count(delayed, "person", "people"),
        ),
        (_number(found.stuck), "people stuck", f"{text.format_number(unexplained)} without a reason"),
        (
            text.format_pence(found.money.saving, whole=True),
            "net saving",
            text.count(len(found.money.saved), "move onward", "moves onward"),
        ),
    ]


def _number(people: Sized) -> str:
    return text.format_number(len(people))

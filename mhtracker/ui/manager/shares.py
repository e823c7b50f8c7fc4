"""The six figures at the top of Progress: what each says, how it stands, and who is behind it."""

from __future__ import annotations

from mhtracker import text
from mhtracker.analysis.programme import ProgrammeProgress
from mhtracker.analysis.progress import Figures as First
from mhtracker.analysis.progress import Progress
from mhtracker.analysis.returned import EVER
from mhtracker.analysis.savings import MEANING as SAVING
from mhtracker.analysis.share import Share
from mhtracker.domain.counting.programmes import course_words
from mhtracker.domain.counting.stuck import MEANING
from mhtracker.ui.manager.reading import Figures
from mhtracker.ui.manager.telling import moves_back_words

NUMBERS: tuple[tuple[str, str], ...] = (
    ("moved", "Moved on and stayed on"),
    ("forecast", "Forecast"),
    ("returns", EVER),
    ("reviews", "Reviews in date"),
    ("delays", "Delayed days"),
    ("saving", "Net saving"),
)

AT_ONCE = frozenset(("returns", "reviews", "delays"))
"""Those that are there with the first figures; the others come with money and the programme."""

Number = tuple[str, str, str, str]
"""The number, what it is of, the shape and the words of how it stands."""

_NONE = "none"


def number_of(key: str, data: Figures) -> Number | None:
    """What one of the figures shows; None while that is being counted."""
    if key in AT_ONCE:
        return _FIRST[key](data.first)
    return _LATER[key](data.progress) if data.progress is not None else None


def _moved(found: Progress) -> Number:
    if found.programme is None:
        return "–", "no programme", _NONE, ""
    moved, planned = len(found.programme.now.moved), found.programme.planned
    words = course_words(moved, planned).capitalize()
    return str(moved), f"of {found.programme.cohort}", "slipped" if moved < planned else "in_date", words


def _forecast(found: Progress) -> Number:
    programme = found.programme
    if programme is None:
        return "–", "", _NONE, ""
    if programme.forecast is None:
        # Nothing is foretold on the aim's day and after it, however many moved.
        if found.to_on >= programme.programme.aim_on:
            return "–", f"by {text.format_date(programme.programme.aim_on)}", _NONE, "That day has come"
        return "–", "", _NONE, "Too few moves to say"
    last = programme.forecast.last
    short = last.middle < programme.aim
    standing = ("slipped", f"Short of {programme.aim}") if short else ("in_date", f"Reaches {programme.aim}")
    return f"{last.middle:.0f}", f"likely {last.low:.0f} to {last.high:.0f}", *standing


def _returns(found: First) -> Number:
    back, watched = found.returns
    few = watched < 10
    words = "Too few for a rate" if few else f"{round(100 * back / watched)}% came back"
    return str(back), f"of {'all ' if watched != 1 else ''}{text.count(watched, 'move')}", _NONE, words


def _reviews(found: First) -> Number:
    reviews, share = found.reviews, found.reviews.in_date_share
    percent = "–" if share.percent is None else f"{share.percent:.0f}%"
    overdue = len(reviews.overdue)
    words = f"{overdue} overdue, {len(reviews.never)} never" if overdue else "None overdue"
    return percent, f"{share.numerator} of {share.denominator}", "overdue" if overdue else "in_date", words


def _delays(found: First) -> Number:
    people = text.count(len(found.delays.people), "person", "people")
    stuck = text.count(len(found.stuck), "person", "people")
    return text.format_number(found.delays.days), people, "stuck" if found.stuck else "in_date", f"{stuck} stuck now"


def _saving(found: Progress) -> Number:
    money = found.money
    a_week = sum(each.a_week for each in money.saved)
    words = f"{text.format_pence(a_week, whole=True)} a week" if money.saved else ""
    return (
        text.format_pence(money.saving, whole=True),
        text.count(len(money.saved), "move onward", "moves onward"),
        "in_date" if a_week > 0 else _NONE,
        words,
    )


_FIRST = {"returns": _returns, "reviews": _reviews, "delays": _delays}
_LATER = {"moved": _moved, "forecast": _forecast, "saving": _saving}


def share_of(key: str, data: Figures) -> Share | None:
    """Who is behind a figure; None where nothing can be told of it, or not yet."""
    found = data.first
    programme = data.progress.programme if data.progress is not None else None
    if key in ("moved", "forecast"):
        return _share_of_programme(key, programme) if programme is not None else None
    if key == "returns":
        return Share(
            EVER,
            "Of all moves onward watched for a year, whenever they were and not only those of the period: the person "
            "went back to a lower stage or to hospital within a year. A person may have moved more than once.",
            "Placements", data.returned.back, data.returned.of,
        )  # fmt: skip
    if key == "reviews":
        return found.reviews.in_date_share
    if key == "delays":
        return Share(
            "Delayed days",
            f"{text.count(found.delays.days, 'day')} of {text.count(len(found.delays.people), 'person', 'people')}. "
            "Days in the period on which at least one reason held a move up; no day of a person is counted twice.",
            "Barriers", found.delays.people, found.delays.people, period=(data.from_on, data.as_at), barriers={},
        )  # fmt: skip
    if key == "stuck":
        people = tuple(each.person_id for each in found.stuck)
        return Share(
            "Stuck",
            MEANING,
            "Placements", people, people,
        )  # fmt: skip
    if key == "saving" and data.progress is not None:
        money = data.progress.money
        counted = tuple(each.person_id for each in money.saved)
        return Share(
            "Net saving",
            f"Of moves onward in the period. {SAVING} Net is gross less what the person and the NHS pay. A move that "
            f"costs more is taken off. What was paid once around a move is not part of it. {moves_back_words(money)}",
            "Placements and their costs", counted, counted,
            {"Cost before or after not recorded": money.not_counted} if money.not_counted else {},
            (data.from_on, data.as_at),
        )  # fmt: skip
    return None


def _share_of_programme(key: str, programme: ProgrammeProgress) -> Share:
    """Those moved on so far, of those who still can be; of the forecast, whom it is made from."""
    now, forecast = programme.now, programme.forecast
    gone = text.count(len(now.gone), "person", "people")
    cohort = f"The baseline of {programme.programme.name} is of {text.count(programme.cohort, 'person', 'people')}"
    if now.gone:
        cohort += f"; {gone} of them died or left"
    if key == "forecast" and forecast is not None:
        name, last = "Forecast", forecast.last
        words = f"By {text.format_date(programme.programme.aim_on)} about {last.middle:.0f} of {programme.cohort} will "
        words += f"have moved on, likely {last.low:.0f} to {last.high:.0f}; the aim is {programme.aim}. {cohort}. "
        words += f"Counted: those who have moved on by {text.format_date(now.day)}. {forecast.words()}"
    elif key == "forecast":
        why = "Too few have moved on to say where it leads."
        if now.day >= programme.programme.aim_on:
            aim_on = text.format_date(programme.programme.aim_on)
            why = f"The aim’s day, {aim_on}, has come, so there is nothing left to forecast."
        name, words = "Forecast", f"{why} {cohort}."
    else:
        name = "Moved on and stayed on"
        words = f"{cohort}. Counted: on {text.format_date(now.day)} in a higher stage than at the baseline."
        if programme.old_pace is not None:
            words += f" {programme.old_pace.words(programme.programme, programme.cohort)}"
    left_out = {"Died or left": now.gone} if now.gone else {}
    source = "The programme’s people and their placements"
    return Share(name, words, source, now.moved, now.moved + now.waiting, left_out, whole=True)

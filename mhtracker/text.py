"""All formatting for people, in one place: dates, names, numbers, money, and the words of due states.

Nothing here decides anything; states come from `domain.reviewing.due`. The last part makes text from data safe to
hand to a paragraph of a PDF, a Qt label or a spreadsheet.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from xml.sax.saxutils import escape

from mhtracker.domain.dates import MONTHS, WEEKDAYS, age_on, months_between, write_date
from mhtracker.domain.forecast import BARRIERS, PLANS, MoveForecast
from mhtracker.domain.records import DatePrecision, DueState, Person
from mhtracker.domain.reviewing.due import Due, ReviewNeed
from mhtracker.domain.summary import MoveOn

NOT_RECORDED = "Not recorded"
MINUS = "\u2212"

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FORMULA_STARTS = frozenset("=+-@\t\r")


def format_date(day: date | None, *, weekday: bool = False, year: bool = True) -> str:
    """`14 Jul 2026`, `Tue 14 Jul 2026`, `Tue 14 Jul`; "" for None."""
    if day is None:
        return ""
    words = write_date(day) if year else write_date(day).rpartition(" ")[0]
    return f"{WEEKDAYS[day.weekday()][:3]} {words}" if weekday else words


def format_day(day: date | None, as_at: date, *, weekday: bool = False) -> str:
    """A day near another: the year only when it differs. `21 Jul`, `Wed 22 Jul`, `4 Jan 2027`."""
    return format_date(day, weekday=weekday, year=day is not None and day.year != as_at.year)


def format_month(day: date) -> str:
    """`Jul 2026`."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def format_period(first: date, last: date | None) -> str:
    """`12 Feb 2018 to 19 Mar 2024`, or `since 12 Feb 2018` while it lasts."""
    return f"since {format_date(first)}" if last is None else f"{format_date(first)} to {format_date(last)}"


def format_when(at: datetime, today: date) -> str:
    """A time in the reader's own zone, with as much of its date as it needs: `10:41`, `Fri 10 Jul 17:20`."""
    if at.date() == today:
        return f"{at:%H:%M}"
    return f"{format_day(at.date(), today, weekday=at.year == today.year)} {at:%H:%M}"


def format_born(person: Person, as_at: date) -> str:
    """`23 Mar 1981 (45 y)`, `Feb 1981 (about 45 y)`, `about 1968`, or `Not known`. With death, the age then."""
    if person.born_on is None:
        return "Not known"
    until = as_at if person.died_on is None else min(as_at, person.died_on)
    age = age_on(person.born_on, until)
    if person.born_precision == DatePrecision.DAY:
        return f"{format_date(person.born_on)} ({age} y)"
    if person.born_precision == DatePrecision.MONTH:
        return f"{format_month(person.born_on)} (about {age} y)"
    return f"{person.born_on.year} (about {age} y)"


def format_nhs(number: str | None) -> str:
    """`999 998 1801`; "" for None. What is not ten characters is given back as it stands."""
    if number is None or len(number) != 10:
        return number or ""
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def upper_name(surname: str) -> str:
    """A surname in capitals. Georgian has none that fonts can show, so it stays as it is."""
    return "".join(c if "\u10d0" <= c <= "\u10ff" else c.upper() for c in surname)


def full_name(person: Person) -> str:
    """`PRZYKŁAD, Marek`, and a single name in capitals alone."""
    return name_in_order(person.surname, person.given_names)


def name_in_order(surname: str, given_names: str) -> str:
    """The same from the parts of a name, for a line that has no whole person."""
    return f"{upper_name(surname)}, {given_names}" if given_names else upper_name(surname)


def plain_name(person: Person) -> str:
    """`Marek Przykład`: for sentences."""
    return f"{person.given_names} {person.surname}".strip()


def called(person: Person) -> str:
    """What to call someone in a sentence: known as, else the first given name, else the surname."""
    return person.known_as or (person.given_names.split() or [person.surname])[0]


def short_worker(name: str) -> str:
    """`E. Fikcyjna` from "Ewa Fikcyjna"; a single name as it is."""
    first, _, rest = name.strip().partition(" ")
    return f"{first[:1].upper()}. {rest.split()[-1]}" if rest.strip() else first


def initials(name: str) -> str:
    """`EF` from "Ewa Fikcyjna"."""
    words = name.split()
    return "".join(word[0].upper() for word in words[:1] + words[1:][-1:])


def count(number: int, one: str, many: str = "") -> str:
    """`1 person`, `1,204 people`; `many` is `one` with an s unless given."""
    return f"{format_number(number)} {one if number == 1 else many or one + 's'}"


def format_number(number: int) -> str:
    """`1,324`, with a true minus sign."""
    return f"{number:,}".replace("-", MINUS)


def format_days(number: int | None) -> str:
    """The bare number of days as tables show it: `708`, `1,324`; "" for None."""
    return "" if number is None else format_number(number)


def format_duration(days: int, *, short: bool = False) -> str:
    """How long something has lasted, in full weeks or months as ages are told: `9 days`, `5 weeks`, `6 years 1 month`.

    Every length of stay is told by this, in window, paper and command line. `short` gives `9 d`, `5 w`, `11 m`,
    `6 y 1 m`, for bars and narrow columns.
    """
    if days < 14:
        parts = [(days, "day")]
    elif days < 61:
        parts = [(days // 7, "week")]
    else:
        # A day's grace, so that 365 days are a year whether or not a leap day falls in it.
        months = int((days + 1) / 30.4375)
        parts = [(number, unit) for number, unit in ((months // 12, "year"), (months % 12, "month")) if number]
    if short:
        return " ".join(f"{number} {unit[0]}" for number, unit in parts)
    return " ".join(count(number, unit) for number, unit in parts)


def format_pence(pence: int | None, *, whole: bool = False) -> str:
    """`£684.20`, `−£49.48`; `whole` rounds to pounds: `£134,900`. "" for None."""
    if pence is None:
        return ""
    sign, amount = (MINUS if pence < 0 else ""), abs(pence)
    if whole:
        pounds = (amount + 50) // 100
        return f"{sign if pounds else ''}£{pounds:,}"
    return f"{sign}£{amount // 100:,}.{amount % 100:02}"


def format_size(size: int) -> str:
    """`1.4 MB`, `820 KB`, `12 bytes`."""
    if size < 1_000:
        return count(size, "byte")
    if size < 1_000_000:
        return f"{size / 1_000:.0f} KB"
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"


def format_percent(part: int, whole: int) -> str:
    """`46%`; "" when there is nothing to take a part of."""
    return f"{(200 * part + whole) // (2 * whole)}%" if whole else ""


NOT_DUE_YET = "Not due yet"
"""A review that is neither due soon nor overdue. "In date" is said of everybody not overdue, and of nothing else."""


def due_words(due: Due) -> str:
    """`23 days overdue`, `Due today`, `In 9 days`, `12 Sep 2026`; "" when nothing is due."""
    match due.state:
        case DueState.OVERDUE:
            return f"{count(due.days, 'day')} overdue"
        case DueState.DUE_TODAY:
            return "Due today"
        case DueState.DUE_SOON:
            return in_words(-due.days)
        case DueState.IN_DATE:
            return format_date(due.due_on)
        case _:
            return ""


def in_words(days: int) -> str:
    """`Tomorrow`, `In 9 days`, `In 11 weeks`, `In 5 months`."""
    if days <= 1:
        return "Tomorrow" if days == 1 else "Today"
    return f"In {count(days, 'day') if days <= 42 else format_duration_rounded(days)}"


def format_duration_rounded(days: int) -> str:
    """The nearest plain length: `12 days`, `4 weeks`, `8 months`. For slips and times ahead; never for stays."""
    if days < 14:
        return count(days, "day")
    if days < 84:
        return count(round(days / 7), "week")
    return count(max(3, round(days / 30.4375)), "month")


def review_words(need: ReviewNeed, as_at: date) -> str:
    """The review column: `Never reviewed`, `23 days overdue`, `Today 14:00`, `Booked 21 Jul`, `In 9 days`."""
    booked = need.booked
    return review_words_of(
        need.due,
        as_at,
        never=need.never,
        booked_on=booked.booked_on if booked else None,
        booked_time=booked.booked_time if booked else "",
    )


def review_words_of(due: Due, as_at: date, *, never: bool, booked_on: date | None, booked_time: str = "") -> str:
    """The same from a caseload line's own fields. A booking clears nothing, so overdue is said first."""
    if due.state == DueState.NONE:
        return "Not due"
    if due.state == DueState.OVERDUE:
        return "Never reviewed" if never else due_words(due)
    if booked_on is not None and booked_on == as_at:
        return f"Today {booked_time}".strip()
    if booked_on is not None and booked_on > as_at:
        return f"Booked {format_day(booked_on, as_at)}"
    return due_words(due)


def booking_words(booked_on: date, booked_time: str, as_at: date, *, year: bool = False) -> str:
    """`Booked Tue 21 Jul, 14:00`, or once the day has passed `Was booked Wed 19 Aug, not recorded`.

    `year` writes it even where it is the year of `as_at`, for paper.
    """
    day = format_date(booked_on, weekday=True, year=year or booked_on.year != as_at.year)
    if booked_on < as_at:
        return f"Was booked {day}, not recorded"
    return ", ".join(filter(None, (f"Booked {day}", booked_time)))


def target_words(move_on: MoveOn | None, as_at: date) -> str:
    """The target's state: `No target`, `105 days past`, `+8 months`, `On course`."""
    if move_on is None or move_on.current is None or move_on.original is None:
        return target_words_of(None, None, as_at)
    return target_words_of(move_on.original.target_on, move_on.current.target_on, as_at)


def target_words_of(original_on: date | None, current_on: date | None, as_at: date) -> str:
    """The same from the two dates, both None without a target."""
    if original_on is None or current_on is None:
        return "No target"
    if current_on < as_at:
        return f"{count((as_at - current_on).days, 'day')} past"
    if current_on > original_on:
        return f"+{slip_length(original_on, current_on)}"
    return "On course"


def slip_length(original_on: date, current_on: date) -> str:
    """How far apart two targets lie: `6 days`, `4 weeks`, `8 months`."""
    earlier, later = sorted((original_on, current_on))
    days = (later - earlier).days
    # 30 Jan to 30 Jul are six months on the calendar though 181 days come to 5.9.
    exact = months_between(earlier, later)
    if exact >= 2 and earlier.day == later.day:
        return count(exact, "month")
    return format_duration_rounded(days)


def slip_words(move_on: MoveOn) -> str:
    """`Slipped 8 months in 2 changes`, `Brought forward 3 weeks in 1 change`, `Not changed`."""
    if move_on.original is None or move_on.current is None or not move_on.slips:
        return "Not changed"
    changes = f"in {count(len(move_on.slips), 'change')}"
    if move_on.slip_days == 0:
        return f"Back to the original date {changes}"
    length = slip_length(move_on.original.target_on, move_on.current.target_on)
    return f"{'Slipped' if move_on.slip_days > 0 else 'Brought forward'} {length} {changes}"


def join_words(words: list[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def first_lower(label: str) -> str:
    """A label as it stands inside a sentence: `supported living`, with `NHS number` and `s117` as they are."""
    first = label.partition(" ")[0]
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]


def undo_label(label: str) -> str:
    """`Undo: book review` for the operation "Book review"."""
    return f"Undo: {first_lower(label)}"


def plain_for_paragraph(text: str) -> str:
    """Text from data for a reportlab Paragraph, which reads markup: escaped, with line ends kept.

    Marks that nobody can see are left out: the fonts would print each as a black box.
    """
    return escape(_UNSEEN.sub("", text)).replace("\n", "<br/>")


def plain_for_label(text: str) -> str:
    """Text from data for a Qt button, menu, tab or buddy label, where & makes a shortcut: & doubled."""
    return text.replace("&", "&&")


def plain_for_tooltip(text: str) -> str:
    """Text from data for a tool-tip or anything else that Qt may take for rich text."""
    return f"<span>{escape(text)}</span>".replace("\n", "<br>")


def plain_for_cell(text: str) -> str:
    """Text from data for a spreadsheet or CSV cell: what a spreadsheet would run gets a ' in front."""
    bare = _UNSEEN.sub("", text).lstrip(" \u00a0")
    runs = unicodedata.normalize("NFKC", bare.lstrip()[:1]) in _FORMULA_STARTS or bare[:1] in _FORMULA_STARTS
    return f"'{text}" if bare and runs else text


def isolated(text: str) -> str:
    """Text that runs right to left, fenced so that it cannot turn its neighbours round; other text as it is."""
    if text.isascii() or not any(unicodedata.bidirectional(c) in ("R", "AL", "RLE", "RLO", "RLI") for c in text):
        return text
    return f"\u2068{text}\u2069"


def forecast_words(forecast: MoveForecast) -> str:
    """`Likely Dec 2026`, `Likely Oct 2026 to Mar 2027`, or `Too few for a forecast`: months, since no day is known."""
    if forecast.on is None or forecast.low is None or forecast.high is None:
        return "Too few for a forecast"
    low, high = format_month(forecast.low), format_month(forecast.high)
    if low == high:
        return f"Likely {low}"
    return f"Likely {low.rpartition(' ')[0] if low[-4:] == high[-4:] else low} to {high}"


def forecast_why(forecast: MoveForecast, reason: str = "") -> str:
    """How a forecast came about; `reason` is the barrier's words where it rests on barriers."""
    if forecast.basis == PLANS:
        days = abs(forecast.middle_days)
        way = "after" if forecast.middle_days >= 0 else "before"
        length = format_duration_rounded(days) if days else ""
        when = f"{length} {way} its first target" if length else "on its first target"
        return f"Of {forecast.past} earlier plans with this aim the middle one was met {when}."
    if forecast.basis == BARRIERS:
        length = format_duration_rounded(forecast.middle_days)
        return f"The middle one of {forecast.past} barriers like “{reason}” lasted {length}."
    return "Needs ten earlier plans with this aim, or ten ended barriers like those open now, and a target ahead."

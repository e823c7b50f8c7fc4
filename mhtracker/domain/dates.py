"""Dates as people type them, and the few sums the pathway needs.

"Today" is always an argument. Reading is strict and day first: what could be read in two ways is refused with the
ways offered, never guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import DatePrecision

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

EARLIEST_YEAR = 1880
YEARS_AHEAD = 100
OLDEST_AGE = 120

_EXAMPLES = "Write it like 14/7/2026, 14 Jul 2026, today or +6w."
_UNKNOWN_WORDS = re.compile(r"tb[acd]|n/?[ak]|nil|none|unknown|not known|ongoing|current|[?x-]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}
_WEEKDAY_NUMBERS = {name.lower(): number for number, name in enumerate(WEEKDAYS)}
_WEEKDAY_NUMBERS |= {name[:3].lower(): number for number, name in enumerate(WEEKDAYS)}
_WEEKDAY_NUMBERS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

_DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})\s*([/.\- ])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,4})")
_YEAR_MONTH_DAY = re.compile(r"([0-9]{4})([/.\-])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_NAME_YEAR = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[\s\-/.]*([a-z]+)\.?[\s\-/.,]*([0-9]{1,4})?")
_NAME_DAY_YEAR = re.compile(r"([a-z]+)\.?\s*([0-9]{1,2})(?:st|nd|rd|th)?[\s,]+([0-9]{4})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})")
_NAME_YEAR = re.compile(r"([a-z]+)\.?[\s\-/,]*([0-9]{4})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{4})")
_STEP = re.compile(r"([+-])\s*([0-9]{1,5})\s*(d|w|m|y|days?|weeks?|months?|years?)")
_TIME = re.compile(r"[ t]([0-9]{1,2}):([0-9]{2})(:[0-9]{2}(\.[0-9]+)?)?$")
FullYear = Callable[[int, tuple[int, int], date], int]
"""Fills in a 2-digit year, given the month and day beside it and today."""

_ABOUT = re.compile(r"(?:c|ca|circa|about|approx|approximately)\.?\s+")


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date that was read. `note` says what to check about it: a year filled in, a great age ("": nothing)."""

    value: date
    precision: DatePrecision = DatePrecision.DAY
    note: str = ""


def write_date(day: date) -> str:
    """`14 Jul 2026`. Written out here so that it never depends on the computer's language."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def parse_date(text: str, today: date, *, allow_approximate: bool = False, ahead: bool = False) -> ParsedDate:
    """Read a date as typed.

    Raises Invalid({"": words}), with mends ({"": dates}) where there is something to offer. A month or a year alone
    is read only with `allow_approximate`; its value is the first day of the period. `ahead` is of a date still to
    come, such as a target: what is offered for a day without a year, or a weekday, lies ahead first.
    """
    return _read(text, today, allow_approximate, _nearest_year, ahead)


def parse_birth_date(text: str, today: date) -> ParsedDate:
    """Read a date of birth: never in the future, so `1/2/68` is 1968; a month or a year alone is enough."""
    parsed = _read(text, today, True, _past_year)
    if parsed.value > today:
        words = f"{write_date(parsed.value)} has not come yet. A date of birth lies in the past."
        raise Invalid({"": words})
    age = age_on(parsed.value, today)
    if age > OLDEST_AGE:
        return ParsedDate(parsed.value, parsed.precision, f"That makes an age of {age}. Check the year.")
    return parsed


def _read(text: str, today: date, allow_approximate: bool, full_year: FullYear, ahead: bool = False) -> ParsedDate:
    typed = " ".join(text.translate(_DASHES).split())
    words = typed.lower()
    if not words:
        raise Invalid({"": f"Write a date. {_EXAMPLES}"})
    if words in ("today", "yesterday", "tomorrow"):
        return ParsedDate(today + timedelta(days=("yesterday", "today", "tomorrow").index(words) - 1))
    if step := _STEP.fullmatch(words):
        return ParsedDate(_stepped(today, step))
    words, time_note = _without_time(words)
    words, weekday = _without_weekday(words, today, ahead)
    parsed = _whole_date(words, today, full_year, ahead) or _period(words, today, allow_approximate)
    if parsed is None:
        meant = _meant_by_digits(words, today)
        raise Invalid({"": _not_a_date(words, typed, today)}, {"": meant} if meant else None)
    if weekday is not None and parsed.value.weekday() != weekday:
        really = WEEKDAYS[parsed.value.weekday()]
        raise Invalid({"": f"{write_date(parsed.value)} is a {really}, not a {WEEKDAYS[weekday]}. Check both."})
    return ParsedDate(parsed.value, parsed.precision, " ".join(filter(None, (parsed.note, time_note))))


def _whole_date(words: str, today: date, full_year: FullYear, ahead: bool) -> ParsedDate | None:
    """A day, a month and a year; None when the words have another shape."""
    if match := _YEAR_MONTH_DAY.fullmatch(words):
        year, month, day = match[1], int(match[3]), int(match[4])
    elif match := _DAY_MONTH_YEAR.fullmatch(words):
        day, month, year = int(match[1]), int(match[3]), match[4]
    elif match := _NAME_DAY_YEAR.fullmatch(words):
        day, month, year = int(match[2]), _month(match[1]), match[3]
    elif (match := _DAY_NAME_YEAR.fullmatch(words)) and (match[2] in _MONTH_NUMBERS or match[3]):
        day, month = int(match[1]), _month(match[2])
        if match[3] is None:
            raise _year_missing(day, month, today, ahead)
        year = match[3]
    elif (match := _DAY_MONTH.fullmatch(words)) and int(match[2]) <= 12:
        raise _year_missing(int(match[1]), int(match[2]), today, ahead)
    else:
        return None
    note = ""
    number = int(year)
    if len(year) == 2:
        number = full_year(number, (month, day), today)
        note = note_of_year(number)
    return ParsedDate(_day_in(day, month, number, year, today), DatePrecision.DAY, note)


def note_of_year(year: int) -> str:
    """What is said of a year that was written with 2 digits."""
    return f"The 2-digit year was read as {year}."


def _period(words: str, today: date, allowed: bool) -> ParsedDate | None:
    """A month of a year, or a year, when that is enough."""
    words = _ABOUT.sub("", words).rstrip("?")
    if re.fullmatch(r"[0-9]{4}", words):
        if not allowed:
            raise Invalid({"": f"Add the day and the month, such as 14 Jul {words}."})
        return ParsedDate(_day_in(1, 1, int(words), words, today), DatePrecision.YEAR)
    match = _NAME_YEAR.fullmatch(words) or _MONTH_YEAR.fullmatch(words)
    if match is None or (match[1][0].isalpha() and match[1] not in _MONTH_NUMBERS):
        return None
    month = int(match[1]) if match[1].isdigit() else _month(match[1])
    first = _day_in(1, month, int(match[2]), match[2], today)
    if not allowed:
        raise Invalid({"": f"Add the day, such as 14 {MONTHS[month - 1][:3]} {first.year}."})
    return ParsedDate(first, DatePrecision.MONTH)


def _day_in(day: int, month: int, year: int, year_typed: str, today: date) -> date:
    """The date, or Invalid saying which part does not exist and what was probably meant."""
    if not EARLIEST_YEAR <= year <= today.year + YEARS_AHEAD:
        where = "too far ahead" if year > today.year else "too long ago"
        raise Invalid({"": f"The year {year_typed} is {where}. Write all four figures, such as {today.year}."})
    if not 1 <= month <= 12:
        words = f"There is no month {month}."
        if 1 <= day <= 12 and 1 <= month <= monthrange(year, day)[1]:
            turned = date(year, day, month)
            raise Invalid({"": f"{words} Was it typed month first, for {write_date(turned)}?"}, {"": (turned,)})
        raise Invalid({"": f"{words} The day comes first, then a month from 1 to 12."})
    last = monthrange(year, month)[1]
    if 1 <= day <= last:
        return date(year, month, day)
    if day < 1:
        raise Invalid({"": "There is no day 0. Days are counted from 1."})
    name = f"{MONTHS[month - 1]} {year}" if month == 2 else MONTHS[month - 1]
    ends = date(year, month, last)
    mends = (ends, ends + timedelta(days=1)) if day <= 32 else ()
    raise Invalid({"": f"{name} has {last} days."}, {"": mends} if mends else None)


def _month(name: str) -> int:
    if name in _MONTH_NUMBERS:
        return _MONTH_NUMBERS[name]
    from difflib import get_close_matches

    near = get_close_matches(name, list(_MONTH_NUMBERS), 1)
    offer = f" Did you mean {MONTHS[_MONTH_NUMBERS[near[0]] - 1]}?" if near else " Write it like 14 Jul 2026."
    raise Invalid({"": f"“{name}” is not a month.{offer}"})


def _year_missing(day: int, month: int, today: date, ahead: bool) -> Invalid:
    _day_in(day, month, 2000, "2000", today)  # a leap year: refuses what no year has
    years = range(today.year - 8, today.year + 9)
    around = [date(year, month, day) for year in years if day <= monthrange(year, month)[1]]
    before = max(d for d in around if d <= today)
    after = min(d for d in around if d >= today)
    mends = (before,) if before == after else (after, before) if ahead else (before, after)
    return Invalid({"": f"Add the year, such as {write_date(after)}."}, {"": mends})


def _stepped(today: date, step: re.Match[str]) -> date:
    count = int(step[2]) * (-1 if step[1] == "-" else 1)
    try:
        match step[3][0]:
            case "d":
                day = today + timedelta(days=count)
            case "w":
                day = today + timedelta(weeks=count)
            case "m":
                day = add_months(today, count)
            case _:
                day = add_months(today, 12 * count)
    except (OverflowError, ValueError):
        raise Invalid({"": "That is too far from today. Write the date in full, such as 14 Jul 2026."}) from None
    return _day_in(day.day, day.month, day.year, str(day.year), today)


def _without_time(words: str) -> tuple[str, str]:
    """Spreadsheets saved as text often carry midnight behind each date."""
    match = _TIME.search(words)
    if match is None:
        return words, ""
    midnight = not match[0].strip(" t0:.")
    return words[: match.start()], "" if midnight else "The time of day was left out."


def _without_weekday(words: str, today: date, ahead: bool) -> tuple[str, int | None]:
    first, _, rest = words.replace(",", " ", 1).partition(" ")
    weekday = _WEEKDAY_NUMBERS.get(first.rstrip("."))
    if weekday is None:
        return words, None
    if rest.strip():
        return rest.strip(), weekday
    first_day = today - timedelta(days=(today.weekday() - weekday) % 7)
    if ahead and first_day < today:
        first_day += timedelta(days=7)
    days = (first_day, first_day + timedelta(days=7))
    name = WEEKDAYS[weekday]
    raise Invalid({"": f"Which {name}: {write_date(days[0])} or {write_date(days[1])}?"}, {"": days})


def _not_a_date(words: str, typed: str, today: date) -> str:
    shown = typed if len(typed) <= 40 else typed[:39] + "…"
    if _UNKNOWN_WORDS.fullmatch(words):
        return f"“{shown}” is not a date. Leave this empty until the date is known."
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", words) and len(words) != 8:
        counted = "".join(f" for {write_date(day)}" for day in _meant_by_digits(words, today))
        return f"{shown} is a bare number, perhaps a spreadsheet’s own count of days{counted}. Write the date itself."
    return f"“{shown}” is not a date. {_EXAMPLES}"


def _meant_by_digits(words: str, today: date) -> tuple[date, ...]:
    """What a run of digits probably stands for: a spreadsheet's day count, or a date without its strokes."""
    found: list[date] = []
    if re.fullmatch(r"[1-6][0-9]{4}", words):
        found.append(date(1899, 12, 30) + timedelta(days=int(words)))
    if re.fullmatch(r"[0-9]{8}", words):
        for year, month, day in ((words[:4], words[4:6], words[6:]), (words[4:], words[2:4], words[:2])):
            try:
                found.append(_day_in(int(day), int(month), int(year), year, today))
            except Invalid:
                continue
    return tuple(found)


def _nearest_year(short: int, _month_and_day: tuple[int, int], today: date) -> int:
    """Plans reach some years ahead and histories far back, so up to 20 years ahead and otherwise the past."""
    year = today.year - today.year % 100 + short
    return year - 100 if year > today.year + 20 else year


def _past_year(short: int, month_and_day: tuple[int, int], today: date) -> int:
    year = today.year - today.year % 100 + short
    return year - 100 if (year, *month_and_day) > (today.year, today.month, today.day) else year


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where there is no such day (31 Jan + 1 is 28 Feb)."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def age_on(born_on: date, as_at: date) -> int:
    """Full years; 0 before birth. Someone born on 29 February is a year older on 1 March, where there is no 29th."""
    return max(0, as_at.year - born_on.year - ((as_at.month, as_at.day) < (born_on.month, born_on.day)))


def months_between(earlier: date, later: date) -> int:
    """Full calendar months from one day to a later one."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - 1 if add_months(earlier, months) > later else months


def week_start(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no bank holiday of England."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def day_off(day: date) -> str:
    """Why a day is no working day: "a Saturday", "a bank holiday"."""
    return f"a {WEEKDAYS[day.weekday()]}" if day.weekday() >= 5 else "a bank holiday"


def next_working_day(day: date) -> date:
    """The day itself if it is a working day, else the next one."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    # Imported here: it costs a tenth of a second, which the window's start must not pay.
    from holidays import country_holidays

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))

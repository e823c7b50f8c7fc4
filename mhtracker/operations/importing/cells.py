"""Reading single cells strictly: what cannot be read as it is meant is put aside with words, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from mhtracker.domain.dates import OLDEST_AGE, ParsedDate, age_on, parse_birth_date, parse_date, write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.nhs import is_test_number, normalise_nhs_number
from mhtracker.domain.records import DatePrecision
from mhtracker.operations.importing.mends import Mend, MendKind
from mhtracker.operations.importing.workbooks import Cell

LONGEST_TEXT = 131_072
MOST_PENCE_A_WEEK = 5_000_000

_NOT_KNOWN = frozenset(
    {"n/a", "na", "none", "nil", "never", "not known", "unknown", "nk", "n/k", "not applicable", "not recorded", "?"}
)
_DASHES = frozenset({"-", "–", "—", "--", ".", "/"})
_STILL = frozenset({"ongoing", "current", "present", "to date", "still there", "open", "now", "remains", "still open"})
_DAY_MONTH = re.compile(r"\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*\d{2,4}(?:[ T].*)?")
_PER_WEEK = re.compile(r"\s*(?:p\.?\s?/?\s?w\.?|per\s+we?e?k|/\s*we?e?k|/\s*wk|weekly|a\s+week)\s*$", re.IGNORECASE)
_OTHER_PERIOD = re.compile(
    r"(p\.?a\.?|per annum|annual|year|yr|month|p\.?c\.?m|day|daily|hour|/hr|fortnight)", re.IGNORECASE
)
_WHOLE = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COMMA = re.compile(r"\d{1,3}(?:[. ]?\d{3})*,\d{1,2}")
_LOST_LETTER = re.compile(r"\?(?=\w)|(?<=\w)\?(?=\w)|\ufffd")
_SECTION = re.compile(r"\b(45A|37/41|47/49|48/49|3|37|47|48|2|4|41|135|136)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: None when empty. `problem` says why it cannot be taken, `note` what to know."""

    value: Any = None
    problem: str = ""
    note: str = ""
    mends: tuple[Mend, ...] = ()


BLANK = Reading()
Reader = Callable[[Cell], Reading]


def text_of_cell(cell: Cell) -> tuple[str, str]:
    """A cell as text, without what nobody can see; and words on what was taken away ("" when nothing was)."""
    if isinstance(cell, str):
        text = cell.strip()
        if text.isascii() and text.isprintable():
            return text, ""
        return _without_hidden(text)
    return shown(cell), ""


def _without_hidden(text: str) -> tuple[str, str]:
    kept, hidden = [], False
    for letter in text:
        category = unicodedata.category(letter)
        if letter in "\n\t":
            kept.append(letter)
        elif category == "Zs":
            kept.append(" ")
        elif letter in "\u200c\u200d":
            kept.append(letter)  # they shape letters in Persian and Indian scripts
        elif category in ("Cc", "Cs", "Cn", "Cf"):
            hidden = hidden or letter != "\r"
        else:
            kept.append(letter)
    cleaned = unicodedata.normalize("NFC", "".join(kept)).strip()
    return cleaned, "Characters that cannot be seen were taken out." if hidden else ""


def shown(cell: Cell) -> str:
    """A cell as a person would see it in the sheet."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else str(round(cell, 6))
    if isinstance(cell, datetime):
        return write_date(cell.date()) if cell.time() == time() else f"{write_date(cell.date())} {cell:%H:%M}"
    if isinstance(cell, date):
        return write_date(cell)
    return str(cell)


def is_not_known(text: str) -> bool:
    """Whether a cell holds a word or a dash for "nothing known"."""
    return text in _DASHES or text.casefold() in _NOT_KNOWN


def read_text(cell: Cell) -> Reading:
    """Any text."""
    text, note = text_of_cell(cell)
    if len(text) > LONGEST_TEXT:
        return Reading(None, f"This cell holds {len(text):,} characters; at most {LONGEST_TEXT:,} can be taken.")
    if not text:
        return BLANK
    return Reading(text, note=note)


def read_name(cell: Cell) -> Reading:
    """A name, exactly as written: None and NA are surnames too."""
    reading = read_text(" ".join(cell.split()) if isinstance(cell, str) else cell)
    if reading.value and not any(letter.isalpha() or ord(letter) > 0x2000 for letter in reading.value):
        if reading.value in _DASHES or reading.value == "?":
            return BLANK
        return Reading(None, f"“{reading.value[:40]}” is not a name.", mends=type_or_blank("Type the name"))
    if reading.value and _LOST_LETTER.search(reading.value):
        return Reading(reading.value, note="A question mark stands for a letter here, as when a file was saved badly.")
    return reading


def read_local_id(cell: Cell) -> Reading:
    """An identifier of another system: text, even where a spreadsheet took it for a number."""
    reading = read_text(cell)
    if reading.value and is_not_known(reading.value):
        return BLANK
    if isinstance(cell, (date, time, timedelta)):
        return Reading(
            None, "The spreadsheet has turned this number into a date.", mends=type_or_blank("Type the number")
        )
    return reading


def read_nhs_number(cell: Cell) -> Reading:
    """An NHS number with its check digit."""
    text, _ = text_of_cell(cell)
    if not text or text in _DASHES:
        return BLANK
    if text.casefold() in _NOT_KNOWN or text.casefold() in ("tbc", "tba"):
        return Reading(None, note=f"“{text}”: the NHS number is left empty.")
    try:
        number = normalise_nhs_number(text)
    except Invalid as invalid:
        return Reading(None, str(invalid), mends=type_or_blank("Type the number"))
    return Reading(number, note="A test number: the 999 range is given to nobody." if is_test_number(number) else "")


def date_reader(
    today: date,
    *,
    birth: bool = False,
    end: bool = False,
    from_1904: bool = False,
    unsure: bool = False,
    doubted: bool = False,
) -> Reader:
    """A reader of dates.

    `birth` allows a month or a year alone, `end` takes "ongoing" for none, and `unsure` puts aside what could be month
    first, in a column where other dates are; `doubted` takes it, with a note.
    """

    def read(cell: Cell) -> Reading:
        if isinstance(cell, datetime):
            return _real_date(cell.date(), today, birth)
        if isinstance(cell, date):
            return _real_date(cell, today, birth)
        if isinstance(cell, (bool, time, timedelta)):
            return Reading(None, f"“{shown(cell)}” is not a date.", mends=type_or_blank("Type the date"))
        if isinstance(cell, (int, float)):
            return _number_as_date(cell, today, birth, from_1904)
        reading = _text_as_date(cell, today, birth, end, unsure)
        if doubted and reading.value is not None and not reading.note and _either_way(text_of_cell(cell)[0]):
            words = "Another date in this column can only be month first. This one was read day first: check it."
            return replace(reading, note=words)
        return reading

    return read


def _real_date(day: date, today: date, birth: bool) -> Reading:
    if day < date(1900, 3, 1):
        words = "The spreadsheet holds a number here and shows it as a date it never was. Type the date."
        return Reading(None, words, mends=type_or_blank("Type the date"))
    if birth:
        if day > today:
            words = f"{write_date(day)} has not come yet. A date of birth lies in the past."
            return Reading(None, words, mends=type_or_blank("Type the date"))
        age = age_on(day, today)
        note = f"That makes an age of {age}. Check the year." if age > OLDEST_AGE else ""
        return Reading(ParsedDate(day), note=note)
    if day.year > today.year + 100:
        return Reading(None, f"The year {day.year} is too far ahead.", mends=type_or_blank("Type the date"))
    return Reading(day)


def _number_as_date(number: float, today: date, birth: bool, from_1904: bool) -> Reading:
    text = shown(number)
    if birth and re.fullmatch(r"(19|20)\d\d", text) and int(text) <= today.year:
        first = date(int(text), 1, 1)
        return Reading(ParsedDate(first, DatePrecision.YEAR), note=f"Only the year of birth is given, {text}.")
    begin = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    if re.fullmatch(r"\d{8}", text):
        return _text_as_date(text, today, birth, False, False)
    if not 61 <= number <= 109_574:
        return Reading(None, f"{text} is a bare number, not a date.", mends=type_or_blank("Type the date"))
    day = begin + timedelta(days=int(number))
    words = f"{text} is a bare number, not a date. As the spreadsheet’s own count of days it is {write_date(day)}."
    use = Mend(MendKind.USE, f"Use {write_date(day)}", value=day.isoformat())
    return Reading(None, words, mends=(use, *type_or_blank("Type the date")))


def _text_as_date(cell: str, today: date, birth: bool, end: bool, unsure: bool) -> Reading:
    text, note = text_of_cell(cell)
    words = text.casefold()
    if not text or text in _DASHES or (end and words in _STILL):
        return BLANK
    if words in _NOT_KNOWN:
        return Reading(None, note=f"“{text}”: the date is left empty.")
    if words in ("today", "yesterday", "tomorrow") or text[0] in "+-":
        return Reading(None, f"“{text[:40]}” is not a date that stays true.", mends=type_or_blank("Type the date"))
    if unsure and (two := _either_way(text)):
        one, other = two
        words = (
            f"Other dates in this column are month first, so {text} may be {write_date(one)} or {write_date(other)}."
        )
        uses = [Mend(MendKind.USE, f"Use {write_date(day)}", value=day.isoformat()) for day in two]
        return Reading(None, words, mends=(*uses, *type_or_blank("Type the date")))
    try:
        parsed = parse_birth_date(text, today) if birth else parse_date(text, today)
    except Invalid as invalid:
        days = [day for day in invalid.mends.get("", ()) if isinstance(day, date)]
        uses = [Mend(MendKind.USE, f"Use {write_date(day)}", value=day.isoformat()) for day in days]
        return Reading(None, str(invalid), mends=(*uses, *type_or_blank("Type the date")))
    told = " ".join(filter(None, (note, parsed.note.replace("The time of day was left out.", "").strip())))
    return Reading(parsed if birth else parsed.value, note=told)


def _either_way(text: str) -> tuple[date, date] | None:
    """A date that reads in both orders, as the two days it may be."""
    match = _DAY_MONTH.fullmatch(text)
    if match is None or match[1] == match[2] or max(int(match[1]), int(match[2])) > 12:
        return None
    year = re.split(r"[/.\-]", text.split(" ")[0].split("T")[0])[-1]
    number = int(year) if len(year) == 4 else 2000 + int(year)
    return date(number, int(match[2]), int(match[1])), date(number, int(match[1]), int(match[2]))


def looks_month_first(texts: Sequence[str]) -> bool:
    """Whether a column of dates as text is kept month first: several can be nothing else, and none is day first."""
    pairs = [(int(match[1]), int(match[2])) for text in texts if (match := _DAY_MONTH.fullmatch(text))]
    month_first = sum(second > 12 >= first for first, second in pairs)
    return month_first >= 3 and month_first * 5 >= len(pairs) and not is_day_first(texts)


def holds_month_first(texts: Sequence[str]) -> bool:
    """Whether a date among the texts can only be month first."""
    return any(int(match[2]) > 12 >= int(match[1]) for text in texts if (match := _DAY_MONTH.fullmatch(text)))


def is_day_first(texts: Sequence[str]) -> bool:
    """Whether a date among the texts can only be day first."""
    return any(int(match[1]) > 12 for text in texts if (match := _DAY_MONTH.fullmatch(text)))


def read_money(cell: Cell) -> Reading:
    """Pounds a week, as pence."""
    if isinstance(cell, (bool, date, time, timedelta)):
        return Reading(None, f"“{shown(cell)}” is not an amount.", mends=type_or_blank("Type the amount"))
    if isinstance(cell, (int, float)):
        return _amount(Decimal(str(cell)), shown(cell))
    text, _ = text_of_cell(cell)
    if not text or is_not_known(text):
        return Reading(0) if text.casefold() == "nil" else BLANK
    if text.casefold() in ("free", "no charge", "no cost"):
        return Reading(0)
    bare = _PER_WEEK.sub("", text).replace("£", "").replace("GBP", "").strip()
    if _OTHER_PERIOD.search(bare):
        words = f"“{text[:40]}” is not an amount a week."
        return Reading(None, words, mends=type_or_blank("Type the weekly amount"))
    if _COMMA.fullmatch(bare):
        pounds = bare.replace(".", "").replace(" ", "").replace(",", ".")
        words = f"“{text[:40]}” has a decimal comma. Is the amount £{pounds}?"
        use = Mend(MendKind.USE, f"Use £{pounds}", value=pounds)
        return Reading(None, words, mends=(use, *type_or_blank("Type the amount")))
    bare = bare.replace(" ", "")
    if not _WHOLE.fullmatch(bare):
        return Reading(None, f"“{text[:40]}” is not an amount.", mends=type_or_blank("Type the amount"))
    return _amount(Decimal(bare.replace(",", "")), text)


def _amount(pounds: Decimal, text: str) -> Reading:
    if not pounds.is_finite() or pounds < 0:
        return Reading(None, f"“{text[:40]}” cannot be a weekly cost.", mends=type_or_blank("Type the amount"))
    pence = int((pounds * 100).quantize(Decimal(1)))
    if pence > MOST_PENCE_A_WEEK:
        words = f"£{pounds:,} a week is far more than any placement costs. Is it for a year?"
        return Reading(None, words, mends=type_or_blank("Type the weekly amount"))
    return Reading(pence, note="" if pence else "The cost is nil. Leave it empty if it is not known.")


_YES = frozenset(
    {"y", "yes", "true", "1", "x", "✓", "✔", "s117", "section 117", "117", "entitled", "eligible", "t", "s.117"}
)
_NO = frozenset(
    {"n", "no", "false", "0", "none", "n/a", "not applicable", "not eligible", "not entitled", "f", "nil", "na"}
)


def read_s117(cell: Cell) -> Reading:
    """After-care under s117: the code of the section, "unknown" for a plain yes, "" for a plain no."""
    text, _ = text_of_cell(cell)
    words = text.casefold()
    if not text or words in ("?", "unknown", "not known", "tbc", "nk", "n/k"):
        return BLANK if not text else Reading(None, note=f"“{text}”: after-care is left as not known.")
    if words in _NO or text in _DASHES:
        return Reading("")
    if words in _YES:
        return Reading("unknown")
    section = _SECTION.search(re.sub(r"(?i)\b(s|sec|section)\.?\s*117\b", "", text).replace("s", " ").replace("S", " "))
    if section:
        code = section[1].upper().split("/")[0]
        if code in ("2", "4", "41", "135", "136"):
            words = f"Section {section[1]} by itself leaves no right to after-care under s117."
            return Reading(None, words, mends=_yes_no())
        return Reading(code)
    if words.startswith("yes"):
        return Reading("unknown")
    if words.startswith("no "):
        return Reading("")
    return Reading(None, f"“{text[:40]}” does not say whether s117 applies.", mends=_yes_no())


def read_planned(cell: Cell) -> Reading:
    """Whether a move was planned."""
    words = text_of_cell(cell)[0].casefold()
    if not words or is_not_known(words):
        return BLANK
    if words in ("planned", "p") or words in _YES:
        return Reading(True)
    if words in ("unplanned", "not planned", "u", "un-planned") or words in _NO:
        return Reading(False)
    return Reading(None, f"“{words[:40]}” is neither planned nor unplanned.", mends=_yes_no())


def _yes_no() -> tuple[Mend, ...]:
    return (
        Mend(MendKind.USE, "Yes", value="yes"),
        Mend(MendKind.USE, "No", value="no"),
        Mend(MendKind.BLANK, "Leave it blank"),
    )


def type_or_blank(label: str, column: str | None = None) -> tuple[Mend, ...]:
    """The two mends of a cell that cannot be read."""
    return Mend(MendKind.TYPE, label, column), Mend(MendKind.BLANK, "Leave it blank", column)

"""Typed dates: strict, day first, never guessed."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain import dates
from mhtracker.domain.dates import parse_birth_date, parse_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import DatePrecision

TODAY = date(2026, 7, 14)
DAYS = st.dates(date(1900, 1, 1), date(2120, 12, 31))


def refused(text, today=TODAY, **options):
    with pytest.raises(Invalid) as caught:
        parse_date(text, today, **options)
    return str(caught.value), caught.value.mends.get("", ())


@pytest.mark.parametrize(
    "text",
    [
        "14/7/26",
        "14/07/2026",
        "14.7.2026",
        "14-7-2026",
        "14 7 2026",
        " 14 / 7 / 2026 ",
        "14 Jul 2026",
        "14 JULY 26",
        "14-Jul-2026",
        "14th July 2026",
        "14 july, 2026",
        "July 14, 2026",
        "2026-07-14",
        "2026/7/14",
        "2026-07-14 00:00:00",
        "2026-07-14T00:00",
        "14/07/2026 00:00",
        "14\u20117\u20112026",
        "14\u00a0Jul\u00a02026",
        "Tue 14 Jul 2026",
        "tuesday, 14/7/26",
        "today",
        "TODAY",
    ],
)
def test_one_day_however_it_is_written(text):
    assert parse_date(text, TODAY).value == TODAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", date(2026, 7, 13)),
        ("tomorrow", date(2026, 7, 15)),
        ("+6w", date(2026, 8, 25)),
        ("-3d", date(2026, 7, 11)),
        ("+2m", date(2026, 9, 14)),
        ("+1y", date(2027, 7, 14)),
        ("+ 6 weeks", date(2026, 8, 25)),
        ("01/02/2026", date(2026, 2, 1)),
        ("2026-02-01", date(2026, 2, 1)),
        ("01.02.2026", date(2026, 2, 1)),
        ("29/02/2024", date(2024, 2, 29)),
        ("9 Sept 2026", date(2026, 9, 9)),
    ],
)
def test_a_date_is_read_day_first(text, expected):
    assert parse_date(text, TODAY).value == expected


def test_months_added_to_the_31st_stop_at_the_end_of_the_month():
    assert parse_date("+1m", date(2026, 1, 31)).value == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("text", "words", "mends"),
    [
        ("31/6/26", "June has 30 days.", (date(2026, 6, 30), date(2026, 7, 1))),
        ("31/02/2026", "February 2026 has 28 days.", (date(2026, 2, 28), date(2026, 3, 1))),
        ("29/02/2025", "February 2025 has 28 days.", (date(2025, 2, 28), date(2025, 3, 1))),
        ("2026-06-31", "June has 30 days.", (date(2026, 6, 30), date(2026, 7, 1))),
        ("45/6/26", "June has 30 days.", ()),
        ("00/01/2026", "There is no day 0.", ()),
        ("01/00/2026", "There is no month 0.", ()),
        ("13/13/2026", "There is no month 13.", ()),
        ("02/13/2026", "month first", (date(2026, 2, 13),)),
        ("1/1/0206", "The year 0206 is too long ago.", ()),
        ("1/1/3026", "The year 3026 is too far ahead.", ()),
        ("1/2/6", "The year 6 is too long ago.", ()),
        ("tbc", "Leave this empty until the date is known.", ()),
        ("n/a", "Leave this empty", ()),
        ("", "Write a date.", ()),
        ("   ", "Write a date.", ()),
        ("soon", "“soon” is not a date.", ()),
        ("14 Jully 2026", "Did you mean July?", ()),
        ("14/7", "Add the year", (date(2026, 7, 14),)),
        ("20 July", "Add the year", (date(2025, 7, 20), date(2026, 7, 20))),
        ("29/2", "Add the year", (date(2024, 2, 29), date(2028, 2, 29))),
        ("31/2", "February 2000 has 29 days.", (date(2000, 2, 29), date(2000, 3, 1))),
        ("Mon 14 Jul 2026", "14 Jul 2026 is a Tuesday, not a Monday.", ()),
        ("monday", "Which Monday", (date(2026, 7, 13), date(2026, 7, 20))),
        ("tue", "Which Tuesday", (date(2026, 7, 14), date(2026, 7, 21))),
        ("45000", "for 15 Mar 2023", (date(2023, 3, 15),)),
        ("60", "bare number", ()),
        ("-1", "bare number", ()),
        ("2958466", "bare number", ()),
        ("14072026", "is not a date", (date(2026, 7, 14),)),
        ("20260714", "is not a date", (date(2026, 7, 14),)),
        ("+99999y", "too far", ()),
        ("-9999y", "too far", ()),
        ("+200y", "too far ahead", ()),
        ("١٤/٧/٢٠٢٦", "is not a date", ()),
        ("1-2/2026", "is not a date", ()),
    ],
)
def test_what_cannot_be_a_date_is_refused_with_what_would_be_right(text, words, mends):
    said, offered = refused(text)
    assert words in said
    assert offered == mends


def test_a_two_digit_year_shows_the_year_it_was_read_as():
    assert "2026" in parse_date("1/2/26", TODAY).note
    assert parse_date("1/2/68", TODAY).value.year == 1968
    assert parse_date("1/2/2026", TODAY).note == ""


def test_a_time_behind_a_date_is_left_out_and_said():
    parsed = parse_date("25/10/2026 01:30", TODAY)
    assert (parsed.value, parsed.note) == (date(2026, 10, 25), "The time of day was left out.")


def test_a_month_or_a_year_needs_leave():
    assert "Add the day" in refused("Feb 2026")[0]
    assert "Add the day and the month" in refused("2026")[0]
    month = parse_date("Feb 2026", TODAY, allow_approximate=True)
    assert (month.value, month.precision) == (date(2026, 2, 1), DatePrecision.MONTH)
    year = parse_date("2026", TODAY, allow_approximate=True)
    assert (year.value, year.precision) == (date(2026, 1, 1), DatePrecision.YEAR)


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("23/3/81", date(1981, 3, 23), DatePrecision.DAY),
        ("1/2/68", date(1968, 2, 1), DatePrecision.DAY),
        ("14/7/26", date(2026, 7, 14), DatePrecision.DAY),
        ("15/7/26", date(1926, 7, 15), DatePrecision.DAY),
        ("1/12/26", date(1926, 12, 1), DatePrecision.DAY),
        ("29/2/00", date(2000, 2, 29), DatePrecision.DAY),
        ("Feb 1981", date(1981, 2, 1), DatePrecision.MONTH),
        ("2/1981", date(1981, 2, 1), DatePrecision.MONTH),
        ("1968", date(1968, 1, 1), DatePrecision.YEAR),
        ("circa 1968", date(1968, 1, 1), DatePrecision.YEAR),
        ("c. 1968", date(1968, 1, 1), DatePrecision.YEAR),
        ("about March 1968", date(1968, 3, 1), DatePrecision.MONTH),
        ("1968?", date(1968, 1, 1), DatePrecision.YEAR),
    ],
)
def test_a_birth_date_lies_in_the_past(text, expected, precision):
    parsed = parse_birth_date(text, TODAY)
    assert (parsed.value, parsed.precision) == (expected, precision)


def test_the_note_of_a_birth_date_names_the_year_that_was_taken():
    assert parse_birth_date("1/12/26", TODAY).note == "The 2-digit year was read as 1926."


@pytest.mark.parametrize("text", ["15/7/2026", "tomorrow", "2027", "Aug 2026"])
def test_a_future_birth_date_is_refused(text):
    with pytest.raises(Invalid, match="A date of birth lies in the past"):
        parse_birth_date(text, TODAY)


def test_a_great_age_is_said():
    assert "age of 121" in parse_birth_date("1/1/1905", TODAY).note


@given(day=DAYS)
def test_every_date_survives_being_written_and_read(day):
    today = date(2060, 1, 1)
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", dates.write_date(day), f"{day.day}.{day.month}.{day.year}"):
        assert parse_date(text, today).value == day


@given(text=st.text(max_size=30))
def test_any_text_is_read_or_refused_in_words(text):
    for read in (parse_date, parse_birth_date):
        words = ""
        try:
            read(text, TODAY)
        except Invalid as refusal:
            words = str(refusal)
        assert not words or words.endswith((".", "?"))


@given(short=st.integers(0, 99), month=st.integers(1, 12), day=st.integers(1, 28))
def test_a_short_birth_year_is_never_in_the_future_nor_a_century_out(short, month, day):
    value = parse_birth_date(f"{day}/{month}/{short:02}", TODAY).value
    assert value <= TODAY < dates.add_months(value, 1200)


@given(day=DAYS, months=st.integers(-600, 600))
def test_adding_months_keeps_the_day_or_ends_the_month(day, months):
    moved = dates.add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


@given(earlier=DAYS, later=DAYS)
def test_months_between_is_the_most_that_can_be_added(earlier, later):
    earlier, later = sorted((earlier, later))
    months = dates.months_between(earlier, later)
    assert dates.add_months(earlier, months) <= later < dates.add_months(earlier, months + 1)


@pytest.mark.parametrize(
    ("born_on", "as_at", "age"),
    [
        (date(1981, 3, 23), date(2026, 7, 14), 45),
        (date(1981, 7, 14), date(2026, 7, 14), 45),
        (date(1981, 7, 15), date(2026, 7, 14), 44),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2004, 2, 29), date(2028, 2, 29), 24),
        (date(2026, 7, 15), date(2026, 7, 14), 0),
    ],
)
def test_age_counts_full_years(born_on, as_at, age):
    assert dates.age_on(born_on, as_at) == age


def test_working_days_are_england_s():
    good_friday, easter_monday, late_summer = date(2026, 4, 3), date(2026, 4, 6), date(2026, 8, 31)
    assert not any(dates.is_working_day(day) for day in (good_friday, easter_monday, late_summer, date(2026, 7, 18)))
    assert dates.is_working_day(date(2026, 8, 3))  # a bank holiday in Scotland only
    assert dates.next_working_day(good_friday) == date(2026, 4, 7)
    assert dates.next_working_day(TODAY) == TODAY


def test_a_boxing_day_on_saturday_gives_the_monday_off():
    assert not dates.is_working_day(date(2026, 12, 28))
    assert dates.next_working_day(date(2026, 12, 25)) == date(2026, 12, 29)


def test_a_week_begins_on_monday():
    assert dates.week_start(TODAY) == date(2026, 7, 13)
    assert dates.week_start(date(2026, 7, 13)) == date(2026, 7, 13)
    assert dates.week_start(date(2026, 7, 19)) == date(2026, 7, 13)


def test_starting_the_program_does_not_pay_for_the_holidays():
    script = "import sys, mhtracker.domain.rules, mhtracker.text; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_where_only_the_days_ahead_make_sense_they_are_offered_first():
    def offered(typed):
        with pytest.raises(Invalid) as caught:
            parse_date(typed, TODAY, ahead=True)
        return caught.value.mends[""]

    assert offered("20 July") == (date(2026, 7, 20), date(2025, 7, 20))
    assert offered("3/5") == (date(2027, 5, 3), date(2026, 5, 3))
    assert offered("fri") == (date(2026, 7, 17), date(2026, 7, 24))
    assert offered("tue") == (date(2026, 7, 14), date(2026, 7, 21))

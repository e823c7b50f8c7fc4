"""The words and figures people read, as the mockups show them."""

from datetime import UTC, date, datetime, timedelta
from xml.sax.saxutils import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker import text
from mhtracker.domain.dates import add_months
from mhtracker.domain.records import DatePrecision, MoveOnPlan, Person, Review, Target
from mhtracker.domain.reviewing.due import Due, ReviewNeed, due
from mhtracker.domain.summary import MoveOn

TODAY = date(2026, 7, 14)
MAREK = Person("p", "MHT-00417", "Przykład", "Marek", born_on=date(1981, 3, 23), nhs_number="9999981801")


def test_dates():
    assert text.format_date(TODAY) == "14 Jul 2026"
    assert text.format_date(TODAY, weekday=True) == "Tue 14 Jul 2026"
    assert text.format_date(TODAY, weekday=True, year=False) == "Tue 14 Jul"
    assert text.format_date(None) == ""
    assert text.format_day(date(2026, 7, 21), TODAY) == "21 Jul"
    assert text.format_day(date(2027, 1, 4), TODAY, weekday=True) == "Mon 4 Jan 2027"
    assert text.format_month(TODAY) == "Jul 2026"
    assert text.format_period(date(2018, 2, 12), date(2024, 3, 19)) == "12 Feb 2018 to 19 Mar 2024"
    assert text.format_period(date(2018, 2, 12), None) == "since 12 Feb 2018"


def test_times_say_the_day_only_when_it_is_another():
    assert text.format_when(datetime(2026, 7, 14, 10, 41, tzinfo=UTC), TODAY) == "10:41"
    assert text.format_when(datetime(2026, 7, 10, 17, 20, tzinfo=UTC), TODAY) == "Fri 10 Jul 17:20"
    assert text.format_when(datetime(2025, 1, 9, 9, 15, tzinfo=UTC), TODAY) == "9 Jan 2025 09:15"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "23 Mar 1981 (45 y)"),
        ({"born_on": None}, "Not known"),
        ({"born_on": date(1981, 2, 1), "born_precision": DatePrecision.MONTH}, "Feb 1981 (about 45 y)"),
        ({"born_on": date(1968, 1, 1), "born_precision": DatePrecision.YEAR}, "1968 (about 58 y)"),
        ({"died_on": date(2020, 1, 1)}, "23 Mar 1981 (38 y)"),
    ],
)
def test_born(change, expected):
    values = {"born_on": MAREK.born_on} | change
    assert text.format_born(Person("p", "MHT-00417", "X", **values), TODAY) == expected


def test_names():
    assert text.full_name(MAREK) == "PRZYKŁAD, Marek"
    assert text.plain_name(MAREK) == "Marek Przykład"
    assert text.called(MAREK) == "Marek"
    single = Person("p", "MHT-1", "groß", known_as="Maz")
    assert (text.full_name(single), text.plain_name(single), text.called(single)) == ("GROSS", "groß", "Maz")
    assert text.called(Person("p", "MHT-1", "Solo")) == "Solo"
    assert text.upper_name("მარი") == "მარი"
    assert text.name_in_order("Ó Briain", "Ciarán") == "Ó BRIAIN, Ciarán"


def test_workers_are_short_in_tables():
    assert text.short_worker("Ewa Fikcyjna") == "E. Fikcyjna"
    assert text.short_worker("Duty") == "Duty"
    assert text.short_worker("") == ""
    assert (text.initials("Ewa Maria Fikcyjna"), text.initials("Duty"), text.initials("")) == ("EF", "D", "")


def test_nhs_numbers_stand_three_three_four():
    assert text.format_nhs("9999981801") == "999 998 1801"
    assert text.format_nhs(None) == ""
    assert text.format_nhs("123") == "123"


@pytest.mark.parametrize(
    ("days", "long", "short"),
    [
        (0, "0 days", "0 d"),
        (1, "1 day", "1 d"),
        (13, "13 days", "13 d"),
        (14, "2 weeks", "2 w"),
        (35, "5 weeks", "5 w"),
        (60, "8 weeks", "8 w"),
        (61, "2 months", "2 m"),
        (340, "11 months", "11 m"),
        (365, "1 year", "1 y"),
        (730, "2 years", "2 y"),
        (708, "1 year 11 months", "1 y 11 m"),
        (2227, "6 years 1 month", "6 y 1 m"),
    ],
)
def test_durations(days, long, short):
    assert text.format_duration(days) == long
    assert text.format_duration(days, short=True) == short


@given(years=st.integers(1, 40), start=st.dates(date(1980, 1, 1), date(2050, 1, 1)))
def test_full_years_read_as_full_years(years, start):
    days = (add_months(start, 12 * years) - start).days
    assert text.format_duration(days) == text.count(years, "year")
    assert text.format_duration(days - 2) != text.count(years, "year")


def test_numbers_and_money():
    assert text.format_days(708) == "708"
    assert text.format_days(1324) == "1,324"
    assert text.format_days(None) == ""
    assert text.format_pence(68420) == "£684.20"
    assert text.format_pence(129548) == "£1,295.48"
    assert text.format_pence(-4948) == "−£49.48"
    assert text.format_pence(5) == "£0.05"
    assert text.format_pence(13490050, whole=True) == "£134,901"
    assert text.format_pence(-49, whole=True) == "£0"
    assert text.format_pence(-50, whole=True) == "−£1"
    assert text.format_pence(None) == ""
    assert text.count(1, "person", "people") == "1 person"
    assert text.count(1204, "person", "people") == "1,204 people"
    assert (text.format_percent(1, 2), text.format_percent(1, 8), text.format_percent(0, 0)) == ("50%", "13%", "")


@pytest.mark.parametrize(
    ("days", "words"),
    [(-23, "23 days overdue"), (-1, "1 day overdue"), (0, "Due today"), (1, "Tomorrow"), (9, "In 9 days")],
)
def test_due_words(days, words):
    assert text.due_words(due(TODAY + timedelta(days=days), TODAY)) == words


def test_due_words_further_on():
    assert text.due_words(due(date(2026, 9, 12), TODAY)) == "12 Sep 2026"
    assert text.due_words(due(date(2026, 8, 14), TODAY, 42)) == "In 31 days"
    assert text.due_words(due(None, TODAY)) == ""
    assert text.in_words(78) == "In 11 weeks"
    assert text.in_words(150) == "In 5 months"


def need(due_on, *, never=False, booked=None):
    return ReviewNeed(due(due_on, TODAY, 42), never, never, None, booked)


@pytest.mark.parametrize(
    ("due_on", "never", "booked_on", "time", "words"),
    [
        (date(2026, 6, 21), False, date(2026, 7, 22), "10:30", "23 days overdue"),
        (date(2026, 6, 21), True, None, "", "Never reviewed"),
        (date(2026, 7, 20), True, None, "", "In 6 days"),
        (date(2026, 7, 14), False, None, "", "Due today"),
        (date(2026, 7, 14), False, date(2026, 7, 14), "14:00", "Today 14:00"),
        (date(2026, 7, 20), False, date(2026, 7, 14), "", "Today"),
        (date(2026, 7, 23), False, date(2026, 7, 21), "", "Booked 21 Jul"),
        (date(2026, 7, 23), False, date(2026, 7, 7), "", "In 9 days"),
        (date(2026, 9, 12), False, None, "", "12 Sep 2026"),
        (None, False, None, "", "Not due"),
    ],
)
def test_review_words_put_overdue_before_any_booking(due_on, never, booked_on, time, words):
    booked = Review("r", "p", booked_on=booked_on, booked_time=time) if booked_on else None
    assert text.review_words(need(due_on, never=never, booked=booked), TODAY) == words


def move_on(*days):
    targets = [Target(str(n), "m", "p", day, TODAY, position=n) for n, day in enumerate(days)]
    current = targets[-1] if targets else None
    state = due(current.target_on if current else None, TODAY)
    return MoveOn(MoveOnPlan("m", "p", None), None, targets[0] if targets else None, current, tuple(targets[1:]), state)


@pytest.mark.parametrize(
    ("days", "state", "slip"),
    [
        ((date(2026, 1, 30), date(2026, 6, 30), date(2026, 9, 30)), "+8 months", "Slipped 8 months in 2 changes"),
        ((date(2026, 6, 30), date(2026, 7, 28)), "+4 weeks", "Slipped 4 weeks in 1 change"),
        ((date(2026, 7, 13), date(2026, 7, 20)), "+7 days", "Slipped 7 days in 1 change"),
        ((date(2026, 3, 31),), "105 days past", "Not changed"),
        ((date(2026, 12, 1),), "On course", "Not changed"),
        ((date(2026, 12, 1), date(2026, 11, 10)), "On course", "Brought forward 3 weeks in 1 change"),
        (
            (date(2026, 12, 1), date(2027, 1, 1), date(2026, 12, 1)),
            "On course",
            "Back to the original date in 2 changes",
        ),
        ((date(2026, 1, 30), date(2026, 7, 13)), "1 day past", "Slipped 5 months in 1 change"),
        ((), "No target", "Not changed"),
    ],
)
def test_slips(days, state, slip):
    assert text.target_words(move_on(*days), TODAY) == state
    assert text.slip_words(move_on(*days)) == slip


def test_no_plan_is_no_target():
    assert text.target_words(None, TODAY) == "No target"


@given(day=st.dates(date(2000, 1, 1), date(2080, 1, 1)), soon=st.integers(0, 60))
def test_every_due_state_has_words(day, soon):
    words = text.due_words(due(day, TODAY, soon))
    assert words
    assert ("overdue" in words) == (day < TODAY)


def test_lists_and_undo_read_as_sentences():
    assert text.join_words(["a"]) == "a"
    assert text.join_words(["a", "b", "c"]) == "a, b and c"
    assert text.join_words(["a", "b"], "or") == "a or b"
    assert text.join_words([]) == ""
    assert text.undo_label("Book review") == "Undo: book review"
    assert text.undo_label("NHS number changed") == "Undo: NHS number changed"


PRINTABLE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")))


@given(words=PRINTABLE)
def test_a_paragraph_says_exactly_what_was_typed(words):
    shown = text.plain_for_paragraph(words)
    assert unescape(shown) == words
    assert "<" not in shown


def test_markup_in_data_is_only_text():
    assert text.plain_for_paragraph("<Zelenka> & <b>") == "&lt;Zelenka&gt; &amp; &lt;b&gt;"
    assert text.plain_for_paragraph("one\ntwo") == "one<br/>two"
    assert text.plain_for_paragraph("Zo\u200bfia") == "Zofia"
    assert text.plain_for_label("R&D") == "R&&D"
    assert "<b>" not in text.plain_for_tooltip("<b>")


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "+44",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "＝1+1",
        "＋1",
        "＠x",
        "-",
        "\ufeff=1",
    ],
)
def test_what_a_spreadsheet_would_run_is_made_text(words):
    assert text.plain_for_cell(words) == f"'{words}"


@pytest.mark.parametrize("words", ["", " ", "Elm House", "O'Brien", "1 = 1", "£684.20", "12/7/2026"])
def test_other_cells_stand_as_they_are(words):
    assert text.plain_for_cell(words) == words


def test_right_to_left_text_cannot_turn_its_neighbours():
    assert text.isolated("محمد") == "\u2068محمد\u2069"
    assert text.isolated("Przykład") == "Przykład"


def test_a_due_without_a_date_says_nothing():
    assert text.due_words(Due(None, due(None, TODAY).state)) == ""

"""What the caseload's columns say of a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mhtracker.domain.caseload import Names, PersonFacts, build_line
from mhtracker.domain.pathway import DEFAULT_STAGES, by_id
from mhtracker.domain.records import DatePrecision, MoveOnPlan, Person, Placement, Review, Target
from mhtracker.domain.reviewing.due import ReviewRules
from mhtracker.store.queries.caseload import COLUMNS
from mhtracker.ui.caseload import columns as c

DAY = date(2026, 7, 14)
WORDS = c.LineWords(DAY, by_id(DEFAULT_STAGES), {("gender", "male"): "Man"})


def line_of(*, held=(), booked=None, targets=(), started=date(2024, 8, 5), person=None):
    person = person or Person("p", "MHT-00417", "Przykład", "Marek", born_on=date(1981, 3, 23), gender="male")
    facts = PersonFacts(
        person,
        placements=[Placement("a", "p", "supported", started)],
        plans=[MoveOnPlan("m", "p", "independent", started_on=started)] if targets else [],
        targets=[Target(str(n), "m", "p", day, started, position=n) for n, day in enumerate(targets)],
        reviews=[Review(str(n), "p", held_on=day) for n, day in enumerate(held)],
    )
    if booked:
        facts.reviews.append(Review("b", "p", booked_on=booked, booked_time="10:30"))
    return build_line(facts, Names(by_id(DEFAULT_STAGES), {}, {}, {}, {}, ReviewRules()), DAY)


def column(key):
    return next(each for each in c.caseload_columns(WORDS) if each.key == key)


def test_an_overdue_review_is_tinted_and_says_how_late():
    badge = c.review_badge(line_of(held=[date(2025, 6, 21)]), DAY)
    assert (badge.shape, badge.words, badge.quiet) == ("overdue", "23 days overdue", False)


def test_a_booking_does_not_hide_that_a_review_is_overdue():
    badge = c.review_badge(line_of(held=[date(2025, 6, 21)], booked=date(2026, 7, 22)), DAY)
    assert badge.words == "23 days overdue"


def test_a_booking_of_a_review_in_date_is_quiet():
    badge = c.review_badge(line_of(held=[date(2025, 10, 1)], booked=date(2026, 7, 21)), DAY)
    assert (badge.shape, badge.words, badge.quiet) == ("booked", "Booked 21 Jul", True)


def test_a_review_booked_today_is_for_today():
    badge = c.review_badge(line_of(held=[date(2025, 10, 1)], booked=DAY), DAY)
    assert (badge.shape, badge.words, badge.quiet) == ("today", "Today 10:30", False)


@pytest.mark.parametrize(
    ("targets", "shape", "words"),
    [
        ((), "none", "No target"),
        ((date(2026, 3, 31),), "overdue", "105 days past"),
        ((date(2026, 1, 30), date(2026, 9, 30)), "slipped", "+8 months"),
        ((date(2026, 9, 30),), "in_date", "On course"),
        ((date(2026, 9, 30), date(2026, 8, 30)), "in_date", "On course"),
    ],
)
def test_a_target_says_how_it_stands(targets, shape, words):
    line = line_of(targets=targets)
    badge = c.target_badge(line.target_original_on, line.target_on, DAY)
    assert (badge.shape, badge.words) == (shape, words)


def test_the_target_is_read_out_with_its_date_and_its_state():
    line = line_of(targets=(date(2026, 1, 30), date(2026, 9, 30)))
    assert column("target").text(line) == "30 Sep 2026, +8 months"


def test_an_age_that_is_only_about_known_says_so():
    about = Person("p", "MHT-1", "Nul", born_on=date(1968, 1, 1), born_precision=DatePrecision.YEAR)
    assert column("age").text(line_of(person=about)) == "c. 58"
    assert column("born").text(line_of(person=about)) == "1968"
    assert column("age").text(line_of(person=replace(about, born_on=None))) == ""


def test_codes_are_said_in_the_council_s_own_words():
    assert column("gender").text(line_of()) == "Man"


def test_the_strip_is_told_in_words_too():
    assert column("strip").text(line_of()) == "Supported living since 5 Aug 2024"
    facts = column("strip").value(line_of())
    assert facts.spans == (("supported", date(2024, 8, 5), None),)


def test_days_count_from_the_day_looked_at():
    assert column("days").text(line_of()) == "708"


def test_the_axis_shows_ten_years_back_and_the_next_two():
    axis = c.strip_axis(DAY)
    assert [year.year for year in axis.years()] == [2016, 2018, 2020, 2022, 2024, 2026, 2028]
    assert axis.today == DAY
    assert axis.end > DAY + timedelta(days=730)


def test_every_column_that_sorts_is_one_the_query_knows():
    for each in c.caseload_columns(WORDS):
        assert not each.sort or each.sort in COLUMNS, each.key


def test_keys_are_unique_and_the_usual_columns_are_shown():
    columns = c.caseload_columns(WORDS)
    assert len({each.key for each in columns}) == len(columns)
    shown = [each.key for each in columns if each.shown]
    assert shown == ["person", "age", "stage", "service", "days", "strip", "review", "target", "s117", "worker"]

"""Which of two records of one person says a thing more fully, and why."""

from datetime import date

import pytest

from mhtracker.domain.better_value import Choice, WorkedOn, better_value
from mhtracker.domain.records import DatePrecision, Person

NOW, BEFORE = date(2026, 7, 3), date(2025, 1, 9)


def person(**facts):
    given = {"surname": "Triail"} | facts
    return Person("p", "MHT-00001", **given)


def chosen(name, mine, theirs, worked_on=None):
    found = better_value(person(**{name: mine}), person(**{name: theirs}), name, worked_on or WorkedOn())
    worked_on = worked_on or WorkedOn()
    turned_round = WorkedOn(worked_on.other, worked_on.keep)
    turned = better_value(person(**{name: theirs}), person(**{name: mine}), name, turned_round)
    assert not (found.other and turned.other), "both ways round the same record is chosen"
    return found


@pytest.mark.parametrize(
    ("name", "poorer", "better", "why"),
    [
        ("given_names", "C.", "Ciarán", "the fuller name"),
        ("given_names", "Ciaran", "Ciarán Seán", "the fuller name"),
        ("given_names", "Ciaran", "Ciarán", "written with its accents"),
        ("surname", "Shchepanski", "Szczepański", "written with its accents"),
        ("nhs_number", "9990905871", "9990905878", "its check digit is right"),
        ("gender", "unknown", "male", "the other says nothing"),
        ("born_on", date(1975, 1, 1), date(1975, 11, 2), "the more exact date"),
        ("locality", "", "Westing", ""),
    ],
)
def test_the_fuller_value_is_chosen_whichever_record_has_it(name, poorer, better, why):
    assert chosen(name, poorer, better) == Choice(True, why)
    assert chosen(name, better, poorer) == Choice(False, why)


def test_a_birth_date_known_to_the_day_goes_before_a_month_or_a_year():
    exact = person(born_on=date(1975, 11, 2))
    month = person(born_on=date(1975, 11, 1), born_precision=DatePrecision.MONTH)
    assert better_value(month, exact, "born_on", WorkedOn()) == Choice(True, "the more exact date")
    assert better_value(exact, month, "born_on", WorkedOn()) == Choice(False, "the more exact date")


def test_the_worker_is_that_of_the_record_worked_on_last():
    found = chosen("worker_id", "ewa", "gwen", WorkedOn(keep=BEFORE, other=NOW))
    assert found == Choice(True, "worked on last, 3 Jul 2026")
    assert chosen("worker_id", "ewa", "gwen", WorkedOn(keep=NOW, other=BEFORE)).other is False
    assert better_value(person(worker_id="a"), person(worker_id="b"), "worker_id", WorkedOn()) == Choice()


def test_nothing_is_chosen_where_nothing_tells_them_apart():
    assert chosen("surname", "Triail", "Wzor") == Choice()
    assert chosen("nhs_number", "9990905878", "9990905878") == Choice()


def test_the_end_of_one_case_is_never_taken_over():
    assert chosen("left_on", None, NOW) == Choice()

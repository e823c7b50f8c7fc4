"""Readiness, barriers, actions and the forecast on paper."""

from dataclasses import replace
from datetime import date, timedelta

import pypdf

from mhtracker.domain.around import Around, as_it_stood
from mhtracker.domain.forecast import PLANS, MoveForecast
from mhtracker.domain.lists.code_lists import CODE_LISTS
from mhtracker.domain.records import Action, Barrier, Rating
from mhtracker.reports.person.case_summary import write_case_summary
from tests.figures import people
from tests.reports.conftest import PRINTED_AT, pages_of

DOMAINS = tuple((item.code, item.label) for item in CODE_LISTS["readiness_domain"])
LABELS = {f"delay_reason/{item.code}": item.label for item in CODE_LISTS["delay_reason"]}


def rating(domain, value, day, evidence=""):
    return Rating(f"{domain}{day}", "person-1", domain, value, day, evidence)


def full_summary(steps=0):
    around = Around(
        ratings=[
            rating("food", 1, date(2026, 2, 12)),
            rating("food", 2, date(2026, 5, 11), "Cooks four nights"),
            rating("wish", 3, date(2026, 5, 11), "“My own door”"),
        ],
        barriers=[
            Barrier("1", "person-1", "arrears", date(2026, 2, 2), date(2026, 4, 30), "£412 repaid"),
            Barrier("2", "person-1", "15", date(2026, 5, 14)),
        ],
        actions=[
            Action("1", "person-1", "Ask about band B", date(2026, 7, 10), "Ewa"),
            Action("2", "person-1", "Bank account", date(2026, 7, 17), done_on=date(2026, 7, 1)),
            *(
                Action(f"s{n}", "person-1", f"Step {n}", people.AS_AT + timedelta(days=n + 1), phase="in_reach")
                for n in range(steps)
            ),
        ],
    )
    summary = people.a_summary()
    return replace(
        summary,
        around=as_it_stood(around, people.AS_AT),
        domains=DOMAINS,
        labels=summary.labels | LABELS,
        move_on=replace(
            summary.move_on,
            forecast=MoveForecast(PLANS, date(2026, 12, 1), date(2026, 10, 5), date(2027, 3, 2), 62, 150),
        ),
    )


def printed(summary, tmp_path):
    out = tmp_path / "summary.pdf"
    write_case_summary(summary, out, printed_by="Ewa Fikcyjna", printed_at=PRINTED_AT)
    assert pypdf.PdfReader(out).pages
    return "\n".join(pages_of(out))


def test_every_domain_stands_with_its_rating_the_one_before_and_its_evidence(tmp_path):
    said = printed(full_summary(), tmp_path)
    assert "11 May 2026: 5 of 6, was 4" in said
    for words in ("Food and cooking", "was 1", "Cooks four nights", "“My own door”", "not rated"):
        assert words in said, words
    for _, label in DOMAINS:
        assert label.split()[0] in said


def test_barriers_stand_with_their_days_open_first_and_the_days_in_all(tmp_path):
    said = printed(full_summary(), tmp_path)
    assert said.index("Open Housing: social rented") < said.index("Ended Rent arrears")
    assert "148 days held up in all (Rent arrears 87; Housing: social rented, via council list 61)." in " ".join(
        said.split()
    )


def test_what_is_open_is_listed_with_its_state_and_what_is_done_is_not(tmp_path):
    said = printed(full_summary(steps=9), tmp_path)
    assert "Ask about band B" in said
    assert "4 days overdue" in said
    assert "Bank account" not in said
    assert "Step 5" in said
    assert "Step 6" not in said
    assert "3 later steps, to 23 Jul 2026." in said


def test_the_forecast_says_its_months_and_what_it_rests_on(tmp_path):
    said = printed(full_summary(), tmp_path)
    assert "Dec 2026" in said
    assert "Oct 26 to Mar 27, 62 plans" in said
    assert "Forecast Dec 2026" in said


def test_nothing_recorded_says_so(tmp_path):
    said = printed(people.a_summary(), tmp_path)
    assert "Readiness Not recorded" in said
    assert "Barriers None recorded" in said
    assert "Actions Nothing open" in said
    assert "Too few for one" in said

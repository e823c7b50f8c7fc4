"""Legal status, warnings, people, goals and measures on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mhtracker.domain.around import Around
from mhtracker.domain.lists.code_lists import CODE_LISTS
from mhtracker.domain.records import (
    CareWarning,
    Contact,
    Goal,
    GoalScore,
    LegalAndStatus,
    MeasureScore,
    MeasureTool,
    StatusKind,
)
from mhtracker.domain.summary import CaseSummary
from tests.figures import people
from tests.reports.conftest import flat
from tests.reports.test_case_summary import printed

P = "person-1"
LABELS = {item.id: item.label for items in CODE_LISTS.values() for item in items}


def summary_with(around: Around | None = None, *statuses: LegalAndStatus, charge: int | None = None) -> CaseSummary:
    made = people.a_summary(labels=LABELS)
    stay = made.current
    assert stay is not None
    stay = replace(stay, placement=replace(stay.placement, weekly_charge_pence=charge))
    return replace(
        made,
        around=around or Around(),
        statuses=(*made.statuses, *statuses),
        current=stay,
        stays=(*made.stays[:-1], stay),
    )


def said(summary: CaseSummary, tmp_path: Path) -> str:
    return flat(" ".join(printed(summary, tmp_path)))


def test_every_kind_of_status_prints_with_its_dates(tmp_path: Path) -> None:
    statuses = (
        LegalAndStatus("a", P, StatusKind.CTO, "cto", date(2026, 2, 1), expires_on=date(2026, 8, 1)),
        LegalAndStatus("b", P, StatusKind.DOLS, "standard", date(2023, 2, 1), expires_on=date(2024, 2, 1)),
        LegalAndStatus("c", P, StatusKind.COURT, "welfare", date(2025, 2, 1), reference="COP 41"),
        LegalAndStatus("d", P, StatusKind.CAPACITY, "lacks_money", date(2025, 3, 1), decided_by="E. Fikcyjna"),
        LegalAndStatus("e", P, StatusKind.ADVOCACY, "imha", date(2025, 4, 1)),
        LegalAndStatus("f", P, StatusKind.SAFEGUARDING, "enquiry", date(2026, 5, 1), reference="SG 7"),
    )
    text = said(summary_with(None, *statuses), tmp_path)
    for words in (
        "Runs out 1 Aug 2026",
        "Ran out 1 Feb 2024",
        "Court of Protection: welfare order",
        "Reference COP 41",
        "Lacks capacity: money, since 1 Mar 2025",
        "Decided by E. Fikcyjna",
        "Independent mental health advocate (IMHA)",
        "Section 42 enquiry",
        "Section 3: detained for treatment, since 12 Feb 2018",
    ):
        assert flat(words) in text, words


def test_a_charge_on_after_care_is_flagged_on_paper(tmp_path: Path) -> None:
    assert flat("Charged £42.50 a week.") in said(summary_with(charge=4250), tmp_path)
    assert flat("Charged £") not in said(summary_with(charge=0), tmp_path)


def test_warnings_that_hold_stand_on_the_first_page_and_others_do_not(tmp_path: Path) -> None:
    def warning(key: str, words: str, **facts: Any) -> CareWarning:
        return CareWarning(key, P, "animals", words, "Bit the postman", date(2026, 1, 5), "R. Ffug", **facts)

    around = Around(
        warnings=[
            warning("1", "Dog at the door", review_on=date(2026, 7, 1)),
            warning("2", "Ladder on the stairs", expires_on=date(2026, 7, 13)),
        ]
    )
    first, *_ = printed(summary_with(around), tmp_path)
    for words in ("Dog at the door", "Bit the postman. Raised 5 Jan 2026 by R. Ffug.", "1 Jul 2026"):
        assert flat(words) in flat(first)
    assert "Ladder" not in first


def test_people_print_carers_first_with_how_their_assessment_stands(tmp_path: Path) -> None:
    around = Around(
        contacts=[
            Contact("1", P, "gp", "Dr Wymysł", phone="01632 960100", organisation="Harbour Road Surgery"),
            Contact(
                "2",
                P,
                "carer",
                "Anna Przykład",
                "sister",
                assessment_due_on=date(2026, 7, 1),
                at_risk_on=date(2026, 6, 30),
            ),
            Contact("3", P, "care_coordinator", "Old Hand", started_on=date(2020, 1, 1), ended_on=date(2022, 1, 1)),
        ]
    )
    text = said(summary_with(around), tmp_path)
    people_section = text[text.index("Peoplearound") :]
    assert people_section.index("AnnaPrzykład") < people_section.index("DrWymysł") < people_section.index("OldHand")
    for words in (
        "Assessment was due 1 Jul 2026",
        "Care may break down, said 30 Jun 2026",
        "01632 960100, Harbour Road Surgery",
        "1 Jan 2020 to 1 Jan 2022",
    ):
        assert flat(words) in text, words


def test_goals_print_in_the_persons_words_with_progress_and_measures_with_range(tmp_path: Path) -> None:
    around = Around(
        goals=[
            Goal("g", P, "<b>Cook</b> four nights", date(2026, 1, 1), aimed_for=date(2026, 12, 1)),
            Goal("h", P, "Swim", date(2025, 1, 1), ended_on=date(2025, 9, 2), end_reason="met"),
        ],
        goal_scores=[GoalScore("1", P, "g", 3, date(2026, 2, 1)), GoalScore("2", P, "g", 7, date(2026, 7, 1))],
        measures=[MeasureScore("m", P, "t", 22, date(2026, 1, 9)), MeasureScore("n", P, "t", 25.5, date(2026, 6, 9))],
        tools={"t": MeasureTool("t", "Distress list", 0, 40, higher_is_better=False)},
    )
    text = said(summary_with(around), tmp_path)
    for words in (
        "“<b>Cook</b> four nights”",
        "7 of 10, 1 Jul 2026",
        "Up 4 since 1 Feb 2026",
        "1 Dec 2026",
        "Reached 2 Sep 2025",
        "25.5, 9 Jun 2026",
        "0 to 40, lower is better",
        "Up 3.5 since 9 Jan 2026, worse",
    ):
        assert flat(words) in text, words


def test_without_after_care_the_legal_status_is_what_else_holds(tmp_path: Path) -> None:
    detained = LegalAndStatus("a", P, StatusKind.CAPACITY, "lacks_money", date(2025, 3, 1))
    text = said(people.an_empty_summary(statuses=[detained], labels=LABELS), tmp_path)
    assert flat("Legal status Capacity: lacks capacity: money") in text


@pytest.mark.parametrize("goals", [2, 4, 9, 14])
def test_a_chart_never_stands_on_a_page_without_its_heading(goals: int, tmp_path: Path) -> None:
    around = Around(
        goals=[Goal(f"g{n}", P, f"Goal number {n} of many", date(2026, 1, 1)) for n in range(goals)],
        goal_scores=[
            GoalScore(f"{n}{month}", P, f"g{n}", month, date(2026, month, 1)) for n in range(goals) for month in (2, 6)
        ],
    )
    pages = printed(summary_with(around), tmp_path)
    charted = [page for page in pages if re.search(r"^“Goal number \d+ of many”$", page, re.MULTILINE)]
    assert charted
    for page in charted:
        assert "Goals, in the person’s own words" in page


def test_what_is_not_recorded_says_so(tmp_path: Path) -> None:
    text = said(people.an_empty_summary(), tmp_path)
    assert flat("Not recorded Goals, people around, notes") in text
    assert text.count("Legalstatus") == 1
    assert "Latestnotes" not in text
    assert "Warnings" not in text
    assert "Measures" not in text

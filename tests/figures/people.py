"""Invented people as case summaries, built without a register. `a_summary()` is the one of the mock-ups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mhtracker.domain.dates import age_on
from mhtracker.domain.pathway import DEFAULT_STAGES, by_id, current_placement
from mhtracker.domain.records import (
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Provider,
    Review,
    ReviewKind,
    ReviewOutcome,
    Service,
    StatusKind,
    Target,
)
from mhtracker.domain.reviewing.due import ReviewRules, due, review_lines, review_need
from mhtracker.domain.summary import CaseSummary, MoveOn, Stay

AS_AT = date(2026, 7, 14)
STAGES = by_id(DEFAULT_STAGES)
RULES = ReviewRules()
FINISHED = datetime(2026, 7, 14, 9, 41, tzinfo=UTC)


def a_person(surname: str = "Przykład", given_names: str = "Marek", **fields: Any) -> Person:
    values: dict[str, Any] = {
        "id": "person-1",
        "ref": "MHT-00417",
        "born_on": date(1981, 3, 23),
        "nhs_number": "9999981801",
        "local_id": "M204417",
        "gender": "male",
        "care_coordinator": "Dr Nasrin Farzi",
        "locality": "North",
    }
    return Person(surname=surname, given_names=given_names, **(values | fields))


def a_stay(stage: str, start: date, end: date | None = None, service: str = "", **fields: Any) -> Placement:
    return Placement(
        id=fields.pop("id", f"{stage}-{start}"),
        person_id="person-1",
        stage_id=stage,
        started_on=start,
        ended_on=end,
        service_id=service or None,
        **fields,
    )


def stays_of(placements: Sequence[Placement], as_at: date) -> tuple[Stay, ...]:
    made: list[Stay] = []
    last: date | None = None
    for placement in sorted(placements, key=lambda p: (p.started_on, p.id)):
        gap = max(0, (placement.started_on - last).days) if last else 0
        service = None
        provider = None
        if placement.service_id:
            provider = Provider("provider-1", "Tidewater Support")
            service = Service(placement.service_id, placement.service_id, "provider-1", placement.stage_id, "North")
        days = ((placement.ended_on or as_at) - placement.started_on).days
        made.append(Stay(placement, STAGES[placement.stage_id], service, provider, days, gap))
        end = placement.ended_on or as_at
        last = max(last, end) if last else end
    return tuple(made)


def summary_of(
    person: Person,
    placements: Sequence[Placement] = (),
    *,
    as_at: date = AS_AT,
    reviews: Sequence[Review] = (),
    plan: MoveOnPlan | None = None,
    targets: Sequence[Target] = (),
    statuses: Sequence[LegalAndStatus] = (),
    notes: Sequence[Note] = (),
    demo: bool = False,
    **fields: Any,
) -> CaseSummary:
    stays = stays_of(placements, as_at)
    open_stays = [s for s in stays if s.placement.ended_on is None]
    current = max(open_stays, key=lambda s: s.placement.started_on, default=None)
    move_on = None
    if plan is not None:
        move_on = MoveOn(
            plan=plan,
            aim_stage=STAGES.get(plan.aim_stage_id or ""),
            original=targets[0] if targets else None,
            current=targets[-1] if targets else None,
            slips=tuple(targets[1:]),
            due=due(targets[-1].target_on if targets else None, as_at),
        )
    latest = {status.kind: status for status in statuses if status.ended_on is None}
    started = current.placement.started_on if current else None
    need = review_need(reviews, started, RULES, as_at)

    def present_start(day: date) -> date | None:
        there = current_placement(placements, day)
        return there.started_on if there else None

    values: dict[str, Any] = {
        "as_at": as_at,
        "as_known": None,
        "person": person,
        "age": age_on(person.born_on, as_at) if person.born_on else None,
        "status": "on_pathway",
        "worker": "Ewa Fikcyjna",
        "team": "Recovery North",
        "stages": DEFAULT_STAGES,
        "stays": stays,
        "current": current,
        "review": need,
        "reviews": review_lines(reviews, need, present_start, RULES, as_at),
        "move_on": move_on,
        "past_plans": (),
        "statuses": tuple(statuses),
        "s117": latest.get(StatusKind.S117),
        "accommodation": latest.get(StatusKind.ACCOMMODATION),
        "employment": latest.get(StatusKind.EMPLOYMENT),
        # Notes here are finished, unless a test says otherwise after the summary is made.
        "notes": tuple(replace(note, finished_at=FINISHED) for note in notes),
        "labels": {},
        "council": "Northmoor Council",
        "demo": demo,
    }
    return CaseSummary(**(values | fields))


def a_review(number: int, **fields: Any) -> Review:
    return Review(id=f"review-{number}", person_id="person-1", **fields)


def a_target(number: int, target_on: date, set_on: date, **fields: Any) -> Target:
    return Target(f"target-{number}", "plan-1", "person-1", target_on, set_on, position=number, **fields)


def a_summary(person: Person | None = None, **fields: Any) -> CaseSummary:
    """Marek Przykład of the mock-ups: hospital, a care home, a gap, enablement, supported living, a slipped target."""
    held = [
        date(2018, 4, 5),
        date(2019, 3, 20),
        date(2020, 7, 1),
        date(2021, 7, 2),
        date(2022, 7, 11),
        date(2023, 6, 1),
        date(2024, 6, 20),
        date(2024, 9, 26),
    ]
    reviews = [
        a_review(n, kind=ReviewKind.CARE_ACT, held_on=day, outcome=ReviewOutcome.CONTINUE) for n, day in enumerate(held)
    ]
    reviews[-1] = replace(reviews[-1], summary="Settled; hours 21 to 17.5 a week from 7 Oct 2024.")
    reviews += [
        a_review(
            20,
            kind=ReviewKind.S117,
            held_on=date(2025, 6, 21),
            outcome=ReviewOutcome.CHANGE,
            summary="s117 continues: Dr N. Farzi for health, R. Ffug for the council. Aim own tenancy.",
            attended="Marek, Anna Przykład, Dr N. Farzi",
        ),
        a_review(21, kind=ReviewKind.CARE_ACT, booked_on=date(2026, 7, 22), booked_time="10:30"),
    ]
    placements = [
        a_stay("hospital", date(2017, 11, 9), date(2018, 2, 12), "Ashdown Ward", planned=True, end_reason="discharged"),
        a_stay("residential", date(2018, 2, 12), date(2024, 3, 19), "Beech Lodge", planned=True),
        a_stay(
            "enablement",
            date(2024, 5, 13),
            date(2024, 8, 5),
            "Step House",
            planned=True,
            gap_reason="stayed with sister while Step House was refitted",
        ),
        a_stay("supported", date(2024, 8, 5), None, "Harbour Court", address="Flat 6", weekly_cost_pence=68420),
    ]
    return summary_of(
        person or a_person(),
        placements,
        **{
            "reviews": reviews,
            "plan": MoveOnPlan("plan-1", "person-1", "independent", "Own tenancy", date(2025, 1, 30)),
            "targets": [
                a_target(1, date(2026, 1, 30), date(2025, 1, 30)),
                a_target(2, date(2026, 4, 30), date(2025, 12, 1), reason_code="arrears", reason="Rent arrears, £412"),
                a_target(3, date(2026, 9, 30), date(2026, 5, 11), reason="No offer yet", set_by="Ewa Fikcyjna"),
            ],
            "statuses": [
                LegalAndStatus("status-1", "person-1", StatusKind.S117, "3", date(2018, 2, 12)),
                LegalAndStatus("status-2", "person-1", StatusKind.ACCOMMODATION, "supported", date(2024, 8, 5)),
                LegalAndStatus("status-3", "person-1", StatusKind.EMPLOYMENT, "voluntary", date(2025, 2, 1)),
            ],
            "notes": [
                Note(
                    "note-1",
                    "person-1",
                    "call",
                    date(2026, 7, 9),
                    "Marek rang. He viewed 12 Allotment Row from outside and likes it. Still no letter from Northmoor"
                    " Homes. He asked that Anna comes to the review on the 22nd.",
                    "E. Fikcyjna",
                ),
                Note("note-2", "person-1", "visit", date(2026, 6, 26), "Visited with the keyworker.", "E. Fikcyjna"),
            ],
            **fields,
        },
    )


def an_empty_summary(**fields: Any) -> CaseSummary:
    """Someone of whom the register holds nothing but a name."""
    person = Person("person-2", "MHT-00002", "Nowak")
    return summary_of(person, worker="", team="", council="", **fields)


def a_crowded_summary() -> CaseSummary:
    """Forty stays, sixty reviews, names of two hundred letters."""
    stages = list(STAGES)
    placements: list[Placement] = []
    day = date(1999, 1, 10)
    for number in range(40):
        end = day + timedelta(days=35 + number * 11)
        if number % 7 == 3:
            day += timedelta(days=number)
            end = day
        service = "Beech Lodge " * 20 if number % 2 else f"House {number}"
        end_or_now = None if number == 39 else end
        placements.append(a_stay(stages[number * 5 % 8], day, end_or_now, service, id=f"stay-{number}"))
        day = end + timedelta(days=40 if number % 6 == 5 else 0)
    reviews = [a_review(n, held_on=date(2002, 1, 1) + timedelta(days=n * 150)) for n in range(60)]
    return summary_of(a_person("Ł" * 200, "Zażółć " * 30), placements, reviews=reviews)

"""The manager's figures between two days, each with its people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mhtracker.analysis.facts import Facts, read_everybody
from mhtracker.analysis.flow import Flow, flow, returns_within
from mhtracker.analysis.measures import planned_moves, status_measures, still_home, sustained
from mhtracker.analysis.money import Money, count_money
from mhtracker.analysis.programme import ProgrammeProgress, programme_progress
from mhtracker.analysis.share import Share
from mhtracker.analysis.stay_lengths import StayLengths, stay_lengths
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.delays import delayed_days
from mhtracker.domain.records import DueState, Programme, ProgrammePerson
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload
from mhtracker.store.store import Store

STUCK_SHOWN = 8
"""How many a page names before it offers all."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """Somebody longer in a stage than three in four of its stays, or than its usual longest stay.

    `days` is how long; `over_days` how far beyond. `barrier` is the code of the reason that held longest, if any.
    """

    person_id: str
    ref: str
    stage_id: str
    days: int
    over_days: int
    barrier: str | None


@dataclass(frozen=True, slots=True)
class Delay:
    """Days held up for one reason in the period, and whose."""

    code: str
    people: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class ReviewCount:
    """Everybody who needs a review, by how it stands. `never` are those of the overdue who never had one."""

    in_date: tuple[str, ...]
    due_soon: tuple[str, ...]
    overdue: tuple[str, ...]
    never: tuple[str, ...]

    @property
    def in_date_share(self) -> Share:
        """Those not overdue, of all who need one."""
        return Share(
            "Reviews in date",
            "People on the pathway who need a review. Counted: it is not overdue. A booking does not count as held.",
            "Reviews, by the office’s rules",
            self.in_date + self.due_soon,
            self.in_date + self.due_soon + self.overdue,
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything between two days, both included; states and lengths as at the second."""

    from_on: date
    to_on: date
    flow: Flow
    lengths: dict[str, StayLengths]
    stuck: tuple[Stuck, ...]
    delays: tuple[Delay, ...]
    delayed_people: tuple[str, ...]
    delayed_days: int
    reviews: ReviewCount
    measures: dict[str, Share]
    returns: tuple[int, int]
    money: Money
    programme: ProgrammeProgress | None = None


def year_to(day: date) -> date:
    """The 1 April with which the financial year of a day began."""
    return date(day.year if day >= date(day.year, 4, 1) else day.year - 1, 4, 1)


def build_progress(store: Store, from_on: date, to_on: date, programme_id: str | None = None) -> Progress:
    """Count everything. Reads everybody's records once.

    The programme shown is the one asked for, else the latest set up that was running at `to_on`, if there is one.
    """
    facts = read_everybody(store, to_on)
    spells = facts.all_spells()
    moved = flow(spells, facts.stages, from_on, to_on)
    lengths = {
        stage_id: stay_lengths((s.days(to_on), s.ended_on is not None) for s in spells if s.stage_id == stage_id)
        for stage_id in facts.stages
    }
    delays, people, days = _delays(facts, from_on)
    measures = status_measures(facts)
    measures["still_home_84_days"] = still_home(facts, from_on, to_on)
    measures["planned_moves"] = planned_moves(moved)
    measures["sustained_6_months"] = sustained(facts, 6, from_on, to_on)
    measures["sustained_12_months"] = sustained(facts, 12, from_on, to_on)
    return Progress(
        from_on,
        to_on,
        moved,
        lengths,
        tuple(_stuck(facts, lengths)),
        delays,
        people,
        days,
        _reviews(list_caseload(store, CaseloadQuery(), to_on), to_on),
        measures,
        returns_within(facts.spells.values(), to_on),
        count_money(facts, moved),
        _programme(store, facts, programme_id),
    )


def _programme(store: Store, facts: Facts, programme_id: str | None) -> ProgrammeProgress | None:
    """A version that was replaced later was the one in force before."""
    if programme_id is not None:
        programme: Programme | None = store.get(Programme, programme_id)
    else:
        running = [
            each
            for each in store.find(Programme)
            if each.baseline_on <= facts.as_at and (each.ended_on is None or each.ended_on > facts.as_at)
        ]
        programme = max(running, key=lambda each: (each.frozen_on or date.min, each.id), default=None)
    if programme is None:
        return None
    return programme_progress(facts, programme, store.find(ProgrammePerson, programme_id=programme.id))


def _stuck(facts: Facts, lengths: dict[str, StayLengths]) -> list[Stuck]:
    """Longest beyond first. The stricter of the two marks holds where a stage has both."""
    found = []
    for person_id in facts.on_pathway:
        spells = facts.spells[person_id]
        if not spells or spells[-1].ended_on is not None:
            continue
        spell, stage = spells[-1], facts.stages[spells[-1].stage_id]
        if stage.own_home:
            continue  # nobody is stuck at home
        quartile = lengths[stage.id].upper_quartile_days if lengths[stage.id].completed else None
        marks = [mark for mark in (quartile, stage.limit_days) if mark is not None]
        days = spell.days(facts.as_at)
        if marks and days > min(marks):
            ref = facts.people[person_id].person.ref
            found.append(Stuck(person_id, ref, stage.id, days, days - min(marks), _longest_barrier(facts, person_id)))
    return sorted(found, key=lambda each: (-each.over_days, each.person_id))


def _longest_barrier(facts: Facts, person_id: str) -> str | None:
    held = [b for b in facts.barriers.get(person_id, ()) if b.ended_on is None or b.ended_on > facts.as_at]
    return min(held, key=lambda b: (b.started_on, b.id)).code if held else None


def _delays(facts: Facts, from_on: date) -> tuple[tuple[Delay, ...], tuple[str, ...], int]:
    """By reason, most days first; then everybody held up, and their days without counting one twice."""
    until = facts.as_at + timedelta(days=1)
    days_of: dict[str, int] = {}
    people_of: dict[str, list[str]] = {}
    everybody, total = [], 0
    for person_id, barriers in sorted(facts.barriers.items()):
        found = delayed_days(barriers, from_on, until)
        if found.total:
            everybody.append(person_id)
            total += found.total
        for code, days in found.by_reason.items():
            days_of[code] = days_of.get(code, 0) + days
            people_of.setdefault(code, []).append(person_id)
    delays = (Delay(code, tuple(people_of[code]), days) for code, days in days_of.items())
    return tuple(sorted(delays, key=lambda each: (-each.days, each.code))), tuple(everybody), total


def _reviews(lines: Iterable[CaseloadLine], as_at: date) -> ReviewCount:
    found: dict[str, list[str]] = {"in_date": [], "due_soon": [], "overdue": [], "never": []}
    for line in lines:
        state = line.review_due(as_at).state
        if state == DueState.OVERDUE:
            found["overdue"].append(line.person_id)
            if line.review_never:
                found["never"].append(line.person_id)
        elif state in (DueState.DUE_SOON, DueState.DUE_TODAY):
            found["due_soon"].append(line.person_id)
        elif state == DueState.IN_DATE:
            found["in_date"].append(line.person_id)
    return ReviewCount(*(tuple(found[name]) for name in ("in_date", "due_soon", "overdue", "never")))

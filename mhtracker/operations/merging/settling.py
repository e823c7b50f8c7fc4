"""What of two records cannot both go on once they are one: statuses, barriers, bookings and plans, and what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from mhtracker.domain.dates import write_date
from mhtracker.domain.legal import orders as legal
from mhtracker.domain.records import (
    Barrier,
    LegalAndStatus,
    MoveOnPlan,
    Review,
    StatusKind,
    Waiting,
)
from mhtracker.operations.merging.money import Settled, settle_money
from mhtracker.store import Store

_KINDS = {StatusKind.S117: "s117", StatusKind.EMPLOYMENT: "employment", StatusKind.ACCOMMODATION: "accommodation"}


def settle(store: Store, keep_id: str, other_id: str) -> list[Settled]:
    """What merging ends, joins or gives up. Records of one person alone are left as they are."""
    both = [keep_id, other_id]
    return [
        *_statuses(store, both),
        *_barriers(store, both),
        *_bookings(store, both),
        *_plans(store, both),
        *_waiting(store, both),
        *settle_money(store, keep_id, other_id),
    ]


def _statuses(store: Store, both: list[str]) -> list[Settled]:
    found = []
    for kind, said in _KINDS.items():
        running = store.find(LegalAndStatus, person_id=both, kind=kind, ended_on=None)
        running.sort(key=lambda each: each.started_on or date.min)
        for before, later in pairwise(running):
            alike = kind != StatusKind.S117 or before.code == later.code
            if before.person_id == later.person_id or later.started_on is None or not alike:
                continue
            reason = legal.NEW_DETENTION if kind == StatusKind.S117 else before.end_reason
            ended = replace(before, ended_on=later.started_on, end_reason=reason)
            words = f"The earlier {said} ends on {write_date(later.started_on)}, where the later begins."
            found.append(Settled(ended, words))
    return found


def _barriers(store: Store, both: list[str]) -> list[Settled]:
    barriers = sorted(store.find(Barrier, person_id=both, ended_on=None), key=lambda each: each.started_on)
    found: list[Settled] = []
    first: dict[str, Barrier] = {}
    for barrier in barriers:
        kept = first.setdefault(barrier.code, barrier)
        if kept.person_id == barrier.person_id:
            continue
        since = f"{write_date(kept.started_on)} and {write_date(barrier.started_on)}"
        notes = "\n".join(dict.fromkeys(note for note in (kept.note, barrier.note) if note))
        said = kept.attributable if barrier.attributable in ("", kept.attributable) else barrier.attributable
        said = "both" if kept.attributable and said != kept.attributable else said
        first[barrier.code] = replace(kept, note=notes, attributable=said, plan_id=kept.plan_id or barrier.plan_id)
        found.append(Settled(barrier, f"Two barriers of one kind, since {since}, become one.", goes=True))
    joined = {each.record.code for each in found if isinstance(each.record, Barrier)}
    return [*found, *(Settled(first[code], "") for code in sorted(joined))]


def _bookings(store: Store, both: list[str]) -> list[Settled]:
    ahead = [
        review
        for review in store.find(Review, person_id=both, held_on=None, abandoned_on=None)
        if review.booked_on is not None and review.booked_on >= store.today
    ]
    ahead.sort(key=lambda each: (each.booked_on or date.max, each.booked_time))
    found: list[Settled] = []
    first: dict[str, Review] = {}
    for review in ahead:
        kept = first.setdefault(review.kind, review)
        if kept.person_id != review.person_id and kept.booked_on and review.booked_on:
            stays, goes = write_date(kept.booked_on), write_date(review.booked_on)
            words = f"Of two reviews booked, {stays} is kept; {goes} is abandoned."
            found.append(Settled(replace(review, abandoned_on=store.today, abandon_reason="merged"), words))
    return found


def _waiting(store: Store, both: list[str]) -> list[Settled]:
    """Somebody waits once, since the earlier day; the offers made under the later entry stay with it."""
    entries = sorted(store.find(Waiting, person_id=both, ended_on=None), key=lambda each: (each.since_on, each.id))
    found = []
    for kept, later in pairwise(entries):
        words = f"On the waiting list twice; the entry since {write_date(kept.since_on)} is kept."
        ended = replace(later, ended_on=max(store.today, later.since_on), end_reason="error")
        found.append(Settled(ended, words))
    return found


def _plans(store: Store, both: list[str]) -> list[Settled]:
    plans = sorted(store.find(MoveOnPlan, person_id=both, ended_on=None), key=lambda each: each.started_on or date.min)
    found = []
    for before, later in pairwise(plans):
        if before.person_id != later.person_id:
            on = max(later.started_on or store.today, before.started_on or date.min)
            ended = replace(before, ended_on=on, end_reason="changed")
            found.append(
                Settled(ended, f"The older move-on plan ends on {write_date(on)}, since another took its place.")
            )
    return found

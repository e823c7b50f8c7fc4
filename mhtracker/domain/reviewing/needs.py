"""What the kinds of review ask for beyond the main rule: s117, enablement weeks, contact after discharge.

The main review (56 days, then every 12 months) is `reviews.review_need`. These needs stand beside it, and only where
they say something that it does not: one visit is one line.

A need holds dates and never states. It is true of every day between those its caseload line names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mhtracker.domain.caseload import ON_PATHWAY, CaseloadLine, Names, PersonFacts
from mhtracker.domain.dates import add_months
from mhtracker.domain.legal.orders import status_held
from mhtracker.domain.pathway import current_placement, holds_on
from mhtracker.domain.records import Note, Placement, Review, ReviewType, StatusKind
from mhtracker.domain.reviewing.due import Need, as_they_stood, booking_that_counts, is_open

SPOKEN_KINDS = ("visit", "call", "meeting")
"""The kinds of note that say somebody saw the person or spoke to them."""


def main_type(types: Iterable[ReviewType]) -> ReviewType | None:
    """The kind that the office's main rule asks for: the first that is counted from a placement."""
    counted = [each for each in types if each.begins == "placement" and not each.retired]
    return min(counted, key=lambda each: (each.position, each.id), default=None)


def days_of(review_type: ReviewType) -> tuple[int, ...]:
    """The days after its start on which a kind is due, in order."""
    return tuple(sorted(int(each) for each in review_type.days.split(",") if each.strip().isdigit()))


def is_spoken(note: Note) -> bool:
    """Whether a note tells of seeing or speaking to the person. An unfinished one tells nothing yet."""
    return note.kind in SPOKEN_KINDS and note.finished_at is not None


def build_needs(
    facts: PersonFacts, line: CaseloadLine, names: Names, as_at: date, *, since: date | None = None
) -> list[Need]:
    """The needs of one person beside the main one, as at a day; contacts are met by reviews only (see `with_spoken`).

    What had lapsed by `since` (the line's `good_from` unless given) is left out, so that old histories ask for
    nothing.
    """
    if line.status != ON_PATHWAY or not names.review_types:
        return []
    since = line.good_from if since is None else since
    found: list[Need] = []
    main = main_type(names.review_types)
    for review_type in names.review_types:
        if review_type.retired or review_type is main:
            continue
        if review_type.begins == "s117":
            found += _s117(review_type, facts, line, as_at)
        elif review_type.begins == "discharge":
            found += _after_discharge(review_type, facts, names, as_at)
        elif review_type.begins in ("stage", "placement"):
            found += _in_a_stay(review_type, facts, line, as_at)
    return [need for need in found if need.kind == _S117 or not _is_past(need, since)]


def _is_past(need: Need, since: date) -> bool:
    """Whether it had lapsed by a day, or was a contact that a review had met by then."""
    lapsed = need.lapses_on is not None and need.lapses_on <= since
    return lapsed or (need.contact and need.met_on is not None and need.met_on <= since)


_S117 = "s117"


def with_spoken(needs: Iterable[Need], spoken_on: Sequence[date]) -> list[Need]:
    """The needs with each contact met by the first day after it began on which the person was seen or spoken to."""
    found = []
    for need in needs:
        if need.contact:
            days = [day for day in spoken_on if day > need.listed_on]
            days += [need.met_on] if need.met_on is not None else []
            need = replace(need, met_on=min(days, default=None))
        found.append(need)
    return found


def _held(facts: PersonFacts, as_at: date) -> list[Review]:
    return [review for review in facts.reviews if review.held_on is not None and review.held_on <= as_at]


def _s117(review_type: ReviewType, facts: PersonFacts, line: CaseloadLine, as_at: date) -> Iterator[Need]:
    """Once a year. Listed apart only while it falls due before the main review, which otherwise covers both."""
    if not line.s117 or review_type.repeat_months is None:
        return
    status = status_held(facts.statuses, StatusKind.S117, as_at)
    held = _held(facts, as_at)
    own = [review.held_on for review in held if review.kind == review_type.id or review.s117_decision is not None]
    anchors = [day for day in own or [review.held_on for review in held] if day is not None]
    if status is not None and status.started_on is not None:
        anchors.append(status.started_on)
    if not anchors:
        return
    last = max(anchors)
    due_on, main_on = add_months(last, review_type.repeat_months), line.review_due_on
    lapses_on = main_on if main_on is None or due_on < main_on else last
    need = _need(review_type, line.person_id, "s117", review_type.label, due_on, last, lapses_on)
    yield _booked(need, facts, last, as_at)


def covers_s117(need: Need, main_on: date | None, as_at: date) -> bool:
    """Whether the main review is the visit at which an s117 need is met too: it comes in time, or both are late."""
    if main_on is None or need.is_listed(as_at):
        return False
    return need.due_on <= main_on + (need.due_on - need.soon_on)


def _in_a_stay(review_type: ReviewType, facts: PersonFacts, line: CaseloadLine, as_at: date) -> Iterator[Need]:
    """Some days after a stay began, and then every so many months. The latest day reached stands for those before.

    Any review held since meets the days reached by then, and one that was due soon: nobody is visited twice in a week
    because two kinds of review were due.
    """
    if review_type.begins == "stage":
        start = line.since_on if line.stage_id == review_type.stage_id else None
    else:
        now = current_placement(facts.placements, as_at)
        start = now.started_on if now is not None else None
    if start is None:
        return
    days = days_of(review_type)
    own = sorted(r.held_on for r in _held(facts, as_at) if r.held_on and r.held_on > start)
    reached = [n for n in days if own and start + timedelta(days=n - review_type.soon_days) <= own[-1]]
    ahead = days[len(reached) :]
    for place, number in enumerate(ahead):
        due_on = start + timedelta(days=number)
        ends = [line.review_due_on] if line.review_first and review_type.begins == "stage" else []
        ends.append(due_on + timedelta(days=review_type.lapse_days) if review_type.lapse_days is not None else None)
        ends.append(start + timedelta(days=ahead[place + 1]) if place + 1 < len(ahead) else None)
        what = f"{review_type.label}, week {number // 7}" if number % 7 == 0 else f"{review_type.label}, day {number}"
        listed_on = due_on if place else start
        lapses_on = min((day for day in ends if day is not None), default=None)
        need = _need(
            review_type, line.person_id, f"{review_type.id}:{start}:{number}", what, due_on, listed_on, lapses_on
        )
        yield _booked(need, facts, start, as_at)
    if not ahead and review_type.repeat_months is not None:
        last = max([*own, start])
        due_on = add_months(last, review_type.repeat_months)
        need = _need(review_type, line.person_id, f"{review_type.id}:{last}", review_type.label, due_on, last, None)
        yield _booked(need, facts, last, as_at)


def _after_discharge(review_type: ReviewType, facts: PersonFacts, names: Names, as_at: date) -> Iterator[Need]:
    """Some days after each stay that ended in going home from a hospital: not in death, nor in another ward.

    A contact does not lapse with time: it is asked for until it is met, the person is in hospital again, or somebody
    says that it is not needed.
    """
    wards = [p for p in facts.placements if names.stages[p.stage_id].keeps_place]
    for stay in wards:
        left_on, days = stay.ended_on, days_of(review_type)
        if left_on is None or left_on > as_at or not days or _died_there(facts, stay, left_on):
            continue
        if any(other is not stay and holds_on(other, left_on) for other in wards):
            continue
        due_on = left_on + timedelta(days=days[0])
        ends = [other.started_on for other in wards if left_on < other.started_on <= as_at]
        ends += _not_needed(review_type, facts, left_on, as_at)
        if review_type.lapse_days is not None and not review_type.contact:
            ends.append(due_on + timedelta(days=review_type.lapse_days))
        seen = [
            r.held_on
            for r in _held(facts, as_at)
            if r.held_on and r.held_on > left_on and (review_type.contact or r.kind == review_type.id)
        ]
        key = f"{review_type.id}:{left_on}"
        lapses_on = min(ends, default=None)
        need = _need(review_type, facts.person.id, key, review_type.label, due_on, left_on, lapses_on)
        yield replace(need, met_on=min(seen, default=None))


def _not_needed(review_type: ReviewType, facts: PersonFacts, left_on: date, as_at: date) -> list[date]:
    """The days from a discharge on which somebody said that no contact is needed after it."""
    days = [r.abandoned_on for r in facts.reviews if r.kind == review_type.id and r.abandoned_on and r.held_on is None]
    return [day for day in days if left_on <= day <= as_at]


def _died_there(facts: PersonFacts, stay: Placement, left_on: date) -> bool:
    died_on = facts.person.died_on
    return stay.end_reason == "died" or (died_on is not None and died_on <= left_on)


def _need(
    review_type: ReviewType, person_id: str, key: str, what: str, due_on: date, listed_on: date, lapses_on: date | None
) -> Need:
    soon_on = due_on - timedelta(days=review_type.soon_days)
    kind, contact = review_type.id, review_type.contact
    return Need(person_id, kind, key, what, contact, due_on, soon_on, listed_on, lapses_on)


def _booked(need: Need, facts: PersonFacts, after: date, as_at: date) -> Need:
    stood = as_they_stood(facts.reviews, as_at)
    own = [review for review in stood if review.kind == need.kind and is_open(review, as_at)]
    booked = booking_that_counts(own, after, as_at)
    if booked is None:
        return need
    return replace(need, booked_on=booked.booked_on, booked_time=booked.booked_time)

"""Holding a review: what was said and decided, who came, what follows from it – all in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from mhtracker.domain import move_on_rules, rules
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.legal.after_care import check_s117_ending
from mhtracker.domain.legal.orders import status_held
from mhtracker.domain.money.costs import gross_on
from mhtracker.domain.names import fold
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.records import (
    Action,
    CostLine,
    LegalAndStatus,
    MoveOnPlan,
    Person,
    Placement,
    Review,
    ReviewAttendance,
    ReviewOutcome,
    ReviewType,
    S117Decision,
    StatusKind,
    SupportChange,
    Worker,
    new_id,
)
from mhtracker.domain.reviewing.due import next_review_due
from mhtracker.domain.reviewing.rules import check_decisions
from mhtracker.operations.drafting import Consequence, Preview, drafted, previewed
from mhtracker.operations.money.cost_drafts import CostDraft, save_costs, stay_on
from mhtracker.operations.money.costs import decide_cost
from mhtracker.store import Store, Work
from mhtracker.text import format_date, format_pence

_AS_THE_REVIEW_SAYS = {
    "ended_by_health": "s117_health_name",
    "ended_by_council": "s117_council_name",
    "end_reason": "s117_reason",
    "ended_on": "s117_decision",
}


@dataclass(frozen=True, slots=True)
class Attending:
    """Somebody asked to a review. `came` is "came", "apologies", "absent" or "" where nobody said."""

    name: str
    role: str | None = None
    came: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action agreed at a review: what, who, by when. `who` may be one of the office's workers."""

    what: str
    who: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a held review says beside its outcome; the names are those of `Review`.

    `changes_cost` has the new cost hold from `changes_on`, past or ahead; what it cost before stays as it was.
    """

    method: str | None = None
    reason_code: str | None = None
    own_view: str = ""
    works: str = ""
    does_not_work: str = ""
    s117_decision: S117Decision | None = None
    s117_reason: str = ""
    s117_health_name: str = ""
    s117_council_name: str = ""
    support_change: SupportChange | None = None
    hours_per_week: float | None = None
    weekly_cost_pence: int | None = None
    changes_on: date | None = None
    changes_cost: bool = False


_OF_THE_REVIEW = tuple(field.name for field in fields(Told) if field.name != "changes_cost")


def hold_review(
    store: Store,
    review_id: str,
    *,
    held_on: date,
    outcome: ReviewOutcome,
    next_on: date | None = None,
    summary: str = "",
    attended: str = "",
    told: Told | None = None,
    attendance: Sequence[Attending] | None = None,
    actions: Sequence[Agreed] = (),
) -> Review:
    """Complete a review and schedule the next. Undoable. Raises Invalid("held_on") for a date in the future.

    A `next_on` before the rule's date becomes the due date; any later one is a booking, which postpones nothing. An
    s117 decision to end ends after-care too. `attendance` replaces what was kept when booking, unless None.
    """
    found = store.get(Review, review_id)
    with store.operation("Hold review", person_id=found.person_id) as work:
        review = work.get(Review, review_id)
        if review.held_on is not None:
            raise Invalid({"": f"This review was held on {write_date(review.held_on)} already."})
        held = _held(review, held_on, outcome, summary, attended, told)
        return _record(store, work, held, next_on, told or Told(), attendance, actions)


def record_review(
    store: Store,
    person_id: str,
    *,
    kind: str = "care_act",
    held_on: date,
    outcome: ReviewOutcome,
    next_on: date | None = None,
    summary: str = "",
    attended: str = "",
    told: Told | None = None,
    attendance: Sequence[Attending] | None = None,
    actions: Sequence[Agreed] = (),
) -> Review:
    """Record a review that was held without a booking; otherwise as `hold_review`."""
    with store.operation("Record review", person_id=person_id) as work:
        held = _held(Review(new_id(), person_id, kind), held_on, outcome, summary, attended, told)
        return _record(store, work, held, next_on, told or Told(), attendance, actions)


def preview_review(
    store: Store,
    person_id: str,
    *,
    held_on: date | None,
    next_on: date | None = None,
    kind: str = "care_act",
    outcome: ReviewOutcome | None = None,
    told: Told | None = None,
) -> Preview:
    """What holding a review that day would do: when the next falls due, what its date becomes, what ends.

    Without an `outcome` yet, nothing is said of whether it fits.
    """
    if held_on is None:
        return Preview({"held_on": "The day is empty. Write the day the review took place."})
    day, person = held_on, store.get(Person, person_id)
    rule_on = rule_due(store, person_id, day)

    def draft() -> tuple[Caution, ...]:
        held = _held(Review(new_id(), person_id, kind), day, outcome or ReviewOutcome.CHANGE, "", "", told)
        cautions = rules.check_review_held(held, person=person, today=store.today)
        cautions += check_decisions(held, _type_of(store, held))
        _ended_after_care(store, held)
        cost = _new_cost(store, held, told or Told())
        cautions += cost.cautions if cost is not None else ()
        return cautions + (rules.check_next_review(day, next_on) if next_on is not None else ())

    found = _next_words(rule_on, next_on)
    if told is not None and told.s117_decision == S117Decision.END:
        found.append(Consequence("stage", f"s117 after-care ends on {format_date(day, weekday=True)}"))
    found += _cost_words(store, person_id, told) if told is not None else []
    return previewed(draft, *found)


def _cost_words(store: Store, person_id: str, told: Told) -> list[Consequence]:
    """What becomes of what support costs: replaced from its day, or only noted with the review."""
    if told.weekly_cost_pence is None or told.changes_on is None:
        return []
    lines = store.find(CostLine, person_id=person_id)
    before = gross_on(stay_on(store, person_id, told.changes_on), lines, told.changes_on)
    cost, since = format_pence(told.weekly_cost_pence), format_date(told.changes_on)
    was = f"{format_pence(before)} a week" if before is not None else "nothing recorded"
    if told.changes_cost:
        return [Consequence("place", f"Replaces {was} from {since}: support then costs {cost} a week in all")]
    words = (
        f"{cost} a week is only noted with the review; the cost stays as recorded ({was}). Tick the box to replace it"
    )
    return [Consequence("caution", words)]


def _next_words(rule_on: date | None, next_on: date | None) -> list[Consequence]:
    found: list[Consequence] = []
    if next_on is not None and (rule_on is None or next_on < rule_on):
        found.append(Consequence("review", f"Next review will fall due on {format_date(next_on, weekday=True)}"))
    elif rule_on is not None:
        found.append(Consequence("review", f"Next review will fall due on {format_date(rule_on, weekday=True)}"))
        if next_on is not None:
            words = f"{format_date(next_on, weekday=True)} is kept as a booking; it postpones nothing"
            found.append(Consequence("booking", words))
    return found


def rule_due(store: Store, person_id: str, held_on: date | None) -> date | None:
    """When the rule makes the next review due, a review held that day included. Dates set by workers are left out."""
    held = [review.held_on for review in store.find(Review, person_id=person_id) if review.held_on is not None]
    now = current_placement(store.find(Placement, person_id=person_id), store.today)
    days = [*held, held_on] if held_on is not None else held
    return next_review_due(days, now.started_on if now is not None else None, store.review_rules())[0]


def save_attendance(work: Work, store: Store, review: Review, attendance: Sequence[Attending]) -> None:
    """Keep who is asked to a review or came, in place of what was kept before."""
    before = {fold(each.name): each for each in work.find(ReviewAttendance, review_id=review.id)}
    for each in attendance:
        if not each.name.strip():
            continue
        kept = before.pop(fold(each.name), None)
        kept = kept or ReviewAttendance(new_id(), review.person_id, review.id, each.name)
        work.save(drafted(store, replace(kept, role=each.role or kept.role, came=each.came)))
    for gone in before.values():
        work.delete(gone)


def _held(
    review: Review, held_on: date, outcome: ReviewOutcome, summary: str, attended: str, told: Told | None
) -> Review:
    if not outcome:
        raise Invalid({"outcome": "Outcome is empty. Choose what the review decided."})
    given = {name: getattr(told, name) for name in _OF_THE_REVIEW} if told is not None else {}
    given |= {"outcome": ReviewOutcome(outcome)}
    return replace(review, held_on=held_on, summary=summary, attended=attended, **given)


def _record(
    store: Store,
    work: Work,
    held: Review,
    next_on: date | None,
    told: Told,
    attendance: Sequence[Attending] | None,
    actions: Sequence[Agreed],
) -> Review:
    held = drafted(store, held)
    rules.check_review_held(held, person=work.get(Person, held.person_id), today=work.today)
    check_decisions(held, _type_of(store, held))
    ended, cost = _ended_after_care(store, held), _new_cost(store, held, told)
    saved = work.save(held)
    _meet_dates_set(work, saved)
    if next_on is not None:
        _follow_up(store, work, saved, next_on)
    if attendance is not None:
        save_attendance(work, store, saved, attendance)
    for agreed in actions:
        _agree(store, work, saved, agreed)
    if ended is not None:
        work.save(ended)
        work.label = "Hold review and end s117 after-care"
    if cost is not None:
        save_costs(work, cost)
    return saved


def _meet_dates_set(work: Work, held: Review) -> None:
    for other in work.find(Review, person_id=held.person_id, held_on=None, abandoned_on=None):
        # A date set for a review is met by any review held on or after it; a booking by one of its own kind.
        day = other.due_on if other.booked_on is None else other.booked_on
        if other.booked_on is not None and other.kind != held.kind:
            continue
        if held.held_on is not None and day is not None and day <= held.held_on:
            met = f"Met by the review held on {write_date(held.held_on)}"
            work.save(replace(other, abandoned_on=held.held_on, abandon_reason=met))


def _follow_up(store: Store, work: Work, held: Review, next_on: date) -> None:
    if held.held_on is not None:
        rules.check_next_review(held.held_on, next_on)
    rule_on = rule_due(store, held.person_id, held.held_on)
    sooner = rule_on is None or next_on < rule_on
    agreed = f"Agreed at the review held on {write_date(held.held_on)}" if held.held_on is not None else ""
    following = Review(new_id(), held.person_id, held.kind)
    for booking in sorted(_later_bookings(work, held), key=lambda each: each.booked_on != next_on):
        # The booking of that very day is kept; one of another day moves there, unless only a date is wanted.
        if following.booked_on is None and booking.booked_on == next_on:
            following = booking
        elif following.booked_on is None and not sooner:
            following = replace(booking, booked_on=next_on, booked_time="", rebook_reason=agreed)
        else:
            reason = f"{write_date(next_on)} takes its place. {agreed}."
            work.save(replace(booking, abandoned_on=held.held_on, abandon_reason=reason))
    if following.due_on is not None and held.held_on is not None and following.due_on <= held.held_on:
        following = replace(following, due_on=None)
    work.save(replace(following, due_on=next_on) if sooner else replace(following, booked_on=next_on))


def _later_bookings(work: Work, held: Review) -> list[Review]:
    waiting = work.find(Review, person_id=held.person_id, kind=held.kind, held_on=None, abandoned_on=None)
    return [each for each in waiting if each.booked_on is not None and each.id != held.id]


def _ended_after_care(store: Store, held: Review) -> LegalAndStatus | None:
    """The after-care that a decision to end ends, as it then is. Raises Invalid where it may not end."""
    if held.s117_decision != S117Decision.END or held.held_on is None:
        return None
    statuses = store.find(LegalAndStatus, person_id=held.person_id)
    now = status_held(statuses, StatusKind.S117, held.held_on)
    if now is None:
        words = f"No s117 after-care held on {write_date(held.held_on)}. Record since when, or leave this empty."
        raise Invalid({"s117_decision": words})
    ended = replace(
        now,
        ended_on=held.held_on,
        end_reason=held.s117_reason,
        ended_by_health=held.s117_health_name,
        ended_by_council=held.s117_council_name,
    )
    try:
        check_s117_ending(ended, statuses)
    except Invalid as invalid:
        problems = {_AS_THE_REVIEW_SAYS.get(name, name): words for name, words in invalid.problems.items()}
        raise Invalid(problems) from invalid
    return ended


def _new_cost(store: Store, held: Review, told: Told) -> CostDraft | None:
    """The new cost as a line from its day, where the form says so."""
    if not told.changes_cost:
        return None
    if held.weekly_cost_pence is None or held.changes_on is None:
        raise Invalid({"weekly_cost_pence": "New cost is empty. Write what a week costs from that day."})
    try:
        return decide_cost(store, held, held.weekly_cost_pence, held.changes_on)
    except Invalid as invalid:
        names = {"rate_pence": "weekly_cost_pence", "started_on": "changes_on"}
        raise Invalid({names.get(name, name): words for name, words in invalid.problems.items()}) from invalid


def _agree(store: Store, work: Work, held: Review, agreed: Agreed) -> None:
    worker = next((w for w in work.find(Worker) if fold(w.name) == fold(agreed.who)), None) if agreed.who else None
    plan = next(iter(work.find(MoveOnPlan, person_id=held.person_id, ended_on=None)), None)
    action = Action(
        new_id(),
        held.person_id,
        agreed.what,
        due_on=agreed.due_on,
        owner="" if worker is not None else agreed.who,
        worker_id=worker.id if worker is not None else None,
        set_on=held.held_on,
        plan_id=plan.id if plan is not None else None,
        review_id=held.id,
    )
    action = drafted(store, action)
    move_on_rules.check_action(action, person=work.get(Person, held.person_id), today=work.today)
    work.save(action)


def _type_of(store: Store, review: Review) -> ReviewType | None:
    return next((each for each in store.review_types() if each.id == review.kind), None)

"""What may be recorded: pure functions over records, asked by every form, import and check of the register.

Each raises Invalid({field: words}) with everything it refuses, or gives back cautions. Words name the field, say what
is wrong and what would be right. "Today" is always an argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from mhtracker.domain import nhs
from mhtracker.domain.clean_text import clean_text
from mhtracker.domain.dates import OLDEST_AGE, age_on, day_off, is_working_day, write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.legal.orders import ONE_AT_A_TIME, hold_together
from mhtracker.domain.lists.code_lists import S117_SECTIONS
from mhtracker.domain.names import fold, has_hidden_marks
from mhtracker.domain.number_limits import check_numbers
from mhtracker.domain.pathway import in_order, may_overlap, overlap
from mhtracker.domain.records import (
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Review,
    Stage,
    StatusKind,
    Target,
)

WEEKLY_COST_USUAL_PENCE = 1_000_000
"""Above this a week's cost is more likely a slip of the keyboard, or a year's."""


def check_person(
    person: Person, today: date, *, others: Iterable[Person] = (), demo: bool = False
) -> tuple[Caution, ...]:
    """Check one person. `others` are people who may share a number or a name; in a demo test numbers are usual."""
    findings = Findings()
    if not person.surname.strip():
        findings.refuse("surname", "Surname is empty. Write the name; a single name goes here.")
    for field in ("surname", "given_names", "known_as"):
        if has_hidden_marks(getattr(person, field)):
            findings.caution(field, "The name holds marks or spaces that cannot be seen. They are ignored in finding.")
    _check_life(person, today, findings)
    if person.nhs_number is not None:
        try:
            number = nhs.normalise_nhs_number(person.nhs_number)
            if nhs.is_test_number(number) and not demo:
                findings.caution("nhs_number", "Numbers that begin with 999 are test numbers, given to nobody.")
        except Invalid as invalid:
            findings.take(invalid, "nhs_number")
    for other in others:
        if other.id != person.id:
            _check_same(person, other, findings)
    return findings.settle()


def _check_life(person: Person, today: date, findings: Findings) -> None:
    born, died, left = person.born_on, person.died_on, person.left_on
    if born is not None:
        if born > today:
            findings.refuse("born_on", f"Born on {write_date(born)} lies ahead. A date of birth is in the past.")
        elif not 18 <= (age := age_on(born, died or today)) <= OLDEST_AGE:
            findings.caution("born_on", f"That makes an age of {age}. Check the year.")
    for field, day, what in (("died_on", died, "Died"), ("left_on", left, "Left the pathway")):
        if day is None:
            continue
        if day > today:
            words = f"{what} on {write_date(day)} lies ahead. It is recorded once it has happened."
            findings.refuse(field, words, (today,))
        if born is not None and day < born:
            findings.refuse(
                field, f"{what} on {write_date(day)} is before the birth on {write_date(born)}. Check both."
            )
    if died is not None and left is not None and left > died:
        findings.caution("left_on", f"Left the pathway after the death on {write_date(died)}. Check both dates.")
    if person.left_reason and left is None:
        findings.refuse("left_on", "A reason for leaving needs the day it happened.")


def _check_same(person: Person, other: Person, findings: Findings) -> None:
    if person.nhs_number and person.nhs_number == other.nhs_number:
        findings.refuse("nhs_number", f"{other.ref} already has this NHS number. Open that case, or check the digits.")
    if person.local_id and fold(person.local_id) == fold(other.local_id or ""):
        findings.refuse("local_id", f"{other.ref} already has this local id. Open that case, or check the number.")
    if person.born_on is not None and person.born_on == other.born_on and _name(person) == _name(other):
        findings.caution("surname", f"{other.ref} has the same name and birth date. It may be the same person.")


def _name(person: Person) -> str:
    return f"{fold(person.surname)} {fold(person.given_names)}"


def check_placement(
    placement: Placement, others: Iterable[Placement], *, stages: Mapping[str, Stage], person: Person, today: date
) -> tuple[Caution, ...]:
    """Check one placement against the person's others (itself among them is ignored)."""
    return _find_in_placement(placement, others, stages, person, today).settle()


def _find_in_placement(
    placement: Placement, others: Iterable[Placement], stages: Mapping[str, Stage], person: Person, today: date
) -> Findings:
    findings = Findings()
    check_numbers(placement, findings)
    others = [other for other in others if other.id != placement.id]
    stage = stages.get(placement.stage_id)
    if stage is None:
        findings.refuse("stage_id", "Stage is empty. Choose the stage this stay belongs to.")
    elif stage.retired and placement.version == 0:
        findings.caution("stage_id", f"{stage.label} is no longer offered.")
    _check_stay_dates(placement, person, today, findings)
    if not findings.problems:
        _check_overlaps(placement, others, stages, findings)
    _check_gaps(placement, others, findings)
    cost = placement.weekly_cost_pence
    if cost is not None and cost < 0:
        findings.refuse("weekly_cost_pence", "Gross cost is below nothing. Write what a week costs.")
    elif cost == 0:
        findings.caution("weekly_cost_pence", "Gross cost is nil. Leave it empty if it is not known.")
    elif cost is not None and cost > WEEKLY_COST_USUAL_PENCE:
        findings.caution("weekly_cost_pence", "Gross cost is above £10,000 a week. Check that it is for one week.")
    charge = placement.weekly_charge_pence
    if cost is not None and charge is not None and charge > cost >= 0:
        words = "Person pays more than the gross cost. What is above it does not count. Check both amounts."
        findings.caution("weekly_charge_pence", words)
    return findings


def _check_gaps(placement: Placement, others: Sequence[Placement], findings: Findings) -> None:
    started, ended = placement.started_on, placement.ended_on
    before = [other.ended_on or date.max for other in others if other.started_on <= started]
    if before and max(before) < started and not placement.gap_reason:
        findings.caution("gap_reason", gap_words(max(before), started))
    if ended is None or any(o.started_on <= ended <= (o.ended_on or date.max) for o in others):
        return
    after = min((other for other in others if other.started_on > ended), key=lambda o: o.started_on, default=None)
    if after is not None and not after.gap_reason:
        findings.caution("ended_on", gap_words(ended, after.started_on))


def _check_stay_dates(placement: Placement, person: Person, today: date, findings: Findings) -> None:
    started, ended = placement.started_on, placement.ended_on
    for field, day, what in (("started_on", started, "Started"), ("ended_on", ended, "Left")):
        if day is not None and day > today:
            words = f"{what} on {write_date(day)} lies ahead. A move is recorded once it has happened."
            findings.refuse(field, words, (today,))
        if day is not None:
            _check_in_life(person, day, field, what, findings)
    if ended is not None and ended < started:
        words = (
            f"Left on {write_date(ended)} is before the start on {write_date(started)}. The end comes on or after it."
        )
        findings.refuse("ended_on", words, (started,))


def _check_in_life(person: Person, day: date, field: str, what: str, findings: Findings) -> None:
    if person.born_on is not None and day < person.born_on:
        words = f"{what} on {write_date(day)} is before the birth on {write_date(person.born_on)}. Check both dates."
        findings.refuse(field, words)
    if person.died_on is not None and day > person.died_on:
        findings.caution(field, f"This is after the death on {write_date(person.died_on)}. Say why in a note.")
    elif person.left_on is not None and day > person.left_on:
        words = f"This is after leaving the pathway on {write_date(person.left_on)}. Say why in a note."
        findings.caution(field, words)


def _check_overlaps(
    placement: Placement, others: Sequence[Placement], stages: Mapping[str, Stage], findings: Findings
) -> None:
    for other in in_order(others):
        if overlap(placement, other) is None or may_overlap(placement, other, stages):
            continue
        stage = stages.get(other.stage_id)
        label = stage.label if stage else other.stage_id
        since = write_date(other.started_on)
        if other.started_on > placement.started_on:
            words = f"This stay runs into the one in {label} that began on {since}. End it by {since}."
            findings.refuse("ended_on", words, (other.started_on,))
        elif other.ended_on is None:
            words = f"The stay in {label} since {since} has no end yet. Record a move, or end that stay first."
            findings.refuse("started_on", words)
        else:
            ended = write_date(other.ended_on)
            words = f"This overlaps the stay in {label} from {since} to {ended}. Start on {ended} or later."
            findings.refuse("started_on", words, (other.ended_on,))


def gap_words(left_on: date, started_on: date) -> str:
    """The days in between that want explaining."""
    days = (started_on - left_on).days
    between = "1 day lies" if days == 1 else f"{days:,} days lie"
    return f"{between} between {write_date(left_on)} and {write_date(started_on)}. Say where the person was."


def check_move(
    leaving: Placement | None,
    arriving: Placement,
    others: Iterable[Placement],
    *,
    stages: Mapping[str, Stage],
    person: Person,
    today: date,
) -> tuple[Caution, ...]:
    """Check a move whole, with the fields as the move form names them (`left_on` is the end of `leaving`).

    `leaving` already has its end; it is None, or has no end, where nothing is left or the place is kept. Unlike an
    import, a form must explain a gap, since the person who knows why is there to ask.
    """
    findings, others = Findings(), list(others)
    left_on = leaving.ended_on if leaving is not None else None
    if leaving is not None:
        others = [other for other in others if other.id != leaving.id]
        findings.add(_find_in_placement(leaving, others, stages, person, today), {"ended_on": "left_on"})
        findings.cautions = [c for c in findings.cautions if c.field == "left_on"]
    if left_on is not None and arriving.started_on < left_on:
        words = f"Started on {write_date(arriving.started_on)} is before they left on {write_date(left_on)}."
        findings.refuse("started_on", f"{words} The next stay starts that day or later.", (left_on,))
    else:
        before = [*others, leaving] if leaving is not None else others
        findings.add(_find_in_placement(arriving, before, stages, person, today))
    for found in findings.cautions:
        if found.field == "gap_reason":
            findings.refuse("gap_reason", found.words)
    return findings.settle()


def check_plan(plan: MoveOnPlan, *, stages: Mapping[str, Stage], now_in: Stage | None = None) -> tuple[Caution, ...]:
    """Check a plan's aim; `now_in` is the stage the person lives in."""
    findings = Findings()
    aim = stages.get(plan.aim_stage_id or "")
    if aim is None and not plan.aim.strip() and plan.ended_on is None:
        findings.refuse("aim_stage_id", "Aim is empty. Choose the stage the person would like to live in next.")
    if aim is not None and now_in is not None and aim.level <= now_in.level and plan.ended_on is None:
        findings.caution("aim_stage_id", f"The aim, {aim.label}, is no step on from {now_in.label}.")
    if plan.started_on is not None and plan.ended_on is not None and plan.ended_on < plan.started_on:
        findings.refuse(
            "ended_on", f"The plan ends before it began on {write_date(plan.started_on)}. Check both dates."
        )
    return findings.settle()


def check_target(target: Target, earlier: Sequence[Target], *, person: Person, today: date) -> tuple[Caution, ...]:
    """Check a target against those its plan had before. Every date but a plan's first needs a reason."""
    findings = Findings()
    _check_in_life(person, target.target_on, "target_on", "Target", findings)
    if target.set_on > today:
        findings.refuse("set_on", f"Set on {write_date(target.set_on)} lies ahead. A target is set today or earlier.")
    last = max(earlier, key=lambda t: (t.set_on, t.position), default=None)
    if last is not None:
        if target.target_on == last.target_on:
            findings.refuse("target_on", f"{write_date(target.target_on)} is the target already. Choose another date.")
        if not (target.reason_code or target.reason.strip()):
            findings.refuse("reason_code", "Reason is empty. Say why the date moves.")
        if target.set_on < last.set_on:
            findings.refuse("set_on", f"A later target was set on {write_date(last.set_on)}. Set this one after it.")
        if target.target_on < target.set_on:
            words = f"Target {write_date(target.target_on)} has passed. A changed target lies ahead."
            findings.refuse("target_on", words)
    elif target.target_on < today:
        findings.caution("target_on", f"Target {write_date(target.target_on)} has passed already.")
    return findings.settle()


def check_booking(review: Review, *, person: Person, today: date) -> tuple[Caution, ...]:
    """Check the day and time a review is booked for."""
    findings = Findings()
    _check_still_open(review, findings)
    if review.booked_on is None:
        findings.refuse("booked_on", "Booked for is empty. Write the day the review is booked for.")
    else:
        if review.booked_on < today:
            words = f"{write_date(review.booked_on)} has passed. Book a day ahead, or record the review as held."
            findings.refuse("booked_on", words)
        elif not is_working_day(review.booked_on):
            words = f"{write_date(review.booked_on)} is {day_off(review.booked_on)}, no working day."
            findings.caution("booked_on", words)
        _check_in_life(person, review.booked_on, "booked_on", "Booked", findings)
    if review.booked_time and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", review.booked_time):
        findings.refuse("booked_time", f"Time “{review.booked_time}” is not a time of day. Write it like 10:30.")
    return findings.settle()


def check_review_held(review: Review, *, person: Person, today: date) -> tuple[Caution, ...]:
    """Check a review that is held (`held_on` and `outcome` filled in). Before the present placement is normal."""
    findings = Findings()
    if review.abandoned_on is not None:
        findings.refuse("", f"This review was abandoned on {write_date(review.abandoned_on)}. Record another as held.")
    if review.held_on is None:
        findings.refuse("held_on", "The day is empty. Write the day the review took place.")
    else:
        if review.held_on > today:
            words = f"Held on {write_date(review.held_on)} lies ahead. A review is recorded once it has been held."
            findings.refuse("held_on", words, (today,))
        _check_in_life(person, review.held_on, "held_on", "Held", findings)
    return findings.settle()


def check_next_review(held_on: date, next_on: date) -> tuple[Caution, ...]:
    """Check the "next review" date agreed at a review."""
    findings = Findings()
    if next_on <= held_on:
        words = f"Next review {write_date(next_on)} is not after this one on {write_date(held_on)}. Choose a later day."
        findings.refuse("next_on", words)
    return findings.settle()


def check_abandoned(review: Review, today: date) -> tuple[Caution, ...]:
    """Check a review that will not take place (`abandoned_on` and `abandon_reason` filled in)."""
    findings = Findings()
    if review.held_on is not None:
        findings.refuse("", f"This review was held on {write_date(review.held_on)}. A held review is not abandoned.")
    if not review.abandon_reason.strip():
        findings.refuse("abandon_reason", "Reason is empty. Say why the review will not take place.")
    if review.abandoned_on is not None and review.abandoned_on > today:
        words = f"Abandoned on {write_date(review.abandoned_on)} lies ahead. Write today or earlier."
        findings.refuse("abandoned_on", words, (today,))
    return findings.settle()


def _check_still_open(review: Review, findings: Findings) -> None:
    if review.held_on is not None:
        findings.refuse("", f"This review was held on {write_date(review.held_on)}. Book the next one instead.")
    if review.abandoned_on is not None:
        findings.refuse("", f"This review was abandoned on {write_date(review.abandoned_on)}. Book another instead.")


def check_note(note: Note, *, person: Person, today: date) -> tuple[Caution, ...]:
    """Check a note. Control characters are for `clean_text`, which says nothing of what it drops; this does."""
    findings = Findings()
    try:
        cleaned = clean_text(note.text)
        if not cleaned.strip():
            findings.refuse("text", "Note is empty. Write what happened.")
        elif len(cleaned.replace("\n", "")) < len(note.text.replace("\r", "").replace("\n", "")):
            findings.caution("text", "Characters that cannot be seen were left out of the note.")
    except Invalid as invalid:
        findings.take(invalid, "text")
    if note.noted_on > today:
        findings.refuse(
            "noted_on", f"Date {write_date(note.noted_on)} lies ahead. A note tells what has happened.", (today,)
        )
    _check_in_life(person, note.noted_on, "noted_on", "Date", findings)
    return findings.settle()


def check_status(
    status: LegalAndStatus, others: Iterable[LegalAndStatus], *, person: Person, today: date
) -> tuple[Caution, ...]:
    """Check a dated status against the person's others of its kind."""
    findings = Findings()
    started, ended = status.started_on, status.ended_on
    if status.kind == StatusKind.S117 and status.code not in {*S117_SECTIONS, "unknown"}:
        words = f"Section “{status.code}” leaves no right to after-care. It follows section 3, 37, 45A, 47 or 48."
        findings.refuse("code", words)
    elif not status.code:
        findings.refuse("code", "Value is empty. Choose one, or Unknown.")
    for field, day, what in (("started_on", started, "Since"), ("ended_on", ended, "Until")):
        if day is None:
            continue
        if day > today:
            findings.refuse(field, f"{what} {write_date(day)} lies ahead. Record it once it holds.", (today,))
        _check_in_life(person, day, field, what, findings)
    if started is not None and ended is not None and ended < started:
        words = f"Until {write_date(ended)} is before since {write_date(started)}. The end comes on or after the start."
        findings.refuse("ended_on", words, (started,))
    for other in others:
        if status.kind not in ONE_AT_A_TIME:
            break
        if other.id != status.id and other.kind == status.kind and hold_together(status, other):
            since = write_date(other.started_on) if other.started_on else "before"
            findings.caution("started_on", f"Another one has held since {since}. The one begun last is shown.")
    if status.kind == StatusKind.S117 and ended is not None:
        words = "After-care ends once the council and the NHS both agree, and never during a community treatment order."
        if not (status.ended_by_health and status.ended_by_council):
            findings.caution("ended_on", words)
    return findings.settle()

"""The words and shapes of `--json` answers. Keys are never renamed or dropped; `docs/cli.md` lists them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from mhtracker.cli.answers_around import around_person, forecast_answer, move_on_around
from mhtracker.cli.answers_money import money_of_person
from mhtracker.cli.isodates import iso as iso
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.dates import age_on
from mhtracker.domain.legal.orders import holds, is_charged_after_care
from mhtracker.domain.notes import corrections_of, text_now
from mhtracker.domain.records import Note, Review, Target
from mhtracker.domain.reviewing.due import ReviewLine
from mhtracker.domain.summary import CaseSummary, MoveOn, Stay
from mhtracker.store.queries.due import DueItem
from mhtracker.store.queries.history import OperationLine


def pounds(pence: int | None) -> float | None:
    """Money in JSON."""
    return round(pence / 100, 2) if pence is not None else None


def name_of(surname: str, given_names: str) -> str:
    """A name in JSON: "Surname, Given", as typed."""
    return f"{surname}, {given_names}" if given_names else surname


def person_line(line: CaseloadLine, as_at: date, soon_days: int) -> dict[str, Any]:
    """One person of `list`."""
    target, review = line.target_due(as_at, soon_days), line.review_due(as_at)
    until = as_at if line.status != "died" or line.left_on is None else min(as_at, line.left_on)
    return {
        "ref": line.ref,
        "nhs_number": line.nhs_number,
        "local_id": line.local_id,
        "name": name_of(line.surname, line.given_names),
        "known_as": line.known_as or None,
        "born_on": iso(line.born_on),
        "born_precision": line.born_precision if line.born_on else None,
        "age": age_on(line.born_on, until) if line.born_on else None,
        "status": line.status,
        "stage": line.stage_id,
        "stage_label": line.stage or None,
        "service": line.service or None,
        "provider": line.provider or None,
        "address": line.address or None,
        "since_on": iso(line.since_on),
        "days_in_stage": line.days_in_stage(as_at),
        "worker": line.worker or None,
        "team": line.team or None,
        "locality": line.locality or None,
        "s117": line.s117,
        "aim_stage": line.aim_stage_id,
        "target_original_on": iso(line.target_original_on),
        "target_on": iso(line.target_on),
        "target_state": target.state,
        "slips": line.slips,
        "review_due_on": iso(line.review_due_on),
        "review_state": review.state,
        "review_booked_on": iso(line.review_booked_on),
        "last_reviewed_on": iso(line.last_reviewed_on),
        "weekly_cost": pounds(line.weekly_cost_pence),
        "weekly_charge": pounds(line.weekly_charge_pence),
        "charge": line.charge,
        "barrier": line.barrier or None,
        "barriers": line.barriers,
    }


def due_item(item: DueItem) -> dict[str, Any]:
    """One thing of `due`."""
    return {
        "ref": item.line.ref,
        "name": name_of(item.line.surname, item.line.given_names),
        "kind": item.kind,
        "what": item.what,
        "due_on": iso(item.due_on),
        "state": item.state,
        "days": item.days,
        "booked_on": iso(item.booked_on),
        "owner": item.owner or None,
        "worker": item.line.worker or None,
        "stage": item.line.stage_id,
    }


def case_summary(summary: CaseSummary) -> dict[str, Any]:
    """Everything `show` answers but its dates. What happened after the day has not happened yet."""
    return {
        "person": _person(summary),
        "placements": [_placement(stay, summary) for stay in summary.stays],
        "move_on": _move_on(summary.move_on, summary),
        "past_plans": [_move_on(plan, summary) for plan in summary.past_plans],
        "reviews": _reviews(summary),
        "statuses": [
            {
                "kind": status.kind,
                "code": status.code,
                "label": _label(summary, status.kind, status.code),
                "started_on": iso(status.started_on),
                "ended_on": _by(status.ended_on, summary.as_at),
                "note": status.note or None,
                "expires_on": iso(status.expires_on),
                "holds": holds(status, summary.as_at),
                "end_reason": status.end_reason or None,
                "ended_by_health": status.ended_by_health or None,
                "ended_by_council": status.ended_by_council or None,
                "decided_by": status.decided_by or None,
                "reference": status.reference or None,
            }
            for status in summary.statuses
        ],
        "notes": [_note(note, summary) for note in summary.notes],
        **around_person(summary),
        "money": money_of_person(summary),
    }


def _by(day: date | None, as_at: date) -> str | None:
    """A date that has come; null for one that has not."""
    return iso(day) if day is not None and day <= as_at else None


def _label(summary: CaseSummary, list_name: str, code: str | None) -> str | None:
    return (summary.labels.get(f"{list_name}/{code}") or code) if code else None


def _note(note: Note, summary: CaseSummary) -> dict[str, Any]:
    """A note as it reads on the day, with what it said first and how it was put right."""
    put_right = corrections_of(note, summary.around.corrections)
    return {
        "noted_on": iso(note.noted_on),
        "kind": note.kind,
        "label": _label(summary, "note_kind", note.kind),
        "text": text_now(note, put_right),
        "author": note.author or None,
        "first_text": note.text if put_right else None,
        "corrections": [
            {
                "text": each.text,
                "reason": each.reason,
                "corrected_at": each.corrected_at.isoformat(),
                "author": each.author or None,
            }
            for each in put_right
        ],
        "finished_at": note.finished_at.isoformat() if note.finished_at else None,
    }


def _person(summary: CaseSummary) -> dict[str, Any]:
    person, current, as_at = summary.person, summary.current, summary.as_at
    left_on = _by(person.left_on, as_at)
    return {
        "ref": person.ref,
        "name": name_of(person.surname, person.given_names),
        "surname": person.surname,
        "given_names": person.given_names or None,
        "known_as": person.known_as or None,
        "born_on": iso(person.born_on),
        "born_precision": person.born_precision if person.born_on else None,
        "age": summary.age,
        "nhs_number": person.nhs_number,
        "local_id": person.local_id,
        "gender": _label(summary, "gender", person.gender),
        "ethnicity": _label(summary, "ethnicity", person.ethnicity),
        "locality": person.locality or None,
        "worker": summary.worker or None,
        "team": summary.team or None,
        "care_coordinator": person.care_coordinator or None,
        "primary_support": _label(summary, "primary_support", person.primary_support),
        "status": summary.status,
        "stage": current.stage.id if current else None,
        "stage_label": current.stage.label if current else None,
        "service": current.service.name if current and current.service else None,
        "s117": summary.s117.code if summary.s117 else None,
        "charge": is_charged_after_care(summary.charge_pence, summary.statuses, as_at),
        "accommodation": _label(summary, "accommodation", summary.accommodation.code)
        if summary.accommodation
        else None,
        "employment": _label(summary, "employment", summary.employment.code) if summary.employment else None,
        "review_due_on": iso(summary.review.due.due_on),
        "review_state": summary.review.due.state,
        "last_reviewed_on": iso(summary.review.last_held_on),
        "left_on": left_on,
        "left_reason": _label(summary, "leaving_reason", person.left_reason) if left_on else None,
        "died_on": _by(person.died_on, as_at),
    }


def _placement(stay: Stay, summary: CaseSummary) -> dict[str, Any]:
    placement, cost = stay.placement, summary.cost_of(stay)
    ended = placement.ended_on is not None and placement.ended_on <= summary.as_at
    return {
        "stage": placement.stage_id,
        "stage_label": stay.stage.label,
        "service": stay.service.name if stay.service else None,
        "provider": stay.provider.name if stay.provider else None,
        "address": placement.address or None,
        "started_on": iso(placement.started_on),
        "ended_on": iso(placement.ended_on) if ended else None,
        "days": stay.days,
        "gap_days": stay.gap_days,
        "gap_reason": placement.gap_reason or None,
        "planned": placement.planned if ended else None,
        "end_reason": placement.end_reason if ended else None,
        "end_reason_label": _label(summary, "end_reason", placement.end_reason) if ended else None,
        "destination": placement.destination if ended else None,
        "destination_label": _label(summary, "destination", placement.destination) if ended else None,
        "weekly_cost": pounds(cost.gross if cost is not None else None),
        "weekly_charge": pounds(summary.charge_of(stay)),
        "back_reason": placement.back_reason,
        "back_reason_label": _label(summary, "back_reason", placement.back_reason),
        "note": placement.note or None,
    }


def _move_on(plan: MoveOn | None, summary: CaseSummary) -> dict[str, Any]:
    """The plan in force; without one every fact is null and every list empty."""
    original, current = (plan.original, plan.current) if plan else (None, None)
    before = [original, *plan.slips] if plan else []
    return {
        "aim_stage": plan.plan.aim_stage_id if plan else None,
        "aim": (plan.plan.aim or None) if plan else None,
        "started_on": iso(plan.plan.started_on) if plan else None,
        "ended_on": _by(plan.plan.ended_on, summary.as_at) if plan else None,
        "original_on": iso(original.target_on) if original else None,
        "current_on": iso(current.target_on) if current else None,
        "state": plan.due.state if plan else "none",
        "slip_days": plan.slip_days if plan else None,
        "slips": [_slip(was, now, summary) for was, now in zip(before, plan.slips, strict=False)] if plan else [],
        "forecast": forecast_answer(plan.forecast) if plan else None,
        **move_on_around(summary, plan.plan if plan in summary.past_plans and plan else None),
    }


def _slip(was: Target | None, now: Target, summary: CaseSummary) -> dict[str, Any]:
    label = _label(summary, "slip_reason", now.reason_code)
    return {
        "from_on": iso(was.target_on) if was else None,
        "to_on": iso(now.target_on),
        "reason": now.reason or label,
        "reason_code": now.reason_code,
        "reason_label": label,
        "at": iso(now.set_on),
        "set_by": now.set_by or None,
    }


def _reviews(summary: CaseSummary) -> list[dict[str, Any]]:
    """Every review, newest first; before them the one that the rules ask for while no record stands for it."""
    found = [_review(line, summary) for line in summary.reviews]
    need = summary.review
    if need.due.due_on is not None and not any(_is_open(line, summary.as_at) for line in summary.reviews):
        asked: dict[str, Any] = dict.fromkeys(("kind", "due_on", "booked_on", "booked_time", "held_on", "outcome"))
        asked |= {"due_on": iso(need.due.due_on), "state": need.due.state}
        asked |= dict.fromkeys(("outcome_label", "attended", "summary", "abandoned_on"))
        asked |= _told(Review("", summary.person.id), summary, held=False)
        found.insert(0, asked)
    return found


def _is_open(line: ReviewLine, as_at: date) -> bool:
    from mhtracker.domain.reviewing.due import is_open

    return is_open(line.review, as_at)


def _review(line: ReviewLine, summary: CaseSummary) -> dict[str, Any]:
    review = line.review
    held_on = _by(review.held_on, summary.as_at)
    return {
        "kind": review.kind,
        "due_on": iso(line.due.due_on),
        "booked_on": iso(review.booked_on),
        "booked_time": review.booked_time or None,
        "held_on": held_on,
        "outcome": review.outcome if held_on else None,
        "state": line.due.state,
        "outcome_label": _label(summary, "review_outcome", review.outcome) if held_on else None,
        "attended": (review.attended or None) if held_on else None,
        "summary": (review.summary or None) if held_on else None,
        "abandoned_on": _by(review.abandoned_on, summary.as_at),
        **_told(review, summary, held=bool(held_on)),
    }


def _told(review: Review, summary: CaseSummary, *, held: bool) -> dict[str, Any]:
    """What was said and decided at a review, once it was held; and who was asked to it, before that too."""
    words = ("own_view", "works", "does_not_work", "s117_decision", "s117_reason", "s117_health_name")
    names = (*words, "s117_council_name", "support_change", "hours_per_week", "method", "reason_code")
    told: dict[str, Any] = {name: (getattr(review, name) or None) if held else None for name in names}
    told["hours_per_week"] = review.hours_per_week if held else None
    told["weekly_cost"] = pounds(review.weekly_cost_pence) if held else None
    told["changes_on"] = iso(review.changes_on) if held else None
    asked = [each for each in summary.around.attendance if each.review_id == review.id]
    told["attendance"] = [{"name": each.name, "role": each.role, "came": each.came or None} for each in asked]
    return told


def operation_line(line: OperationLine) -> dict[str, Any]:
    """One operation of `history`."""
    operation = line.operation
    return {
        "id": operation.id,
        "at": operation.at.isoformat(),
        "who": operation.who,
        "label": operation.label,
        "reason": operation.reason or None,
        "undoes": operation.undoes,
        "undone_by": operation.undone_by,
        "changes": [
            {"kind": change.kind, "record": change.record, "before": change.before, "after": change.after}
            for change in line.changes
        ],
    }


def people_lines(lines: Sequence[CaseloadLine], as_at: date, soon_days: int) -> list[dict[str, Any]]:
    """The people of `list`."""
    return [person_line(line, as_at, soon_days) for line in lines]

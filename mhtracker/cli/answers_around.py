"""What `show --json` answers of the records around a pathway: readiness, barriers, actions, goals, people, papers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mhtracker.cli.isodates import iso
from mhtracker.domain.around import barrier_days
from mhtracker.domain.counting.delays import delayed_days
from mhtracker.domain.forecast import MoveForecast
from mhtracker.domain.records import Action, Barrier, Contact, Goal, MeasureScore, MoveOnPlan
from mhtracker.domain.reviewing.due import due
from mhtracker.domain.summary import CaseSummary


def move_on_around(summary: CaseSummary, plan: MoveOnPlan | None = None) -> dict[str, Any]:
    """Readiness, barriers and actions: all of the person's, or with an ended plan only those that belong to it."""
    around, as_at = summary.around, summary.as_at
    barriers = [b for b in around.barriers if plan is None or b.plan_id == plan.id]
    actions = [a for a in around.actions if plan is None or a.plan_id == plan.id]
    delays = delayed_days(barriers, min((b.started_on for b in barriers), default=as_at), as_at)
    return {
        "readiness": _readiness(summary) if plan is None else [],
        "barriers": [_barrier(summary, each) for each in barriers],
        "delayed_days": delays.total,
        "delays": [
            {"code": code, "label": _label(summary, "delay_reason", code), "days": days}
            for code, days in delays.by_reason.items()
        ],
        "actions": [_action(summary, each) for each in _by_day(actions) if not each.phase],
        "steps": [_action(summary, each) for each in _by_day(actions) if each.phase],
    }


def around_person(summary: CaseSummary) -> dict[str, Any]:
    """Goals, measures, contacts, warnings, documents and key events."""
    around = summary.around
    return {
        "goals": [_goal(summary, goal) for goal in around.goals],
        "measures": [_measure(summary, score) for score in around.measures],
        "contacts": [_contact(summary, contact) for contact in around.contacts],
        "warnings": [
            {
                "kind": each.kind,
                "label": _label(summary, "warning_kind", each.kind),
                "words": each.words,
                "why": each.why or None,
                "raised_on": iso(each.raised_on),
                "raised_by": each.raised_by or None,
                "review_on": iso(each.review_on),
                "checked_on": iso(each.checked_on),
                "expires_on": iso(each.expires_on),
                "ended_on": iso(each.ended_on),
                "end_reason": (each.end_reason or None) if each.ended_on else None,
            }
            for each in around.warnings
        ],
        "documents": [
            {
                "name": each.name,
                "media_type": each.media_type,
                "size": each.size,
                "about": _label(summary, "document_kind", each.about),
                "dated_on": iso(each.dated_on),
                "added_at": each.added_at.isoformat(),
                "added_by": each.added_by or None,
                "note": each.note or None,
            }
            for each in around.documents
        ],
        "key_events": [
            {"happened_on": iso(each.happened_on), "words": each.words, "source_kind": each.source_kind or None}
            for each in around.key_events
        ],
    }


def forecast_answer(forecast: MoveForecast) -> dict[str, Any] | None:
    """The forecast of a plan; null where too little has been seen."""
    if forecast.on is None:
        return None
    return {
        "on": iso(forecast.on),
        "low": iso(forecast.low),
        "high": iso(forecast.high),
        "basis": forecast.basis,
        "past": forecast.past,
        "middle_days": forecast.middle_days,
        "code": forecast.code or None,
    }


def _label(summary: CaseSummary, list_name: str, code: str | None) -> str | None:
    return (summary.labels.get(f"{list_name}/{code}") or code) if code else None


def _readiness(summary: CaseSummary) -> list[dict[str, Any]]:
    before: dict[str, int] = {}
    latest = summary.around.latest_ratings()
    for rating in summary.around.ratings:
        if rating.id != latest[rating.domain].id:
            before.setdefault(rating.domain, rating.rating)
    return [
        {
            "domain": domain,
            "label": _label(summary, "readiness_domain", domain),
            "rating": rating.rating,
            "previous": before.get(domain),
            "rated_on": iso(rating.rated_on),
            "rated_by": rating.rated_by or None,
            "evidence": rating.evidence or None,
        }
        for domain, rating in latest.items()
    ]


def _barrier(summary: CaseSummary, barrier: Barrier) -> dict[str, Any]:
    return {
        "code": barrier.code,
        "label": _label(summary, "delay_reason", barrier.code),
        "started_on": iso(barrier.started_on),
        "ended_on": iso(barrier.ended_on),
        "days": barrier_days(barrier, summary.as_at),
        "attributable": barrier.attributable or None,
        "note": barrier.note or None,
    }


def _by_day(actions: Iterable[Action]) -> list[Action]:
    """Open ones first, soonest first; those without a day last."""

    def place(action: Action) -> tuple[bool, str, str]:
        return not _is_open(action), iso(action.due_on) or "9", action.id

    return sorted(actions, key=place)


def _is_open(action: Action) -> bool:
    return action.done_on is None and action.dropped_on is None


def _action(summary: CaseSummary, action: Action) -> dict[str, Any]:
    return {
        "what": action.what,
        "owner": summary.worker_names.get(action.worker_id or "") or action.owner or None,
        "due_on": iso(action.due_on),
        "done_on": iso(action.done_on),
        "state": due(action.due_on if _is_open(action) else None, summary.as_at).state,
        "dropped_on": iso(action.dropped_on),
        "drop_reason": action.drop_reason or None,
        "phase": action.phase or None,
        "outcome": action.outcome or None,
        "set_on": iso(action.set_on),
        "note": action.note or None,
    }


def _goal(summary: CaseSummary, goal: Goal) -> dict[str, Any]:
    return {
        "words": goal.words,
        "set_on": iso(goal.set_on),
        "aimed_for": iso(goal.aimed_for),
        "ended_on": iso(goal.ended_on),
        "end_reason": _label(summary, "goal_end", goal.end_reason) if goal.ended_on else None,
        "scores": [
            {"score": score.score, "scored_on": iso(score.scored_on), "note": score.note or None}
            for score in summary.around.goal_scores
            if score.goal_id == goal.id
        ],
    }


def _measure(summary: CaseSummary, score: MeasureScore) -> dict[str, Any]:
    tool = summary.around.tools.get(score.tool_id)
    return {
        "name": tool.name if tool else None,
        "total": score.total,
        "taken_on": iso(score.taken_on),
        "lowest": tool.lowest if tool else None,
        "highest": tool.highest if tool else None,
        "higher_is_better": tool.higher_is_better if tool else None,
        "note": score.note or None,
    }


def _contact(summary: CaseSummary, contact: Contact) -> dict[str, Any]:
    return {
        "kind": contact.kind,
        "label": _label(summary, "contact_kind", contact.kind),
        "name": contact.name,
        "relation": contact.relation or None,
        "organisation": contact.organisation or None,
        "phone": contact.phone or None,
        "email": contact.email or None,
        "address": contact.address or None,
        "started_on": iso(contact.started_on),
        "ended_on": iso(contact.ended_on),
        "may_be_told": contact.may_be_told,
        "assessment_offered_on": iso(contact.assessment_offered_on),
        "assessment_declined_on": iso(contact.assessment_declined_on),
        "assessment_due_on": iso(contact.assessment_due_on),
        "assessment_done_on": iso(contact.assessment_done_on),
        "at_risk_on": iso(contact.at_risk_on),
        "note": contact.note or None,
    }

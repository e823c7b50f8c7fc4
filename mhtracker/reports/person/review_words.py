"""What a held review says, heading by heading: the same words on paper and on a person's page."""

from __future__ import annotations

from mhtracker import text
from mhtracker.domain.records import Review
from mhtracker.domain.reviewing.due import Need
from mhtracker.domain.summary import CaseSummary


def review_facts(summary: CaseSummary, review: Review) -> list[tuple[str, str]]:
    """Everything told at a review beside its outcome and summary, as (heading, words); what is blank is left out."""

    def label(list_name: str, code: str | None) -> str:
        return summary.labels.get(f"{list_name}/{code}", code or "")

    found = [
        ("Why it was called", label("unplanned_reason", review.reason_code)),
        ("How", label("review_method", review.method)),
        ("Their own view", review.own_view),
        ("What works", review.works),
        ("What does not", review.does_not_work),
        ("After-care", _after_care(review, label("s117_decision", review.s117_decision))),
        ("Support", _support(review, label("support_change", review.support_change))),
        ("Came", came_words(summary, review)),
        ("Agreed", "; ".join(_agreed(summary, review))),
    ]
    return [(heading, words.strip()) for heading, words in found if words.strip()]


def came_words(summary: CaseSummary, review: Review) -> str:
    """`Ciarán Triail; Dr Sample (psychiatrist), sent apologies`; the old line of names where nobody was listed."""
    said = []
    for each in summary.around.attendance:
        if each.review_id == review.id:
            role = summary.labels.get(f"contact_kind/{each.role}", "")
            words = f"{each.name} ({text.first_lower(role)})" if role else each.name
            came = summary.labels.get(f"attendance/{each.came}", "")
            said.append(f"{words}, {text.first_lower(came)}" if each.came not in ("", "came") else words)
    return "; ".join(said) or review.attended


def need_words(need: Need, summary: CaseSummary) -> tuple[str, str]:
    """The shape of how a need stands, and it in words: `Seen 3 Jun 2026, in time`, `6 days overdue`."""
    as_at = summary.as_at
    if need.met_on is not None and need.met_on <= as_at:
        late = (need.met_on - need.due_on).days
        how = "in time" if late <= 0 else f"{text.count(late, 'day')} late"
        return ("in_date" if late <= 0 else "soon"), f"Met {text.format_date(need.met_on)}, {how}"
    if need.contact and need.lapses_on is not None and need.lapses_on <= as_at:
        return "mismatch", f"Missed: due {text.format_date(need.due_on)}"
    due = need.due(as_at)
    words = text.in_words(-due.days) if due.state == "in_date" else text.due_words(due)
    return {"overdue": "overdue", "due_today": "today", "due_soon": "soon"}.get(due.state, "in_date"), words


def _after_care(review: Review, decision: str) -> str:
    if not decision:
        return ""
    bodies = (("NHS", review.s117_health_name), ("council", review.s117_council_name))
    names = [f"{name} for the {body}" for body, name in bodies if name]
    return ". ".join(filter(None, (decision, review.s117_reason.rstrip("."), ", ".join(names))))


def _support(review: Review, change: str) -> str:
    hours, cost = review.hours_per_week, review.weekly_cost_pence
    facts = (
        change,
        f"{hours:g} hours a week" if hours is not None else "",
        f"{text.format_pence(cost)} a week" if cost is not None else "",
        f"from {text.format_date(review.changes_on)}" if review.changes_on else "",
    )
    return ", ".join(filter(None, facts))


def _agreed(summary: CaseSummary, review: Review) -> list[str]:
    return [
        f"{each.what}, by {text.format_date(each.due_on)}" if each.due_on else each.what
        for each in summary.around.actions
        if each.review_id == review.id
    ]

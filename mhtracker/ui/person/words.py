"""What the tabs of a person's page say in the same words."""

from __future__ import annotations

from datetime import date

from mhtracker import text
from mhtracker.domain.fields import label_of
from mhtracker.domain.legal.orders import dols_words, is_charged_after_care, may_hold_dols
from mhtracker.domain.pathway import AIM_NOT_KNOWN
from mhtracker.domain.records import LegalAndStatus, Note, Review, StatusKind
from mhtracker.domain.reviewing.due import ReviewNeed
from mhtracker.domain.summary import CaseSummary, MoveOn
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge

NO_AIM = "No aim recorded"


def code_words(summary: CaseSummary, list_name: str, code: str | None) -> str:
    """The register's words for a code; "" for none."""
    if not code:
        return ""
    return summary.labels.get(f"{list_name}/{code}") or label_of(list_name, code)


def slip_badge(theme: Theme, plan: MoveOn) -> Badge:
    """How far the target has moved from the first: warning when later, quiet when not."""
    later = plan.slip_days > 0
    return Badge(theme, "slipped" if later else "in_date", text.slip_words(plan), quiet=not later)


def target_state(plan: MoveOn, as_at: date) -> tuple[str, str]:
    """Shape and words of a plan's target."""
    words = text.target_words(plan, as_at)
    if plan.current is None or plan.original is None:
        return "none", words
    if plan.current.target_on < as_at:
        return "overdue", words
    return ("slipped" if plan.current.target_on > plan.original.target_on else "in_date"), words


def aim_words(plan: MoveOn) -> str:
    """Where a plan leads: its stage, else its own words; "" where none is recorded."""
    aim = plan.aim_stage.label if plan.aim_stage else plan.plan.aim
    return "" if aim == AIM_NOT_KNOWN else aim


def review_title(summary: CaseSummary, need: ReviewNeed) -> str:
    """What the next review is: the kind that is booked, or the first one, or a review."""
    if need.booked is not None:
        return code_words(summary, "review_kind", need.booked.kind)
    return "First review of this stay" if need.first else "Review"


def review_kind(summary: CaseSummary, review: Review) -> str:
    """The kind of a review, in words."""
    return code_words(summary, "review_kind", review.kind)


def note_caption(summary: CaseSummary, note: Note) -> str:
    """`Thu 9 Jul 2026, Ewa Fikcyjna, call`."""
    kind = text.first_lower(code_words(summary, "note_kind", note.kind))
    return ", ".join(filter(None, (text.format_date(note.noted_on, weekday=True), note.author, kind)))


def charge_words(summary: CaseSummary) -> str:
    """What somebody pays although s117 holds, in words; "" where nothing is wrong."""
    charge = summary.charge_pence
    if not is_charged_after_care(charge, summary.statuses, summary.as_at):
        return ""
    return f"Charged {text.format_pence(charge)} a week although s117 after-care holds"


def lost_words(summary: CaseSummary, status: LegalAndStatus) -> str:
    """Why an authorisation does not reach where somebody lives now, and so is not renewed; "" where it does."""
    stage = summary.current.stage if summary.current is not None else None
    if status.kind != StatusKind.DOLS or stage is None or may_hold_dols(stage):
        return ""
    return dols_words(stage)

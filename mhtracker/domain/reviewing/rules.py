"""What a held review may say, and what a kind of review may ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.names import fold
from mhtracker.domain.number_limits import check_numbers
from mhtracker.domain.records import Review, ReviewOutcome, ReviewType, S117Decision, Stage, SupportChange

HOURS_IN_A_WEEK = 168
_MOST_DAYS = 3650
_MOST_MONTHS = 120


def check_decisions(review: Review, review_type: ReviewType | None) -> tuple[Caution, ...]:
    """Check what a held review decided: why it was called, after-care, support. Its dates are not looked at."""
    findings = Findings()
    if review_type is not None and review_type.asks_reason and not review.reason_code:
        findings.refuse("reason_code", "The reason is empty. Choose why the review was called.")
    if review_type is not None and review_type.asks_s117 and review.s117_decision is None:
        findings.caution("s117_decision", "What was decided about after-care is not said.")
    if review.s117_decision in (S117Decision.CONTINUE, S117Decision.MODIFY):
        if not (review.s117_health_name.strip() and review.s117_council_name.strip()):
            findings.caution("s117_health_name", "Who decided for the NHS and for the council is not said.")
        if review.s117_decision == S117Decision.MODIFY and not review.s117_reason.strip():
            findings.refuse("s117_reason", "Reasons are empty. Say what changes in after-care, and why.")
    _check_support(review, findings)
    return findings.settle()


def _check_support(review: Review, findings: Findings) -> None:
    check_numbers(review, findings)
    hours, cost = review.hours_per_week, review.weekly_cost_pence
    if hours is not None and not 0 <= hours <= HOURS_IN_A_WEEK:
        findings.refuse(
            "hours_per_week", f"A week has {HOURS_IN_A_WEEK} hours. Write the hours of support in one week."
        )
    if cost is not None and cost < 0:
        findings.refuse("weekly_cost_pence", "New cost is below nothing. Write what a week costs.")
    changes = review.support_change in (SupportChange.UP, SupportChange.DOWN)
    if changes and review.changes_on is None:
        findings.refuse("changes_on", "The first day is empty. Write the day from which the support changes.")
    if changes and review.outcome == ReviewOutcome.CONTINUE:
        way = "more" if review.support_change == SupportChange.UP else "less"
        words = (
            f"The outcome is “No change”, and yet {way} support is decided. Choose “Plan changed”, or check Support."
        )
        findings.caution("outcome", words)
    if not changes and (hours is not None or cost is not None or review.changes_on is not None):
        findings.refuse("support_change", "New hours or cost are given. Choose more or less support.")


def check_review_type(
    review_type: ReviewType, others: Iterable[ReviewType], stages: Sequence[Stage], *, is_main: bool
) -> ReviewType:
    """The kind with its days put in order. Raises Invalid with everything that is wrong with it."""
    findings, words = Findings(), review_type.label.strip()
    if not words:
        findings.refuse("label", "Kind of review is empty. Write what it is called.")
    elif any(fold(words) == fold(other.label) for other in others if other.id != review_type.id):
        findings.refuse("label", f"There is a kind called {words} already. Choose another name.")
    days = [each for each in re.split(r"[,;\s]+", review_type.days) if each]
    if not all(each.isdigit() and 0 < int(each) <= _MOST_DAYS for each in days):
        findings.refuse("days", f"“{review_type.days}” are not days. Write them like 14, 28, 42.")
        days = []
    if review_type.begins == "stage" and review_type.stage_id not in {stage.id for stage in stages}:
        findings.refuse("stage_id", "Stage is empty. Choose the stage whose stays are looked at.")
    if review_type.begins == "discharge" and len(days) != 1:
        findings.refuse("days", "After a discharge one day is counted to. Write one number.")
    if review_type.begins in ("stage", "placement") and not is_main and not days and not review_type.repeat_months:
        findings.refuse("days", "Nothing says when it is due. Write days, or how many months apart.")
    if review_type.begins == "s117" and not review_type.repeat_months:
        findings.refuse("repeat_months", "After-care is reviewed at least once a year. Write how many months apart.")
    for field, value, most in (
        ("repeat_months", review_type.repeat_months, _MOST_MONTHS),
        ("soon_days", review_type.soon_days, _MOST_DAYS),
        ("lapse_days", review_type.lapse_days, _MOST_DAYS),
    ):
        if value is not None and not 0 <= value <= most:
            findings.refuse(field, f"{value} is out of reach. Write a number up to {most}.")
    if is_main and (review_type.retired or review_type.begins != "placement"):
        rule = "The office’s main rule asks for this kind. It stays in use, counted from the start of a placement."
        findings.refuse("retired" if review_type.retired else "begins", rule)
    findings.settle()
    tidy = ",".join(str(day) for day in sorted({int(day) for day in days}))
    return replace(
        review_type, label=words, days=tidy, stage_id=review_type.stage_id if review_type.begins == "stage" else None
    )

"""What may be recorded of the office itself: its stages, code lists, services, workers, teams and review rules."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.names import fold
from mhtracker.domain.records import CodeItem, Provider, Service, Stage, Team, Worker
from mhtracker.domain.reviewing.due import ReviewRules

Named = Team | Worker | Provider | Service


def check_named(record: Named, others: Iterable[Named], what: str) -> tuple[Caution, ...]:
    """Check a team, worker, provider or service; `what` is its word ("service"). One name is one of them."""
    findings = Findings()
    if not record.name.strip():
        findings.refuse("name", f"Name is empty. Write the name of the {what}.")
    for other in others:
        if other.id != record.id and fold(other.name) == fold(record.name):
            findings.refuse("name", f"There is a {what} called {other.name} already. Choose that one.")
    return findings.settle()


def check_stage(stage: Stage, others: Iterable[Stage]) -> tuple[Caution, ...]:
    """Check a stage of the pathway against the others."""
    findings = Findings()
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", stage.id):
        findings.refuse("id", "Key is not usable. Write small letters and figures, such as supported_24.")
    if not stage.label.strip():
        findings.refuse("label", "Name is empty. Write what the stage is called.")
    if len(stage.letter.strip()) != 1:
        findings.refuse("letter", "Letter stands in small marks. Write one letter.")
    if stage.limit_days is not None and stage.limit_days < 1:
        findings.refuse(
            "limit_days", "Longest usual stay is below one day. Write days, or leave it empty for no limit."
        )
    for other in others:
        if other.id == stage.id or other.retired:
            continue
        if fold(other.label) == fold(stage.label):
            findings.refuse("label", f"There is a stage called {other.label} already. Choose another name.")
        if other.level == stage.level:
            findings.refuse(
                "level", f"{other.label} is at level {other.level} already. Choose a level above or below it."
            )
        if other.letter == stage.letter:
            findings.caution("letter", f"{other.label} has the letter {other.letter} too.")
    return findings.settle()


def check_code(item: CodeItem, others: Iterable[CodeItem]) -> tuple[Caution, ...]:
    """Check an entry of a code list against the others of its list."""
    findings = Findings()
    if not item.code.strip() or "/" in item.code:
        findings.refuse("code", "Code is empty or holds a stroke. Write letters and figures.")
    if not item.label.strip():
        findings.refuse("label", "Words are empty. Write what people choose.")
    if item.valid_from is not None and item.valid_to is not None and item.valid_to < item.valid_from:
        findings.refuse("valid_to", "Offered until is before offered from. Check both dates.")
    for other in others:
        if other.id != item.id and other.list_name == item.list_name and fold(other.label) == fold(item.label):
            findings.caution("label", f"The list says {other.label} already.")
    return findings.settle()


def check_review_rules(rules: ReviewRules) -> tuple[Caution, ...]:
    """Check the office's review rules; longer spans than the guidance's are allowed but said."""
    findings = Findings()
    for field, least, most, what in (
        ("first_days", 1, 366, "First review"),
        ("repeat_months", 1, 60, "Later reviews"),
        ("first_soon_days", 0, 366, "Soon, first review"),
        ("repeat_soon_days", 0, 366, "Soon, later reviews"),
        ("soon_days", 0, 366, "Soon"),
    ):
        value = getattr(rules, field)
        if not least <= value <= most:
            findings.refuse(field, f"{what}: {value} is out of range. Write {least} to {most}.")
    if rules.first_days > 56:
        findings.caution("first_days", "The guidance expects a first review within 6 to 8 weeks.")
    if rules.repeat_months > 12:
        findings.caution("repeat_months", "The guidance expects a review at least every 12 months.")
    return findings.settle()

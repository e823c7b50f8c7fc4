"""What legal orders and other dated statuses hold on a day, which take each other's place, and how each may end.

Facts and limits: Mental Health Act 1983 s117 and Part 2; Mental Capacity Act 2005 Schedule A1 (deprivation of liberty
safeguards hold in hospitals and care homes only, for 12 months at most); Care Act 2014 s42.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from mhtracker.domain.dates import add_months, write_date
from mhtracker.domain.findings import Caution, Findings
from mhtracker.domain.records import LegalAndStatus, Placement, Stage, StatusKind
from mhtracker.domain.stage_kinds import IN_CARE, kind_of

EXPIRING = frozenset({StatusKind.CTO, StatusKind.DOLS, StatusKind.COURT})
"""What runs out on a day unless it is renewed."""

ONE_AT_A_TIME = frozenset(
    {StatusKind.S117, StatusKind.ACCOMMODATION, StatusKind.EMPLOYMENT, StatusKind.CTO, StatusKind.DOLS}
)
"""Of these a new one takes the place of the one before; of the others several may hold beside each other."""

LEGAL_ORDER = (
    StatusKind.S117,
    StatusKind.CTO,
    StatusKind.DOLS,
    StatusKind.COURT,
    StatusKind.CAPACITY,
    StatusKind.ADVOCACY,
    StatusKind.SAFEGUARDING,
)
"""The order in which meetings read them."""

DOLS_MONTHS = 12
CTO_MONTHS = 12
SOON_DAYS = 42
"""An order is due soon this many days before it runs out: renewing one takes that long."""

NEW_DETENTION = "A new qualifying detention began"


def holds(status: LegalAndStatus, as_at: date) -> bool:
    """Whether a status holds on a day. It no longer does from the day it ended, nor after the day it ran out.

    The one function that says so: lists, pages, paper and rules all ask it.
    """
    if status.started_on is not None and status.started_on > as_at:
        return False
    if status.ended_on is not None and status.ended_on <= as_at:
        return False
    return status.expires_on is None or as_at <= status.expires_on


def ran_out(status: LegalAndStatus, as_at: date) -> bool:
    """Whether nobody ended it and it simply ran out: somebody has to renew it or say that it is over."""
    return status.ended_on is None and status.expires_on is not None and status.expires_on < as_at


def is_carried_on(status: LegalAndStatus, others: Iterable[LegalAndStatus], as_at: date) -> bool:
    """Whether another begun since, known on a day or beginning as this one runs out, takes its place."""
    if status.expires_on is None:
        return False
    known = max(as_at, status.expires_on + timedelta(days=1))
    return any(
        takes_the_place_of(other, status)
        and other.started_on is not None
        and (status.started_on or date.min) < other.started_on <= known
        for other in others
    )


def all_held(statuses: Iterable[LegalAndStatus], kind: StatusKind, as_at: date) -> list[LegalAndStatus]:
    """Every status of a kind that holds on a day, the latest begun first. No start means since always."""
    live = [status for status in statuses if status.kind == kind and holds(status, as_at)]
    return sorted(live, key=lambda status: (status.started_on or date.min, status.id), reverse=True)


def status_held(statuses: Iterable[LegalAndStatus], kind: StatusKind, as_at: date) -> LegalAndStatus | None:
    """The status of a kind that holds on a day; the latest begun when several do."""
    return next(iter(all_held(statuses, kind, as_at)), None)


def out_of_force_on(status: LegalAndStatus) -> date | None:
    """The first day on which a status no longer holds; None while nothing says so."""
    after = status.expires_on + timedelta(days=1) if status.expires_on is not None else None
    return min((day for day in (status.ended_on, after) if day is not None), default=None)


def hold_together(one: LegalAndStatus, other: LegalAndStatus) -> bool:
    """Whether there is a day on which both hold."""

    def starts(status: LegalAndStatus) -> date:
        return status.started_on or date.min

    def ends(status: LegalAndStatus) -> date:
        return out_of_force_on(status) or date.max

    return starts(one) < ends(other) and starts(other) < ends(one)


def takes_the_place_of(new: LegalAndStatus, other: LegalAndStatus) -> bool:
    """Whether a new status ends another that holds: the same thing said anew, not a second thing beside it.

    A capacity decision replaces the last one on the same matter, a safeguarding stage the last one of the same
    enquiry (by its reference), an order of the court the last one of its sort. Concerns begun on different days and
    without a reference are separate ones.
    """
    if new.kind != other.kind or new.id == other.id:
        return False
    if new.kind in ONE_AT_A_TIME:
        return True
    if new.kind == StatusKind.CAPACITY:
        return new.code != "other" and _matter(new.code) == _matter(other.code)
    if new.kind == StatusKind.SAFEGUARDING:
        same_enquiry = new.reference.strip().casefold() == other.reference.strip().casefold()
        told_apart = new.code == other.code and new.started_on != other.started_on
        return same_enquiry and (bool(new.reference.strip()) or not told_apart)
    return new.code == other.code


def _matter(code: str) -> str:
    """What a capacity decision is about: "has_move" and "lacks_move" are about the same."""
    return code.partition("_")[2] or code


def says_the_same(new: LegalAndStatus, other: LegalAndStatus) -> bool:
    """Whether a new status only repeats one that holds. A renewal does not, nor a new detention or decision."""
    if new.code != other.code or new.ended_on is not None:
        return False
    if new.kind in (StatusKind.S117, StatusKind.CAPACITY, *EXPIRING):
        return new.started_on == other.started_on and new.expires_on == other.expires_on
    return True


def is_community_treatment_order(status: LegalAndStatus) -> bool:
    """A conditional discharge stands in the same list and is none."""
    return status.kind == StatusKind.CTO and status.code != "conditional"


def check_order(
    status: LegalAndStatus, placements: Sequence[Placement] = (), stages: Iterable[Stage] = ()
) -> tuple[Caution, ...]:
    """Check what is particular to a kind: how long it may hold, and where."""
    findings = Findings()
    started, expires = status.started_on, status.expires_on
    if expires is not None and status.kind not in EXPIRING:
        findings.refuse("expires_on", "This does not run out by itself. Write the day it ended instead.")
    elif expires is not None and started is not None and expires < started:
        words = f"Runs out on {write_date(expires)} is before it began on {write_date(started)}. Check both dates."
        findings.refuse("expires_on", words)
    if status.kind in EXPIRING and started is None:
        findings.refuse("started_on", "The start is empty. Write the day it began.")
    if status.kind == StatusKind.DOLS:
        _check_dols(status, placements, {stage.id: stage for stage in stages}, findings)
    elif status.kind == StatusKind.CTO:
        _check_cto(status, findings)
    elif status.kind == StatusKind.CAPACITY and not status.decided_by:
        findings.caution("decided_by", "A capacity decision says who made it.")
    return findings.settle()


def _check_dols(
    status: LegalAndStatus, placements: Sequence[Placement], stages: dict[str, Stage], findings: Findings
) -> None:
    started, expires = status.started_on, status.expires_on
    if status.code != "requested" and expires is None:
        findings.refuse(
            "expires_on", "The last day is empty. An authorisation always has a last day, within 12 months."
        )
    elif started is not None and expires is not None and expires > (last := add_months(started, DOLS_MONTHS)):
        words = f"An authorisation holds for 12 months at most: until {write_date(last)} here."
        findings.refuse("expires_on", words, (last,))
    elif status.code == "urgent" and started is not None and expires is not None and (expires - started).days > 14:
        findings.caution("expires_on", "An urgent authorisation holds for 7 days, 14 when extended.")
    for there in placements:
        stage = stages.get(there.stage_id)
        if stage is not None and not may_hold_dols(stage) and _lived_there(there, started):
            findings.caution("code", dols_words(stage))


def may_hold_dols(stage: Stage) -> bool:
    """Whether an authorisation of deprivation of liberty reaches who lives in a stage: a hospital or a care home."""
    return kind_of(stage) in IN_CARE or stage.keeps_place


def _lived_there(placement: Placement, day: date | None) -> bool:
    if day is None:
        return False
    return placement.started_on <= day and (placement.ended_on is None or placement.ended_on > day)


def dols_words(stage: Stage) -> str:
    """Why an authorisation does not reach somebody in a stage."""
    return (
        f"An authorisation holds in hospitals and care homes only. In {stage.label[:1].lower()}{stage.label[1:]} it "
        "needs an order of the Court of Protection."
    )


def dols_lost_in(stage: Stage, statuses: Iterable[LegalAndStatus], as_at: date) -> bool:
    """Whether an authorisation holds that does not reach somebody who moves into a stage."""
    return not may_hold_dols(stage) and status_held(statuses, StatusKind.DOLS, as_at) is not None


def _check_cto(status: LegalAndStatus, findings: Findings) -> None:
    if not is_community_treatment_order(status):
        return
    if status.expires_on is None:
        findings.caution("expires_on", "Write the day the order runs out, so that it is looked at in time.")
    elif status.started_on is not None and status.expires_on > add_months(status.started_on, CTO_MONTHS):
        findings.caution("expires_on", "An order runs for 6 months, then 6, then a year at a time. Check the date.")


CHARGED = "s117 after-care is free to the person: a charge is kept, but counts as nothing. Check what it is for."
"""A form asks to look again and does not refuse: a charge may be for what is no after-care, which nothing here tells
apart, and what is charged wrongly has to be seen before it can be paid back."""


def check_charge(charge_pence: int | None, statuses: Iterable[LegalAndStatus], as_at: date) -> tuple[Caution, ...]:
    """Check what somebody is asked to pay: never towards after-care. Raises Invalid for less than nothing."""
    findings = Findings()
    if charge_pence is not None and charge_pence < 0:
        findings.refuse("weekly_charge_pence", "What the person pays is below nothing. Write what they pay for a week.")
    elif is_charged_after_care(charge_pence, statuses, as_at):
        findings.caution("weekly_charge_pence", CHARGED)
    return findings.settle()


def is_charged_after_care(charge_pence: int | None, statuses: Iterable[LegalAndStatus], as_at: date) -> bool:
    """Whether somebody is charged while they have a right to s117 after-care."""
    return bool(charge_pence) and status_held(statuses, StatusKind.S117, as_at) is not None

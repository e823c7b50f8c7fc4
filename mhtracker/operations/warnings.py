"""Warnings about a person: raised with who and why, looked at again in time, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mhtracker.domain.care_warnings import check_warning
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.records import CareWarning, new_id
from mhtracker.operations.drafting import Preview, changed, drafted, previewed
from mhtracker.store import Store


def raise_warning(store: Store, person_id: str, *, kind: str, words: str, why: str, **facts: Any) -> CareWarning:
    """Warn whoever meets a person. `facts` are `raised_on` (today), `raised_by`, `review_on`, `expires_on`.

    It is looked at again by `review_on`, or ends by itself after `expires_on`: one of them is needed. Raises Invalid.
    """
    with store.operation("Raise warning", person_id=person_id) as work:
        return work.save(_new(store, person_id, {"kind": kind, "words": words, "why": why, **facts})[0])


def preview_warning(store: Store, person_id: str, warning_id: str | None = None, **facts: Any) -> Preview:
    """What raising a warning (no id) or changing one would say."""

    def draft() -> tuple[Caution, ...]:
        if warning_id is None:
            return _new(store, person_id, facts)[1]
        warning = changed(store, store.get(CareWarning, warning_id), facts, None)
        return check_warning(drafted(store, warning), today=store.today)

    return previewed(draft)


def edit_warning(store: Store, warning_id: str, *, base: CareWarning | None = None, **changes: Any) -> CareWarning:
    """Put a warning right. What it said before stays in the history. Raises Invalid, Conflict."""
    found = store.get(CareWarning, warning_id)
    with store.operation("Change warning", person_id=found.person_id) as work:
        warning = drafted(store, changed(store, work.get(CareWarning, warning_id), changes, base))
        check_warning(warning, today=work.today)
        return work.save(warning)


def check_again(
    store: Store,
    warning_id: str,
    *,
    checked_on: date | None = None,
    review_on: date | None,
    words: str | None = None,
    why: str | None = None,
) -> CareWarning:
    """Say that a warning was looked at and still holds, and by when it is looked at next.

    New `words` and `why` take the place of the old, which stay in the history. Raises Invalid.
    """
    found = store.get(CareWarning, warning_id)
    with store.operation("Look at warning again", person_id=found.person_id) as work:
        warning = _open(work.get(CareWarning, warning_id))
        looked = replace(
            warning,
            checked_on=checked_on or work.today,
            review_on=review_on,
            words=warning.words if words is None else words,
            why=warning.why if why is None else why,
        )
        looked = drafted(store, looked)
        check_warning(looked, today=work.today)
        return work.save(looked)


def end_warning(store: Store, warning_id: str, *, ended_on: date | None = None, reason: str) -> CareWarning:
    """Say that a warning holds no longer, and why. It stays in the list. Raises Invalid."""
    found = store.get(CareWarning, warning_id)
    with store.operation("End warning", person_id=found.person_id) as work:
        warning = _open(work.get(CareWarning, warning_id))
        ended = drafted(store, replace(warning, ended_on=ended_on or work.today, end_reason=reason))
        check_warning(ended, today=work.today)
        return work.save(ended)


def _new(store: Store, person_id: str, facts: dict[str, Any]) -> tuple[CareWarning, tuple[Caution, ...]]:
    given: dict[str, Any] = {"raised_by": store.who} | facts
    given["raised_on"] = given.get("raised_on") or store.today
    warning = drafted(store, CareWarning(new_id(), person_id, **given))
    return warning, check_warning(warning, today=store.today)


def _open(warning: CareWarning) -> CareWarning:
    if warning.ended_on is not None:
        raise Invalid({"": f"This warning ended on {write_date(warning.ended_on)}. Raise a new one instead."})
    return warning

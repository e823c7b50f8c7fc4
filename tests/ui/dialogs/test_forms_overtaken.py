"""The register changes under a form that adds to it: it says so, and keeps its words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mhtracker.domain.records import LegalAndStatus, MoveOnPlan, Placement, ReviewKind, StatusKind
from mhtracker.operations.moves import record_move
from mhtracker.operations.reviews import book_review
from mhtracker.operations.statuses import set_status
from mhtracker.operations.targets import change_target
from mhtracker.store.drafts import list_drafts
from mhtracker.ui.widgets.banner import Banner
from tests.ui.conftest import DAY
from tests.ui.dialogs.form_handling import texts_of, told, type_into


def other_situation(do, line, read) -> dict[str, Any]:
    plan = read(lambda store: store.find(MoveOnPlan, person_id=line.person_id, ended_on=None)[0])

    def move(store):
        return record_move(
            store, line.person_id, left_on=DAY, planned=True, reason_code="own_choice", stage_id="supported",
            started_on=DAY,
        )  # fmt: skip

    def slip(store):
        day, why = DAY + timedelta(days=200), store.codes("slip_reason")[0].code
        return change_target(store, plan.id, target_on=day, reason_code=why, reason="Waiting")

    def work(store):
        return set_status(store, line.person_id, kind=StatusKind.EMPLOYMENT, code=codes(store)[0], started_on=DAY)

    return {
        "move": ("address", "4 Canal View", move),
        "target": ("reason", "No flat was free.", slip),
        "review": (
            "summary", "She wants to move.",
            lambda store: book_review(store, line.person_id, booked_on=DAY + timedelta(days=30), kind=ReviewKind.S117),
        ),
        "status": ("note", "Seen the letter.", work),
    }  # fmt: skip


def codes(store):
    held = {status.code for status in store.find(LegalAndStatus, kind=StatusKind.EMPLOYMENT)}
    listed = [item.code for item in store.codes("employment")]
    return [code for code in listed if code not in held] or listed


@pytest.mark.parametrize("command", ["move", "target", "review", "status"])
def test_a_form_is_told_when_what_it_goes_by_has_changed_and_keeps_its_words(
    command, open_form, window, line, do, read, settled
):
    name, words, change = other_situation(do, line, read)[command]
    form = open_form(command)
    type_into(form, name, words)
    do(change)
    assert isinstance(form.settling.banner, Banner)
    assert "Jo Okafor recorded “" in told(form)
    assert words in (texts_of(form).get(name) or told(form))
    form.keep()
    settled(window)
    assert any(words in draft.texts.values() for draft in read(list_drafts))


def test_a_move_is_not_recorded_on_a_stay_that_somebody_ended_meanwhile(open_form, window, line, do, read, settled):
    form = open_form("move")
    type_into(form, "address", "4 Canal View")
    form.settling._on_changed = lambda changes: None
    window.context.bus.changed.disconnect()  # as on another computer, before its news has come
    _, _, change = other_situation(do, line, read)["move"]
    do(change)
    for name, typed in (("left_on", "14 Jul 2026"), ("started_on", "14 Jul 2026"), ("stage_id", "Independent")):
        type_into(form, name, typed)
    type_into(form, "planned", "Planned")
    type_into(form, "reason_code", form.form.editors["reason_code"].combo.itemText(0))
    before = read(lambda store: len(store.find(Placement, person_id=line.person_id)))
    form.record()
    settled(window)
    assert read(lambda store: len(store.find(Placement, person_id=line.person_id))) == before
    assert "Jo Okafor recorded “" in told(form)
    assert texts_of(form)["address"] == "4 Canal View"

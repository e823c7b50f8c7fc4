"""Handing people over to other workers: to whom, since when, and what each is to be taken on with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Team, Worker
from mhtracker.operations.handover import Handed, HandoverDone, hand_over
from mhtracker.store import Store
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, caseload_ids, lines_of
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_drafts import mark_of
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import worker_choices
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.handover_sheet import show_handover_sheet
from mhtracker.ui.more_editors import CheckEdit
from mhtracker.ui.widgets.labels import Label

MOST = 60
STAYS = "-"
TO, NOTE = "to:", "note:"


@dataclass(frozen=True, slots=True)
class ToHandOver:
    """The people by name, the workers who may take over, and the one worker who holds them all, if one does.

    The first of the people have fields of their own; the form has no room for those of the `rest`.
    """

    people: tuple[CaseloadLine, ...]
    rest: tuple[CaseloadLine, ...]
    workers: tuple[Choice, ...]
    giver: Worker | None


class HandOverForm(FormPanel):
    """`person_ids` are those to be handed over; without them the whole caseload of whoever sits here."""

    def __init__(self, context: Context, *, person_ids: Sequence[str] = ()) -> None:
        self._ids = tuple(person_ids)
        key, args = f"hand_over::{mark_of(self._ids)}" if person_ids else "hand_over:", {"person_ids": self._ids}
        super().__init__(context, "Hand over", primary="Hand over", key=key, args=args if person_ids else {})

    def read(self, store: Store) -> ToHandOver:
        ids: Sequence[str] = self._ids
        if not ids:
            mine = Filter("worker", "=", self.context.register.worker_name or "nobody")
            ids = caseload_ids(store, CaseloadQuery((mine,)), store.today)
        people = sorted(lines_of(store, ids, store.today), key=lambda line: line.name_key)
        givers = {line.worker_id for line in people}
        (only,) = givers if len(givers) == 1 else (None,)
        workers = worker_choices(store.find(Worker), store.find(Team), store.today, None)
        return ToHandOver(
            tuple(people[:MOST]), tuple(people[MOST:]), tuple(workers), store.peek(Worker, only) if only else None
        )

    def stands_on(self, data: ToHandOver) -> Any:
        return tuple((line.person_id, line.worker_id) for line in (*data.people, *data.rest))

    def make_form(self, data: ToHandOver) -> Form:
        theme = self.theme
        people = text.count(len(data.people) + len(data.rest), "person", "people")
        giver = data.giver
        self.set_title(f"Hand over {people}" + (f" of {giver.name}" if giver is not None else ""))
        takers = [each for each in data.workers if giver is None or each.value != giver.id]
        stays = Choice(STAYS, "Stays as it is")
        asks: list[Any] = []
        for line in data.people:
            name = text.name_in_order(line.surname, line.given_names)
            asks += [
                Part(name, Label(f"{line.ref}, {line.stage}", "caption", "text2"), ruled=True),
                Ask(
                    TO + line.person_id,
                    ChoiceEdit(theme, [stays, *takers], blank="The worker above"),
                    label="To",
                    help="",
                ),
                Ask(NOTE + line.person_id, LineEdit(theme), label="To be known", help=""),
            ]
        leaves = CheckEdit(theme, f"{giver.name if giver else 'They'} leaves the office that day")
        form = Form(
            theme,
            Ask(
                "worker_id",
                ChoiceEdit(theme, takers),
                label="To",
                required=True,
                help="Unless changed below.",
            ),
            Ask("on", DateEdit(theme, lambda: self.context.today), label="On", required=True, help=""),
            Ask("leaves", leaves, label="", help=""),
            Label(
                "Open actions of the worker go along, and each person gets a note of it. The handover sheet is shown"
                " when this is recorded.",
                "caption",
                "text2",
                wrap=True,
            ),
            *asks,
            *self._rest(data),
            name="Hand over",
        )
        form.set_values({"on": self.context.today})
        form.set_shown("leaves", giver is not None)
        return form

    def _rest(self, data: ToHandOver) -> list[Any]:
        if not data.rest:
            return []
        names = text.join_words([text.name_in_order(line.surname, line.given_names) for line in data.rest])
        people = text.count(len(data.rest), "more person", "more people")
        words = f"All of them go to the worker above: {names}."
        return [Part(f"And {people}", ruled=True), Label(words, tone="text2", wrap=True)]

    def perform(self, store: Store, values: Mapping[str, Any]) -> HandoverDone:
        handed = [Handed(line.person_id, values["worker_id"]) for line in self.data.rest]
        for line in self.data.people:
            to = values.get(TO + line.person_id) or values["worker_id"]
            if to != STAYS:
                handed.append(Handed(line.person_id, to, values.get(NOTE + line.person_id) or ""))
        giver: Worker | None = self.data.giver
        leaver = giver.id if giver is not None and values.get("leaves") else None
        on: date = values["on"]
        try:
            return hand_over(store, handed, on=on, leaver_id=leaver)
        except Invalid as wrong:
            ids = {line.person_id for line in self.data.people}
            named = {(TO + name if name in ids else name): words for name, words in wrong.problems.items()}
            raise Invalid(named, wrong.mends) from wrong

    def said(self, result: HandoverDone) -> str:
        people = text.count(len(result.people), "person", "people")
        actions = f", with {text.count(result.actions, 'open action')}" if result.actions else ""
        return f"Handed {people} over to {result.taken_by}{actions}."

    def after(self, result: HandoverDone) -> None:
        show_handover_sheet(self.context, result)

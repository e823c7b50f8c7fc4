"""Dated statuses: after-care under section 117, accommodation, employment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mhtracker import text
from mhtracker.domain.caseload import status_held
from mhtracker.domain.records import LegalAndStatus, StatusKind
from mhtracker.operations.drafting import Preview
from mhtracker.operations.statuses import end_status, preview_status, set_status
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import TextEdit

KINDS = (
    (StatusKind.ACCOMMODATION, "Accommodation"),
    (StatusKind.EMPLOYMENT, "Employment"),
    (StatusKind.S117, "s117 after-care"),
)


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """What holds now, and what may be chosen, by kind."""

    held: Mapping[StatusKind, LegalAndStatus | None]
    codes: Mapping[StatusKind, tuple[Choice, ...]]


class StatusForm(FormPanel):
    """Says what holds from a day on; what held before ends that day."""

    def __init__(self, context: Context, *, person_id: str, kind: str = StatusKind.ACCOMMODATION) -> None:
        self._kind = StatusKind(kind)
        super().__init__(context, "Set a status", primary="Set status", key=f"status:{person_id}", person_id=person_id)

    chosen_once = ("kind",)

    def stands_on(self, data: StatusFacts) -> Any:
        return tuple(data.held.items())

    def read(self, store: Store) -> StatusFacts:
        found = store.find(LegalAndStatus, person_id=self.person_id)
        return StatusFacts(
            {kind: status_held(found, kind, store.today) for kind, _ in KINDS},
            {kind: tuple(code_choices(store, kind)) for kind, _ in KINDS},
        )

    def make_form(self, data: StatusFacts) -> Form:
        theme = self.theme
        self._which = ChoiceEdit(theme, [Choice(kind, words) for kind, words in KINDS])
        self._code = ChoiceEdit(theme, data.codes[self._kind])
        form = Form(
            theme,
            Ask("kind", self._which, of=(LegalAndStatus, "kind")),
            Ask("code", self._code, of=(LegalAndStatus, "code")),
            Ask("started_on", DateEdit(theme, lambda: self.context.today), of=(LegalAndStatus, "started_on")),
            Ask("note", TextEdit(theme, lines=2), of=(LegalAndStatus, "note")),
            name="Set a status",
        )
        form.set_values({"kind": self._kind})
        self._which.edited.connect(self._on_kind)
        self._on_kind()
        return form

    def _on_kind(self) -> None:
        kind = self._which.value()
        if kind is None:
            return
        data: StatusFacts = self.data
        self._code.set_choices(data.codes[kind])
        held = data.held[kind]
        words = {choice.value: choice.words for choice in data.codes[kind]}
        now = f"Now: {words.get(held.code, held.code)}" if held else "Nothing recorded yet"
        since = f", since {text.format_date(held.started_on)}" if held and held.started_on else ""
        self._which.set_help(f"{now}{since}")

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("kind") is None or values.get("code") is None:
            return None
        return preview_status(
            store,
            self.person_id or "",
            kind=values["kind"],
            code=values["code"],
            started_on=values.get("started_on"),
            note=values.get("note") or "",
        )

    def perform(self, store: Store, values: Mapping[str, Any]) -> LegalAndStatus:
        return set_status(store, self.person_id or "", **values)

    def said(self, result: LegalAndStatus) -> str:
        return f"Set {self.whole_name}’s {_in_words(result.kind)}."


class EndStatusForm(FormPanel):
    """Says that a status holds no longer. Without `status_id` it is the s117 after-care that holds now."""

    def __init__(self, context: Context, *, person_id: str, status_id: str | None = None) -> None:
        self._status_id = status_id
        super().__init__(
            context,
            "End s117 after-care",
            primary="End it",
            key=":".join(filter(None, ("end_status", person_id, status_id))),
            person_id=person_id,
            args={"status_id": status_id} if status_id else {},
        )

    def stands_on(self, data: LegalAndStatus | None) -> Any:
        return data or "nothing holds"

    def read(self, store: Store) -> LegalAndStatus | None:
        if self._status_id:
            return store.get(LegalAndStatus, self._status_id)
        found = store.find(LegalAndStatus, person_id=self.person_id)
        return status_held(found, StatusKind.S117, store.today)

    def make_form(self, data: LegalAndStatus | None) -> Form:
        if data is not None:
            self.set_title(f"End {_in_words(data.kind)}")
        return Form(
            self.theme,
            Ask(
                "ended_on",
                DateEdit(self.theme, lambda: self.context.today),
                of=(LegalAndStatus, "ended_on"),
                required=True,
            ),
            Ask(
                "note",
                TextEdit(self.theme, lines=3),
                of=(LegalAndStatus, "note"),
                help="Who agreed, and why." if data and data.kind == StatusKind.S117 else "",
            ),
            name="End a status",
        )

    def perform(self, store: Store, values: Mapping[str, Any]) -> LegalAndStatus:
        return end_status(store, self.data.id, ended_on=values["ended_on"], note=values.get("note") or "")

    def said(self, result: LegalAndStatus) -> str:
        return f"Ended {self.whole_name}’s {_in_words(result.kind)}."


def _in_words(kind: StatusKind) -> str:
    return text.first_lower(dict(KINDS)[StatusKind(kind)])

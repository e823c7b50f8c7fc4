"""Dated statuses: after-care and other orders, capacity, advocacy, safeguarding, accommodation, employment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mhtracker import text
from mhtracker.domain.legal.orders import EXPIRING, all_held, status_held
from mhtracker.domain.legal.words import KIND_TITLES
from mhtracker.domain.records import LegalAndStatus, StatusKind
from mhtracker.operations.drafting import Preview
from mhtracker.operations.statuses import (
    STATUS_NAMES,
    edit_status,
    end_status,
    preview_end,
    preview_status,
    remove_status,
    set_status,
)
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, TextEdit

_DECIDED = (StatusKind.CAPACITY, StatusKind.COURT, StatusKind.DOLS)
_NUMBERED = (StatusKind.DOLS, StatusKind.COURT, StatusKind.SAFEGUARDING)
BOTH_BODIES = ("ended_by_health", "ended_by_council")


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """What holds now, and what may be chosen, by kind."""

    held: Mapping[StatusKind, tuple[LegalAndStatus, ...]]
    codes: Mapping[StatusKind, tuple[Choice, ...]]


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that were filled in."""
    return {name: value for name, value in values.items() if value is not None}


class StatusForm(FormPanel):
    """Says what holds from a day on; what it takes the place of ends that day. `code` is chosen at once, to renew."""

    def __init__(
        self,
        context: Context,
        *,
        person_id: str,
        kind: str = StatusKind.ACCOMMODATION,
        code: str = "",
        key: str = "",
        args: Mapping[str, Any] | None = None,
    ) -> None:
        self._kind, self._renewed = StatusKind(kind), code
        self._begins: date | None = None
        super().__init__(
            context,
            "Set a status",
            primary="Set status",
            key=key or f"status:{person_id}",
            person_id=person_id,
            args=args,
        )

    chosen_once = ("kind",)

    def stands_on(self, data: StatusFacts) -> Any:
        return tuple(data.held.items())

    def read(self, store: Store) -> StatusFacts:
        found = store.find(LegalAndStatus, person_id=self.person_id)
        return StatusFacts(
            {kind: tuple(all_held(found, kind, store.today)) for kind in KIND_TITLES},
            {kind: tuple(code_choices(store, kind)) for kind in KIND_TITLES},
        )

    def make_form(self, data: StatusFacts) -> Form:
        theme, today = self.theme, lambda: self.context.today
        self._which = ChoiceEdit(theme, [Choice(kind, words) for kind, words in KIND_TITLES.items()])
        self._code = ChoiceEdit(theme, data.codes[self._kind])
        form = Form(
            theme,
            Ask("kind", self._which, of=(LegalAndStatus, "kind")),
            Ask("code", self._code, of=(LegalAndStatus, "code")),
            Ask("started_on", DateEdit(theme, today), of=(LegalAndStatus, "started_on")),
            Ask("expires_on", DateEdit(theme, today), of=(LegalAndStatus, "expires_on")),
            Ask("decided_by", LineEdit(theme), of=(LegalAndStatus, "decided_by")),
            Ask("reference", LineEdit(theme), of=(LegalAndStatus, "reference")),
            Ask("note", TextEdit(theme, lines=2), of=(LegalAndStatus, "note")),
            name="Set a status",
        )
        form.set_values({"kind": self._kind, "code": self._renewed or None, "started_on": self._begins})
        self._which.edited.connect(lambda: self._on_kind(form))
        self._on_kind(form)
        return form

    def _on_kind(self, form: Form) -> None:
        kind = self._which.value()
        if kind is None:
            return
        data: StatusFacts = self.data
        self._code.set_choices(data.codes[kind])
        form.set_shown("expires_on", kind in EXPIRING)
        form.set_shown("decided_by", kind in _DECIDED)
        form.set_shown("reference", kind in _NUMBERED)
        words = {choice.value: choice.words for choice in data.codes[kind]}
        now = "; ".join(_now(words, each) for each in data.held[kind])
        self._which.set_help(f"Now: {now}" if now else "Nothing of it holds now")

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("kind") is None or values.get("code") is None:
            return None
        return preview_status(store, self.person_id or "", **given(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> LegalAndStatus:
        return set_status(store, self.person_id or "", **given(values))

    def said(self, result: LegalAndStatus) -> str:
        return f"Set {self.whole_name}’s {STATUS_NAMES[result.kind]}."


class RenewStatusForm(StatusForm):
    """Carries on an order that runs out: of the same sort, from the day after its last."""

    def __init__(self, context: Context, *, person_id: str, status_id: str) -> None:
        self._status_id = status_id
        super().__init__(
            context, person_id=person_id, key=f"renew_status:{person_id}:{status_id}", args={"status_id": status_id}
        )

    def read(self, store: Store) -> StatusFacts:
        found = store.get(LegalAndStatus, self._status_id)
        self._kind, self._renewed = found.kind, found.code
        after = found.expires_on + timedelta(days=1) if found.expires_on is not None else None
        # Nothing is recorded as begun before its day: one renewed ahead of time says itself from when it holds.
        self._begins = after if after is not None and after <= store.today else None
        return super().read(store)


def _now(words: Mapping[Any, str], status: LegalAndStatus) -> str:
    since = f", since {text.format_date(status.started_on)}" if status.started_on else ""
    until = f", runs out {text.format_date(status.expires_on)}" if status.expires_on else ""
    return f"{words.get(status.code, status.code)}{since}{until}"


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
        held = status_held(found, StatusKind.S117, store.today)
        self._status_id = held.id if held is not None else None
        return held

    def about(self, data: LegalAndStatus | None) -> Mapping[str, Any]:
        return {"status_id": data.id} if data is not None else {}

    def make_form(self, data: LegalAndStatus | None) -> Form:
        theme = self.theme
        if data is not None:
            self.set_title(f"End {STATUS_NAMES[data.kind]}")
        after_care = data is None or data.kind == StatusKind.S117
        form = Form(
            theme,
            Ask(
                "ended_on",
                DateEdit(theme, lambda: self.context.today),
                of=(LegalAndStatus, "ended_on"),
                required=True,
                help="The first day on which it no longer holds.",
            ),
            *(Ask(name, LineEdit(theme), of=(LegalAndStatus, name), required=after_care) for name in BOTH_BODIES),
            Ask("end_reason", LineEdit(theme), of=(LegalAndStatus, "end_reason"), required=after_care),
            Ask("note", TextEdit(theme, lines=3), of=(LegalAndStatus, "note")),
            name="End a status",
        )
        for name in BOTH_BODIES:
            form.set_shown(name, after_care)
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if self.data is None:
            return Preview({"": "No s117 after-care holds, so there is none to end."})
        return preview_end(store, self.data.id, **given(values)) if values.get("ended_on") else None

    def perform(self, store: Store, values: Mapping[str, Any]) -> LegalAndStatus:
        return end_status(store, self.data.id, **given(values))

    def said(self, result: LegalAndStatus) -> str:
        return f"Ended {self.whole_name}’s {STATUS_NAMES[result.kind]}."


class EditStatusForm(FormPanel):
    """Puts right what was typed wrongly, or takes away what never held. What it said stays in the history."""

    def __init__(self, context: Context, *, person_id: str, status_id: str) -> None:
        self._status_id = status_id
        super().__init__(
            context,
            "Correct a status",
            primary="Save",
            key=f"edit_status:{person_id}:{status_id}",
            person_id=person_id,
            args={"status_id": status_id},
        )

    def read(self, store: Store) -> tuple[LegalAndStatus, list[Choice]]:
        status = store.get(LegalAndStatus, self._status_id)
        return status, code_choices(store, status.kind, status.code, status.started_on)

    def make_form(self, data: tuple[LegalAndStatus, list[Choice]]) -> Form:
        theme, today = self.theme, lambda: self.context.today
        self.base, codes = data
        kind: StatusKind = self.base.kind
        self.set_title(f"Correct {STATUS_NAMES[kind]}")
        names = ["started_on", *(["expires_on"] if kind in EXPIRING else [])]
        names += ["ended_on"] if self.base.ended_on is not None else []
        lines = [*(["decided_by"] if kind in _DECIDED else []), *(["reference"] if kind in _NUMBERED else [])]
        lines += ["end_reason"] if self.base.ended_on is not None else []
        lines += list(BOTH_BODIES) if kind == StatusKind.S117 and self.base.ended_on is not None else []
        self._texts = (*lines, "note")
        self._never = CheckEdit(theme, "This never held: take it away")
        form = Form(
            theme,
            Ask("code", ChoiceEdit(theme, codes), of=(LegalAndStatus, "code")),
            *(Ask(name, DateEdit(theme, today), of=(LegalAndStatus, name)) for name in names),
            *(Ask(name, LineEdit(theme), of=(LegalAndStatus, name)) for name in lines),
            Ask("note", TextEdit(theme, lines=2), of=(LegalAndStatus, "note")),
            Ask("never", self._never, label=""),
            Ask("reason", LineEdit(theme), label="Why", help="Stands in the history.", required=True),
            name="Correct a status",
        )
        form.set_values({name: getattr(self.base, name) for name in ("code", *names, *self._texts)})
        form.set_shown("reason", False)
        self._never.edited.connect(lambda: form.set_shown("reason", bool(self._never.value())))
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> LegalAndStatus:
        facts = dict(values)
        reason = facts.pop("reason", None)
        if facts.pop("never", False):
            remove_status(store, self._status_id, reason=reason or "")
            return self.base  # type: ignore[no-any-return]
        for name in self._texts:
            facts[name] = facts.get(name) or ""
        return edit_status(store, self._status_id, base=self.base, **facts)

    def said(self, result: LegalAndStatus) -> str:
        taken = "Took away" if result is self.base else "Corrected"
        return f"{taken} {self.whole_name}’s {STATUS_NAMES[result.kind]}."

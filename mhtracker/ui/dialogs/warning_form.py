"""Warnings about a person: raising one, looking at it again, changing and ending it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker import text
from mhtracker.domain.care_warnings import USUAL_MONTHS
from mhtracker.domain.dates import add_months
from mhtracker.domain.records import CareWarning
from mhtracker.operations.drafting import Preview
from mhtracker.operations.warnings import check_again, edit_warning, end_warning, preview_warning, raise_warning
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.dialogs.status_form import given
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import TextEdit

NAMES = ("kind", "words", "why", "raised_by", "raised_on", "review_on", "expires_on")


class _WarningFields(FormPanel):
    """What raising and changing share."""

    def fields(self, kinds: list[Choice]) -> Form:
        theme, today = self.theme, lambda: self.context.today

        def day(name: str) -> Ask:
            return Ask(name, DateEdit(theme, today), of=(CareWarning, name))

        return Form(
            theme,
            Ask("kind", ChoiceEdit(theme, kinds), of=(CareWarning, "kind")),
            Ask("words", TextEdit(theme, lines=2), of=(CareWarning, "words")),
            Ask("why", TextEdit(theme, lines=2), of=(CareWarning, "why")),
            Ask("raised_by", LineEdit(theme), of=(CareWarning, "raised_by")),
            *(day(name) for name in ("raised_on", "review_on", "expires_on")),
            name="Warning",
        )

    def complete(self, values: Mapping[str, Any]) -> bool:
        return bool(values.get("kind") and values.get("words") and values.get("why"))


class WarningForm(_WarningFields):
    """Raises a warning. It stands in the banner until it ends."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(
            context, "Raise a warning", primary="Raise warning", key=f"warning:{person_id}", person_id=person_id
        )

    def read(self, store: Store) -> tuple[list[Choice], str]:
        return code_choices(store, "warning_kind"), store.who

    def make_form(self, data: tuple[list[Choice], str]) -> Form:
        kinds, who = data
        form = self.fields(kinds)
        today = self.context.today
        form.set_values({"raised_by": who, "raised_on": today, "review_on": add_months(today, USUAL_MONTHS)})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        return preview_warning(store, self.person_id or "", **given(values)) if self.complete(values) else None

    def perform(self, store: Store, values: Mapping[str, Any]) -> CareWarning:
        return raise_warning(store, self.person_id or "", **given(values))

    def said(self, result: CareWarning) -> str:
        return f"Raised a warning about {self.whole_name}."


class EditWarningForm(_WarningFields):
    """Puts a warning right."""

    def __init__(self, context: Context, *, person_id: str, warning_id: str) -> None:
        self._warning_id = warning_id
        super().__init__(
            context,
            "Change a warning",
            primary="Save",
            key=f"edit_warning:{person_id}:{warning_id}",
            person_id=person_id,
            args={"warning_id": warning_id},
        )

    def read(self, store: Store) -> tuple[CareWarning, list[Choice]]:
        warning = store.get(CareWarning, self._warning_id)
        return warning, code_choices(store, "warning_kind", warning.kind)

    def make_form(self, data: tuple[CareWarning, list[Choice]]) -> Form:
        self.base, kinds = data
        form = self.fields(kinds)
        form.set_values({name: getattr(self.base, name) for name in NAMES})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not self.complete(values):
            return None
        return preview_warning(store, self.person_id or "", self._warning_id, **given(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> CareWarning:
        return edit_warning(store, self._warning_id, base=self.base, **values)

    def said(self, result: CareWarning) -> str:
        return f"Changed a warning about {self.whole_name}."


class CheckWarningForm(FormPanel):
    """A warning was looked at and still holds, until it is looked at next."""

    def __init__(self, context: Context, *, person_id: str, warning_id: str) -> None:
        self._warning_id = warning_id
        super().__init__(
            context,
            "Look at a warning again",
            primary="It still holds",
            key=f"check_warning:{person_id}:{warning_id}",
            person_id=person_id,
            args={"warning_id": warning_id},
        )

    def read(self, store: Store) -> CareWarning:
        return store.get(CareWarning, self._warning_id)

    def make_form(self, data: CareWarning) -> Form:
        self.base = data
        theme, today = self.theme, lambda: self.context.today
        by = f" by {data.raised_by}" if data.raised_by else ""
        raised = f"Raised {text.format_date(data.raised_on)}{by}."
        form = Form(
            theme,
            Ask("words", TextEdit(theme, lines=2), of=(CareWarning, "words"), help=raised),
            Ask("why", TextEdit(theme, lines=2), of=(CareWarning, "why")),
            Ask("checked_on", DateEdit(theme, today), of=(CareWarning, "checked_on"), required=True),
            Ask("review_on", DateEdit(theme, today), of=(CareWarning, "review_on"), label="Next by"),
            name="Look at a warning again",
        )
        day = self.context.today
        next_on = add_months(day, USUAL_MONTHS)
        form.set_values({"words": data.words, "why": data.why, "checked_on": day, "review_on": next_on})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> CareWarning:
        return check_again(store, self._warning_id, **values)

    def said(self, result: CareWarning) -> str:
        next_on = f", next by {text.format_date(result.review_on)}" if result.review_on else ""
        return f"Looked at a warning about {self.whole_name} again{next_on}."


class EndWarningForm(FormPanel):
    """A warning holds no longer. It leaves the banner and stays in the list."""

    def __init__(self, context: Context, *, person_id: str, warning_id: str) -> None:
        self._warning_id = warning_id
        super().__init__(
            context,
            "End a warning",
            primary="End warning",
            key=f"end_warning:{person_id}:{warning_id}",
            person_id=person_id,
            args={"warning_id": warning_id},
        )

    def stands_on(self, data: CareWarning) -> Any:
        return data

    def read(self, store: Store) -> CareWarning:
        return store.get(CareWarning, self._warning_id)

    def make_form(self, data: CareWarning) -> Form:
        theme = self.theme
        form = Form(
            theme,
            Ask("ended_on", DateEdit(theme, lambda: self.context.today), of=(CareWarning, "ended_on"), required=True),
            Ask("end_reason", TextEdit(theme, lines=2), of=(CareWarning, "end_reason"), required=True),
            name="End a warning",
        )
        form.set_values({"ended_on": self.context.today})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> CareWarning:
        return end_warning(store, self._warning_id, ended_on=values["ended_on"], reason=values["end_reason"])

    def said(self, result: CareWarning) -> str:
        return f"Ended a warning about {self.whole_name}."

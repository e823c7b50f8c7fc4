"""Who pays: a new split from a day, and putting one right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker import text
from mhtracker.domain.legal.orders import status_held
from mhtracker.domain.money.costs import split_on
from mhtracker.domain.records import FundingSplit, LegalAndStatus, StatusKind
from mhtracker.operations.drafting import Consequence, Preview
from mhtracker.operations.money.funding import (
    change_funding,
    edit_funding,
    preview_edit_funding,
    preview_funding,
    remove_funding,
)
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.editors import LineEdit, MoneyEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, RadioEdit, TextEdit, percent_edit

NOTHING, SHARE, AMOUNT = "nothing", "share", "amount"
NAMES = ("started_on", "person_pence", "health_percent", "health_pence", "agreed_on", "agreed_by", "note")


class _Split(FormPanel):
    """What both forms share."""

    def fields(self, *more: Ask) -> Form:
        theme, today = self.theme, lambda: self.context.today
        ways = [(NOTHING, "Nothing"), (SHARE, "A share"), (AMOUNT, "An amount")]
        self._way = RadioEdit(theme, ways)
        form = Form(
            theme,
            Ask("started_on", DateEdit(theme, today), of=(FundingSplit, "started_on")),
            Ask("person_pence", MoneyEdit(theme), of=(FundingSplit, "person_pence"), required=False),
            Ask("way", self._way, label="NHS pays", help="", required=True),
            Ask("health_percent", percent_edit(theme), of=(FundingSplit, "health_percent"), label="Its share"),
            Ask("health_pence", MoneyEdit(theme), of=(FundingSplit, "health_pence"), label="Its amount"),
            Ask("agreed_on", DateEdit(theme, today), of=(FundingSplit, "agreed_on")),
            Ask("agreed_by", LineEdit(theme), of=(FundingSplit, "agreed_by")),
            Ask("note", TextEdit(theme, lines=2), of=(FundingSplit, "note")),
            *more,
            name="Who pays",
        )
        self._way.edited.connect(lambda: self._show_fitting(form))
        return form

    def after_swap(self) -> None:
        if self.form is not None:
            self._show_fitting(self.form)
        super().after_swap()

    def _show_fitting(self, form: Form) -> None:
        form.set_shown("health_percent", self._way.value() == SHARE)
        form.set_shown("health_pence", self._way.value() == AMOUNT)

    def split_of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as the operations take them."""
        way = values.get("way")
        found = {name: values.get(name) for name in NAMES}
        found["person_pence"] = found["person_pence"] or 0
        found["health_percent"] = found["health_percent"] if way == SHARE else None
        found["health_pence"] = found["health_pence"] if way == AMOUNT else None
        return found | {"agreed_by": found["agreed_by"] or "", "note": found["note"] or ""}

    @staticmethod
    def way_of(split: FundingSplit | None) -> str:
        """How the NHS pays under a split."""
        if split is None or not (split.health_percent or split.health_pence):
            return NOTHING
        return AMOUNT if split.health_pence is not None else SHARE


class FundingForm(_Split):
    """Who pays from a day on; begins with what holds now."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        key = f"funding:{person_id}"
        super().__init__(context, "Change who pays", primary="Change who pays", key=key, person_id=person_id)

    def read(self, store: Store) -> tuple[FundingSplit | None, bool]:
        """The split that holds, and whether s117 does: then the form begins with what counts, which is no charge."""
        statuses = store.find(LegalAndStatus, person_id=self.person_id, kind=StatusKind.S117)
        now = split_on(store.find(FundingSplit, person_id=self.person_id), store.today)
        return now, status_held(statuses, StatusKind.S117, store.today) is not None

    def make_form(self, data: tuple[FundingSplit | None, bool]) -> Form:
        now, free = data
        form = self.fields()
        form.set_values(
            {
                "started_on": self.context.today,
                "way": self.way_of(now),
                "person_pence": (0 if free else now.person_pence) if now is not None else None,
                "health_percent": now.health_percent if now is not None else None,
                "health_pence": now.health_pence if now is not None else None,
            }
        )
        self._show_fitting(form)
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        return preview_funding(store, self.person_id or "", **self.split_of(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> FundingSplit:
        return change_funding(store, self.person_id or "", **self.split_of(values))

    def said(self, result: FundingSplit) -> str:
        return f"Changed who pays for {self.called} from {text.format_date(result.started_on)}."


class EditFundingForm(_Split):
    """Puts a split right, or takes away one that never held."""

    def __init__(self, context: Context, *, person_id: str, split_id: str) -> None:
        self._split_id = split_id
        super().__init__(
            context,
            "Correct who pays",
            primary="Correct",
            key=f"edit_funding:{person_id}:{split_id}",
            person_id=person_id,
            args={"split_id": split_id},
        )

    def read(self, store: Store) -> FundingSplit:
        return store.get(FundingSplit, self._split_id)

    def make_form(self, data: FundingSplit) -> Form:
        self.base = data
        self._never = CheckEdit(self.theme, "Never held: take it away")
        form = self.fields(
            Ask("never", self._never, label="", help=""),
            Ask("reason", LineEdit(self.theme), label="Why", help="Stands in the history.", required=True),
        )
        form.set_values({name: getattr(data, name) for name in NAMES} | {"way": self.way_of(data)})
        self._never.edited.connect(lambda: self._show_fitting(form))
        self._show_fitting(form)
        return form

    def _show_fitting(self, form: Form) -> None:
        never = bool(self._never.value())
        for name in (*NAMES, "way"):
            form.set_shown(name, not never)
        form.set_shown("reason", never)
        if not never:
            super()._show_fitting(form)

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("never"):
            return Preview(consequences=(Consequence("gap", "It goes; what held before it holds on"),))
        if values.get("started_on") is None:
            return None
        return preview_edit_funding(store, self._split_id, **self.split_of(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> FundingSplit | None:
        if values.get("never"):
            remove_funding(store, self._split_id, reason=values.get("reason") or "")
            return None
        return edit_funding(store, self._split_id, base=self.base, **self.split_of(values))

    def said(self, result: FundingSplit | None) -> str:
        return f"Corrected who pays for {self.called}." if result is not None else "Took away who pays."

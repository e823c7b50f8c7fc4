"""People around a person: adding somebody, changing their facts, saying that they play their part no longer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker.domain.people_around import ASSESSMENT, CARER, COORDINATOR
from mhtracker.domain.records import Contact
from mhtracker.operations.contacts import add_contact, edit_contact, end_contact, preview_contact, remove_contact
from mhtracker.operations.drafting import Consequence, Preview
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.dialogs.status_form import given
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, RadioEdit, TextEdit

TEXTS = ("name", "relation", "organisation", "phone", "email", "address", "note")
DAYS = ("started_on", *ASSESSMENT, "at_risk_on")
OF_CARERS = (*ASSESSMENT, "at_risk_on")


class _ContactFields(FormPanel):
    """What adding and changing share."""

    def fields(self, kinds: list[Choice], *more: Ask) -> Form:
        theme, today = self.theme, lambda: self.context.today

        def line(name: str) -> Ask:
            return Ask(name, LineEdit(theme), of=(Contact, name))

        def day(name: str) -> Ask:
            return Ask(name, DateEdit(theme, today), of=(Contact, name))

        self._kind = ChoiceEdit(theme, kinds)
        self._told = RadioEdit(theme, [("yes", "Yes"), ("no", "No"), ("", "Not said")])
        form = Form(
            theme,
            Ask("kind", self._kind, of=(Contact, "kind")),
            *(line(name) for name in ("name", "relation", "organisation", "phone", "email")),
            Ask("address", LineEdit(theme), of=(Contact, "address")),
            day("started_on"),
            *more,
            Ask("told", self._told, of=(Contact, "may_be_told")),
            *(day(name) for name in OF_CARERS),
            Ask("note", TextEdit(theme, lines=2), of=(Contact, "note")),
            name="Contact",
        )
        self._kind.edited.connect(lambda: self._on_kind(form))
        return form

    def _on_kind(self, form: Form) -> None:
        for name in OF_CARERS:
            form.set_shown(name, self._kind.value() == CARER)

    def facts_of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as the operations take them."""
        facts = {name: value for name, value in values.items() if name != "told"}
        facts["may_be_told"] = {"yes": True, "no": False}.get(values.get("told") or "")
        return facts


class ContactForm(_ContactFields):
    """Adds somebody; `kind` is chosen at once."""

    def __init__(self, context: Context, *, person_id: str, kind: str = "") -> None:
        self._first = kind
        key = f"contact:{person_id}"
        super().__init__(context, "Add somebody", primary="Add", key=key, person_id=person_id)

    chosen_once = ("kind",)

    def read(self, store: Store) -> list[Choice]:
        return code_choices(store, "contact_kind")

    def make_form(self, data: list[Choice]) -> Form:
        form = self.fields(data)
        coordinator = self._first == COORDINATOR
        day = self.context.today if coordinator else None
        form.set_values({"kind": self._first or None, "told": "", "started_on": day})
        self._on_kind(form)
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not values.get("kind") or not values.get("name"):
            return None
        found = preview_contact(store, self.person_id or "", **given(self.facts_of(values)))
        if values["kind"] == COORDINATOR and not found.problems:
            follows = Consequence("plan", "Whoever coordinates now ends that day, and stays in the history")
            return Preview(found.problems, found.mends, found.cautions, (follows,))
        return found

    def perform(self, store: Store, values: Mapping[str, Any]) -> Contact:
        return add_contact(store, self.person_id or "", **given(self.facts_of(values)))

    def said(self, result: Contact) -> str:
        return f"Added {result.name} to the people around {self.whole_name}."


class EditContactForm(_ContactFields):
    """Changes somebody's facts, or records a step of a carer's assessment."""

    def __init__(self, context: Context, *, person_id: str, contact_id: str) -> None:
        self._contact_id = contact_id
        super().__init__(
            context,
            "Change a contact",
            primary="Save",
            key=f"edit_contact:{person_id}:{contact_id}",
            person_id=person_id,
            args={"contact_id": contact_id},
        )

    def read(self, store: Store) -> tuple[Contact, list[Choice]]:
        contact = store.get(Contact, self._contact_id)
        return contact, code_choices(store, "contact_kind", contact.kind)

    def make_form(self, data: tuple[Contact, list[Choice]]) -> Form:
        theme = self.theme
        self.base, kinds = data
        ended = Ask("ended_on", DateEdit(theme, lambda: self.context.today), of=(Contact, "ended_on"))
        form = self.fields(kinds, *([ended] if self.base.ended_on is not None else []))
        told = {True: "yes", False: "no", None: ""}[self.base.may_be_told]
        names = ("kind", *TEXTS, *DAYS, "ended_on")
        form.set_values({name: getattr(self.base, name) for name in names} | {"told": told})
        self._on_kind(form)
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not values.get("kind") or not values.get("name"):
            return None
        return preview_contact(store, self.person_id or "", self._contact_id, **given(self.facts_of(values)))

    def perform(self, store: Store, values: Mapping[str, Any]) -> Contact:
        return edit_contact(store, self._contact_id, base=self.base, **self.facts_of(values))

    def said(self, result: Contact) -> str:
        return f"Changed what is known of {result.name}."


class EndContactForm(FormPanel):
    """Somebody plays their part no longer, or never did."""

    def __init__(self, context: Context, *, person_id: str, contact_id: str) -> None:
        self._contact_id = contact_id
        super().__init__(
            context,
            "No longer",
            primary="Save",
            key=f"end_contact:{person_id}:{contact_id}",
            person_id=person_id,
            args={"contact_id": contact_id},
        )

    def stands_on(self, data: Contact) -> Any:
        return data

    def read(self, store: Store) -> Contact:
        return store.get(Contact, self._contact_id)

    def make_form(self, data: Contact) -> Form:
        theme = self.theme
        self.set_title(f"{data.name}: no longer")
        self._never = CheckEdit(theme, "Written down by mistake: take them away")
        form = Form(
            theme,
            Ask("ended_on", DateEdit(theme, lambda: self.context.today), of=(Contact, "ended_on"), required=True),
            Ask("note", TextEdit(theme, lines=2), of=(Contact, "note")),
            Ask("never", self._never, label=""),
            Ask("reason", LineEdit(theme), label="Why", help="Stands in the history.", required=True),
            name="No longer",
        )
        form.set_values({"ended_on": self.context.today})
        form.set_shown("reason", False)
        self._never.edited.connect(lambda: self._on_never(form))
        return form

    def _on_never(self, form: Form) -> None:
        never = bool(self._never.value())
        form.set_shown("reason", never)
        for name in ("ended_on", "note"):
            form.set_shown(name, not never)

    def perform(self, store: Store, values: Mapping[str, Any]) -> Contact | None:
        if values.get("never"):
            remove_contact(store, self._contact_id, reason=values.get("reason") or "")
            return None
        return end_contact(store, self._contact_id, ended_on=values["ended_on"], note=values.get("note") or "")

    def said(self, result: Contact | None) -> str:
        return f"{result.name} plays that part no longer." if result else "Took away somebody written down by mistake."

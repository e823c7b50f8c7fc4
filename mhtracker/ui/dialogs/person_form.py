"""A person's own facts: adding somebody, putting facts right, closing the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Slot

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.likeness.score import Facts, facts_of, is_double
from mhtracker.domain.records import DatePrecision, Person, Placement, Service, Stage, Team, Worker
from mhtracker.operations.closing import preview_closing
from mhtracker.operations.drafting import Preview
from mhtracker.operations.people import add_person, close_case, edit_person, preview_person
from mhtracker.store import Store
from mhtracker.store.queries.likely import Likely, find_likely
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import (
    code_choices,
    service_choices,
    stage_choices,
    team_choices,
    worker_choices,
)
from mhtracker.ui.dialogs.likely_people import LikelyPeople
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import NhsEdit


@dataclass(frozen=True, slots=True)
class PersonChoices:
    """What may be chosen for a person."""

    genders: tuple[Choice, ...]
    ethnicities: tuple[Choice, ...]
    supports: tuple[Choice, ...]
    workers: tuple[Choice, ...]
    teams: tuple[Choice, ...]
    stages: tuple[Stage, ...]
    services: tuple[Service, ...]


def read_choices(store: Store, person: Person | None) -> PersonChoices:
    """What may be chosen, with what the person has already."""
    teams = store.find(Team)
    return PersonChoices(
        tuple(code_choices(store, "gender", person.gender if person else None)),
        tuple(code_choices(store, "ethnicity", person.ethnicity if person else None)),
        tuple(code_choices(store, "primary_support", person.primary_support if person else None)),
        tuple(worker_choices(store.find(Worker), teams, store.today, person.worker_id if person else None)),
        tuple(team_choices(teams)),
        store.stages(),
        tuple(store.find(Service)),
    )


class _Fields(FormPanel):
    """What adding and editing share."""

    def _name_asks(self) -> tuple[Ask, ...]:
        theme = self.theme
        self._born = DateEdit(theme, lambda: self.context.today, birth=True, calendar=False)
        return (
            Ask("surname", LineEdit(theme), of=(Person, "surname")),
            Ask("given_names", LineEdit(theme), of=(Person, "given_names")),
            Ask("known_as", LineEdit(theme), of=(Person, "known_as"), help=""),
            Ask("born_on", self._born, of=(Person, "born_on")),
            Ask("nhs_number", NhsEdit(theme), of=(Person, "nhs_number"), help=""),
            Ask("local_id", LineEdit(theme, width=150), of=(Person, "local_id")),
        )

    def _case_asks(self, data: PersonChoices) -> tuple[Ask, ...]:
        theme = self.theme
        return (
            Ask("worker_id", ChoiceEdit(theme, data.workers, blank="Nobody yet"), of=(Person, "worker_id"), help=""),
            Ask("team_id", ChoiceEdit(theme, data.teams, blank="None"), of=(Person, "team_id")),
            Ask("care_coordinator", LineEdit(theme), of=(Person, "care_coordinator")),
            Ask(
                "primary_support",
                ChoiceEdit(theme, data.supports, blank=text.NOT_RECORDED),
                of=(Person, "primary_support"),
            ),
            Ask("locality", LineEdit(theme), of=(Person, "locality")),
        )

    def _about_asks(self, data: PersonChoices) -> tuple[Ask, ...]:
        theme = self.theme
        return (
            Ask("gender", ChoiceEdit(theme, data.genders, blank=text.NOT_RECORDED), of=(Person, "gender")),
            Ask(
                "ethnicity",
                ChoiceEdit(theme, data.ethnicities, blank=text.NOT_RECORDED),
                of=(Person, "ethnicity"),
                help="",
            ),
        )

    def gathered(self, values: dict[str, Any]) -> dict[str, Any]:
        try:
            precision = self._born.precision()
        except Invalid:
            precision = DatePrecision.DAY
        return {**values, "born_precision": precision}


class PersonForm(_Fields):
    """Changes a person's facts; only what was changed is recorded."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(
            context, "Edit details", primary="Save details", key=f"edit_person:{person_id}", person_id=person_id
        )

    def read(self, store: Store) -> PersonChoices:
        return read_choices(store, store.get(Person, self.person_id or ""))

    def make_form(self, data: PersonChoices) -> Form:
        form = Form(
            self.theme,
            *self._name_asks(),
            *self._about_asks(data),
            Part("Case", ruled=True),
            *self._case_asks(data),
            name="Edit details",
        )
        person = self.base = self.person
        if person is not None:
            form.set_values({name: getattr(person, name) for name in form.editors if name != "born_on"})
            self._born.set_value(person.born_on, person.born_precision)
            form.mark_clean()
        return form

    def _changes(self, values: Mapping[str, Any]) -> dict[str, Any]:
        before = self.base
        return {name: value for name, value in values.items() if (getattr(before, name) or None) != (value or None)}

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        changes = {name: value for name, value in self._changes(values).items() if value is not None}
        return preview_person(store, self.person_id, **changes) if changes else None

    def perform(self, store: Store, values: Mapping[str, Any]) -> Person:
        changes = {
            name: "" if value is None and name in _TEXTS else value for name, value in self._changes(values).items()
        }
        if not changes:
            return store.get(Person, self.person_id or "")
        return edit_person(store, self.person_id or "", base=self.base, **changes)

    def said(self, result: Person) -> str:
        if result.version == self.base.version:
            return "Nothing has changed."
        return f"Changed {text.plain_name(result)}’s details."


_TEXTS = ("given_names", "known_as", "locality", "care_coordinator")


SOMEBODY_ELSE = "This is somebody else"
_WHO = ("surname", "given_names", "known_as", "born_on", "born_precision", "local_id", "gender")


class AddPersonForm(_Fields):
    """Adds a person with the next free reference, and where they live now if that is said.

    While it is typed it shows who may be the same person; those found to be others are recorded so with the person.
    Somebody of the same name and birth date is added only once that was said.
    """

    def __init__(self, context: Context) -> None:
        self._others: tuple[str, ...] = ()
        super().__init__(context, "Add a person", primary="Add person", key="add_person:")

    def read(self, store: Store) -> PersonChoices:
        return read_choices(store, None)

    def make_form(self, data: PersonChoices) -> Form:
        theme = self.theme
        self._stage = ChoiceEdit(theme, stage_choices(data.stages), blank="Not known yet")
        self._service = ChoiceEdit(theme, service_choices(data.services, None), blank="None", placeholder="Type a name")
        form = Form(
            theme,
            *self._name_asks(),
            self._make_likely(),
            *self._about_asks(data),
            Part("Lives now", ruled=True),
            Ask("stage_id", self._stage, of=(Placement, "stage_id"), required=False),
            Ask("service_id", self._service, of=(Placement, "service_id"), help=""),
            Ask(
                "started_on",
                DateEdit(theme, lambda: self.context.today),
                of=(Placement, "started_on"),
                required=False,
                help="The first day there.",
            ),
            Part("Case", ruled=True),
            *self._case_asks(data),
            name="Add a person",
        )
        self._stage.settled.connect(
            lambda: self._service.set_choices(service_choices(data.services, self._stage.value()))
        )
        register = self.context.register
        form.set_values({"worker_id": register.worker_id, "team_id": register.team_id})
        return form

    def on_edited(self) -> None:
        if self.form is not None:
            somewhere = self.values_so_far().get("stage_id") is not None
            for name in ("service_id", "started_on"):
                self.form.set_shown(name, somewhere)

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not values.get("surname"):
            return None
        stay = ("stage_id", "service_id", "started_on")
        fields = {name: value for name, value in values.items() if value is not None and name not in stay}
        return preview_person(store, None, **fields)

    def _make_likely(self) -> LikelyPeople:
        steps = (
            ("Open", "mdi6.account-outline", lambda likely: self.context.shell.open_person(likely.person.id)),
            (SOMEBODY_ELSE, "mdi6.close", self._on_other),
        )
        self.likely = LikelyPeople(self.theme, "May already be here", steps)
        return self.likely

    def ask_preview(self) -> None:
        super().ask_preview()
        if self.form is not None:
            self.context.jobs.ask(
                find_likely,
                self._facts(self.form),
                limit=3,
                near=True,
                but_not=self._others,
                then=self._on_likely,
                failed=lambda error: None,
                urgent=True,
                slot=("likely", id(self)),
            )

    def _facts(self, form: Form) -> Facts:
        """Who is being typed. A number is taken as it stands: a mistyped one may be somebody's all the same."""
        values = self.gathered(self.values_so_far())
        number = "".join(filter(str.isdigit, form.editors["nhs_number"].text_value()))
        born_on, precision = values.get("born_on"), values["born_precision"]
        names = {name: values.get(name) or "" for name in ("surname", "given_names", "known_as", "local_id", "gender")}
        return Facts(**names, born_on=born_on, born_precision=precision, nhs_number=number)

    @Slot(object)
    def _on_likely(self, found: list[Likely]) -> None:
        if self.form is not None:
            self.likely.show_people(found, self.context.today, self.context.register.stages)

    def _on_other(self, likely: Likely) -> None:
        self._others = (*self._others, likely.person.id)
        left = [each for each in self.likely.shown if each.person.id not in self._others]
        self.form_focus()
        self.likely.show_people(left, self.context.today, self.context.register.stages)
        self.ask_preview()

    def form_focus(self) -> None:
        """Keep the keyboard in the form when the button that had it goes."""
        if self.form is not None:
            self.form.editors["gender"].setFocus()

    def perform(self, store: Store, values: Mapping[str, Any]) -> Person:
        given = {name: value for name, value in values.items() if value is not None}
        typed = Facts(**{name: value for name, value in given.items() if name in _WHO})
        for likely in find_likely(store, typed, but_not=self._others):
            if is_double(typed, facts_of(likely.person)):
                told = f"{likely.person.ref} bears this name and birth date already."
                raise Invalid({"surname": f"{told} Open it, or say “{SOMEBODY_ELSE}”."})
        return add_person(store, not_same=self._others, **given)

    def said(self, result: Person) -> str:
        return f"Added {text.plain_name(result)} as {result.ref}."

    def after(self, result: Person) -> None:
        self.context.shell.open_person(result.id)


@dataclass(frozen=True, slots=True)
class Leaving:
    """The reasons there are, and whether and when the person left or died already."""

    reasons: tuple[Choice, ...]
    left: tuple[date | None, date | None]


class CloseCaseForm(FormPanel):
    """The person leaves the pathway: stays, plan and open reviews end that day."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(
            context, "Close the case", primary="Close case", key=f"close_case:{person_id}", person_id=person_id
        )

    def read(self, store: Store) -> Leaving:
        person = store.get(Person, self.person_id or "")
        return Leaving(tuple(code_choices(store, "leaving_reason")), (person.left_on, person.died_on))

    def stands_on(self, data: Leaving) -> Any:
        return data.left

    def make_form(self, data: Leaving) -> Form:
        today = self.context.today
        form = Form(
            self.theme,
            Ask("left_on", DateEdit(self.theme, lambda: today), of=(Person, "left_on"), required=True),
            Ask("left_reason", ChoiceEdit(self.theme, data.reasons), of=(Person, "left_reason"), required=True),
            name="Close the case",
        )
        form.set_values({"left_on": today})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        return preview_closing(store, self.person_id or "", left_on=values.get("left_on"))

    def perform(self, store: Store, values: Mapping[str, Any]) -> Person:
        return close_case(store, self.person_id or "", left_on=values["left_on"], reason=values["left_reason"])

    def said(self, result: Person) -> str:
        return f"Closed {text.plain_name(result)}’s case."

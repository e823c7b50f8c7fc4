"""Giving people to another worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.records import Person, Team, Worker
from mhtracker.operations.people import reassign
from mhtracker.store import Store
from mhtracker.store.queries.caseload import lines_of
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.form_drafts import mark_of
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import team_choices, worker_choices
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.widgets.labels import Label

NAMED = 12


@dataclass(frozen=True, slots=True)
class Given:
    """Who is given away, and to whom they may go."""

    people: tuple[CaseloadLine, ...]
    workers: tuple[Choice, ...]
    teams: tuple[Choice, ...]


class ReassignForm(FormPanel):
    """Gives the people chosen to a worker, all in one step."""

    def __init__(self, context: Context, *, person_ids: Sequence[str]) -> None:
        self._ids = tuple(person_ids)
        count = text.count(len(self._ids), "person", "people")
        super().__init__(
            context,
            f"Reassign {count}",
            primary="Reassign",
            key=f"reassign::{mark_of(self._ids)}",
            args={"person_ids": self._ids},
        )

    def read(self, store: Store) -> Given:
        teams = store.find(Team)
        return Given(
            tuple(lines_of(store, self._ids, store.today)),
            tuple(worker_choices(store.find(Worker), teams, store.today, None)),
            tuple(team_choices(teams)),
        )

    def stands_on(self, data: Given) -> Any:
        return tuple((line.person_id, line.worker_id) for line in data.people)

    def make_form(self, data: Given) -> Form:
        theme = self.theme
        return Form(
            theme,
            Label(people_words(data.people), tone="text2", wrap=True),
            Ask(
                "worker_id",
                ChoiceEdit(theme, data.workers),
                of=(Person, "worker_id"),
                label="To",
                required=True,
                help="",
            ),
            Ask("team_id", ChoiceEdit(theme, data.teams, blank="The worker’s own team"), of=(Person, "team_id")),
            name="Reassign",
        )

    def perform(self, store: Store, values: Mapping[str, Any]) -> tuple[int, str]:
        changed = reassign(store, self._ids, worker_id=values["worker_id"], team_id=values.get("team_id"))
        return changed, store.get(Worker, values["worker_id"]).name

    def said(self, result: tuple[int, str]) -> str:
        changed, name = result
        if not changed:
            return f"Nothing has changed: {name} holds them already."
        return f"Gave {text.count(changed, 'person', 'people')} to {name}."


def people_words(people: Sequence[CaseloadLine]) -> str:
    """The people by name, the first dozen, and how many more."""
    names = [text.name_in_order(line.surname, line.given_names) for line in people[:NAMED]]
    more = len(people) - len(names)
    return "; ".join(names) + (f"; and {text.format_number(more)} more" if more else "")

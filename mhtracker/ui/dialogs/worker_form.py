"""Adding a worker or a team, and changing a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mhtracker.domain.records import Team, Worker
from mhtracker.operations.places.services import add_team, add_worker, edit_worker
from mhtracker.store import Store
from mhtracker.ui.choice_edit import ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import team_choices
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form


@dataclass(frozen=True, slots=True)
class WorkerFacts:
    worker: Worker | None
    teams: list[Team]


class WorkerForm(FormPanel):
    """Changes the worker of `worker_id`, or adds one."""

    def __init__(self, context: Context, *, worker_id: str | None = None) -> None:
        self._worker_id = worker_id
        title, primary = ("Change a worker", "Save worker") if worker_id else ("Add a worker", "Add worker")
        super().__init__(
            context,
            title,
            primary=primary,
            key=f"worker::{worker_id or ''}",
            args={"worker_id": worker_id} if worker_id else {},
        )

    def read(self, store: Store) -> WorkerFacts:
        return WorkerFacts(store.get(Worker, self._worker_id) if self._worker_id else None, store.find(Team))

    def make_form(self, data: WorkerFacts) -> Form:
        theme = self.theme
        left = [Ask("left_on", DateEdit(theme, lambda: self.context.today), of=(Worker, "left_on"))]
        form = Form(
            theme,
            Ask("name", LineEdit(theme), of=(Worker, "name")),
            Ask("role", LineEdit(theme), of=(Worker, "role")),
            Ask("team_id", ChoiceEdit(theme, team_choices(data.teams), blank="No team"), of=(Worker, "team_id")),
            *(left if data.worker is not None else []),
            name="Worker",
        )
        self.base = data.worker
        if data.worker is None:
            form.set_values({"role": "Social worker"})
        else:
            form.set_values({name: getattr(data.worker, name) for name in ("name", "role", "team_id", "left_on")})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Worker:
        if self._worker_id:
            return edit_worker(store, self._worker_id, base=self.base, **values)
        return add_worker(store, **values)

    def said(self, result: Worker) -> str:
        return f"{'Changed' if self._worker_id else 'Added'} {result.name}."


class TeamForm(FormPanel):
    """Adds a team."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Add a team", primary="Add team", key="team:")

    def make_form(self, data: Any) -> Form:
        return Form(self.theme, Ask("name", LineEdit(self.theme), of=(Team, "name")), name="Team")

    def perform(self, store: Store, values: Mapping[str, Any]) -> Team:
        return add_team(store, name=values["name"])

    def said(self, result: Team) -> str:
        return f"Added the team {result.name}."

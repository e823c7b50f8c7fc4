"""Who holds cases, and in which team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mhtracker.domain.records import Team, Worker
from mhtracker.store.queries.caseload import values_in_use
from mhtracker.text import format_date, format_number
from mhtracker.ui.context import Context
from mhtracker.ui.office.part import Listed, Part
from mhtracker.ui.table_cells import Column

if TYPE_CHECKING:
    from mhtracker.store import Store


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """A worker with their team's name and how many people they hold."""

    worker: Worker
    team: str
    people: int


COLUMNS = (
    Column("name", "Worker", 220, lambda line: line.worker.name, "strong"),
    Column("role", "Role", 180, lambda line: line.worker.role),
    Column("team", "Team", 200, lambda line: line.team),
    Column("people", "People", 80, lambda line: format_number(line.people), "number"),
    Column("left", "Left the team", 140, lambda line: format_date(line.worker.left_on), "quiet"),
)


class WorkersPart(Part):
    key = "workers"
    title = "Workers and teams"
    words = "Somebody who leaves keeps their name on what they recorded; their people are reassigned from the caseload."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        shell = context.shell
        self.add_step("Add a team", lambda: shell.run_command("team"), "plus")
        self.add_step("Add a worker", lambda: shell.run_command("worker"), "plus")
        self.list = Listed(
            context,
            "Workers",
            COLUMNS,
            lambda line: line.worker.id,
            lambda line: shell.run_command("worker", worker_id=line.worker.id),
        )
        self.column.addWidget(self.list, 1)

    def read(self, store: Store) -> list[WorkerLine]:
        teams = {team.id: team.name for team in store.find(Team)}
        people = dict(values_in_use(store, "worker", store.today))
        workers = store.find(Worker, order_by=("name",))
        lines = [WorkerLine(each, teams.get(each.team_id or "", ""), people.get(each.name, 0)) for each in workers]
        return sorted(lines, key=lambda line: line.worker.left_on is not None)

    def show_data(self, data: list[WorkerLine]) -> None:
        self.list.show_rows(data)

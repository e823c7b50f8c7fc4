"""Which of the register's workers sits here, and the name that stands beside what they record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mhtracker import settings
from mhtracker.domain.records import Team, Worker
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.form_parts import worker_choices
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.office.part import WORDS_WIDE, Part

if TYPE_CHECKING:
    from mhtracker.store import Store


class YouPart(Part):
    key = "you"
    title = "You"
    words = "Today and the caseload open on your own people, and everything you record carries your name."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._workers: list[Worker] = []
        self.worker = ChoiceEdit(self.theme, blank="None of them")
        self.name = LineEdit(self.theme, placeholder="First name and surname")
        self.form = Form(
            self.theme,
            Ask("worker", self.worker, label="You are", help="One of this register’s workers."),
            Ask("name", self.name, label="Record as", help="Stands in the history beside what you record."),
            name="You",
        )
        self.form.setMaximumWidth(self.theme.px(WORDS_WIDE))
        self.worker.settled.connect(self.on_worker)
        self.name.settled.connect(self.on_name)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.add_step("Add yourself", lambda: context.shell.run_command("worker"), "plus")

    def read(self, store: Store) -> tuple[list[Worker], list[Choice]]:
        workers = store.find(Worker, order_by=("name",))
        teams = store.find(Team)
        return workers, worker_choices(workers, teams, store.today, None)

    def show_data(self, data: tuple[list[Worker], list[Choice]]) -> None:
        self._workers, choices = data
        self.worker.set_choices(choices)
        self.form.set_values(
            {"worker": self.context.register.worker_id, "name": self.context.computer.who_name or self._own_name()}
        )

    def _own_name(self) -> str:
        return self.context.register.worker_name

    def on_worker(self, *_: object) -> None:
        """The worker chosen is remembered for this register, and their name recorded under."""
        chosen = self.worker.value()
        computer = self.context.computer
        kept = computer.register(self.context.register.address)
        if chosen == self.context.register.worker_id and kept.worker_id == chosen:
            return
        kept.worker_id = chosen
        worker = next((each for each in self._workers if each.id == chosen), None)
        if worker is not None:
            computer.who_name, computer.who_role = worker.name, worker.role
            self.name.set_value(worker.name)
        self._keep()

    def on_name(self, *_: object) -> None:
        """Record under another name from now on."""
        name = self.name.text_value().strip()
        if name != self.context.computer.who_name:
            self.context.computer.who_name = name
            self._keep()

    def _keep(self) -> None:
        settings.save_soon(self.context.computer)
        self.context.jobs.ask(sign, self.context.computer.who_name, then=lambda _: None)
        self.context.bus.you_changed.emit()


def sign(store: Store, name: Any) -> None:
    """Record under `name` from now on."""
    if name:
        store.who = name

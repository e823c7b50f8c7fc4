"""Contracts to be looked at, under what is due of people: for whoever sees a team's work or everyone's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from mhtracker.domain.places.contracts import ContractState
from mhtracker.store import Store
from mhtracker.store.queries.contracts import ContractLine, due_contracts
from mhtracker.text import count, format_date, format_day, in_words
from mhtracker.ui.context import Context
from mhtracker.ui.list_rows import ListRow, ListRows, Section
from mhtracker.ui.table_cells import BadgeFacts


def read_contracts(store: Store, as_at: date, worker_id: str | None) -> tuple[ContractLine, ...]:
    """The contracts to be looked at, the oldest end first; none on one worker's own list."""
    return () if worker_id is not None else tuple(due_contracts(store, as_at))


class ContractRows(ListRows):
    """A section of contracts; each line opens the Services page at its contract. Hidden while there is none."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, "Contracts to look at")
        self._context = context
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.opened.connect(self._open_contract)
        self.acted.connect(self._open_contract)
        self.hide()

    def show_contracts(self, lines: Sequence[ContractLine], as_at: date) -> None:
        """Show these as lines under their head, which counts them."""
        rows = [contract_row(line, as_at) for line in lines]
        shape = "overdue" if any(row.badge.shape == "overdue" for row in rows) else "soon"
        self.show_sections([Section("contracts", "Contracts", rows, shape, "oldest end first")] if rows else [])
        self.setVisible(bool(rows))
        self.fit()

    def fit(self) -> None:
        """As high as its lines: the page scrolls as a whole."""
        self.setFixedHeight(self.content_height() + 2)

    def _open_contract(self, contract_id: str) -> None:
        self._context.shell.open_page("services", tab="contracts", row=contract_id)


def contract_row(line: ContractLine, as_at: date) -> ListRow:
    """`Ended 14 days ago, Contract, Canal Partnership, Canal View, 3 people: Supported living, Tue 30 Jun`."""
    last_on = line.standing.last_on or as_at
    ended = line.standing.state == ContractState.ENDED
    if ended:
        badge = BadgeFacts("overdue", f"Ended {count((as_at - last_on).days, 'day')} ago")
    else:
        said = "Ends today" if last_on == as_at else in_words((last_on - as_at).days)
        badge = BadgeFacts("today" if last_on == as_at else "soon", said, quiet=last_on != as_at)
    covers = line.services[0].name if len(line.services) == 1 else count(len(line.services), "service")
    more = line.contract.extendable_to
    option = f", can be extended to {format_date(more)}" if more is not None and more > last_on else ""
    return ListRow(
        key=line.contract.id,
        badge=badge,
        kind="Contract",
        icon="file-document-outline",
        stage=None,
        name=line.provider.name if line.provider is not None else "No provider",
        text=f"{covers}, {count(line.people, 'person', 'people')}: {line.contract.name}{option}",
        when=format_day(last_on, as_at, weekday=True),
        action="Open",
        plain_action=not ended,
        data=line.contract.id,
    )

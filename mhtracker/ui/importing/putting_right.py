"""Putting right a row that an earlier import put aside: what is decided, tried, imported or left out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from mhtracker.domain.errors import UserError
from mhtracker.operations.importing.mends import Decision, MendKind
from mhtracker.operations.importing.put_aside import import_row, leave_out_row
from mhtracker.operations.importing.writing import ImportResult
from mhtracker.ui.context import Context
from mhtracker.ui.importing.questions import with_decisions
from mhtracker.ui.importing.reading import Rehearsed
from mhtracker.ui.importing.waiting_step import Waiting, WaitingStep, rehearse_waiting


class PuttingRight(QObject):
    """Joins the list of rows put aside with the register. Decisions about each row are kept while the page is open."""

    def __init__(self, context: Context, step: WaitingStep, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._step = context, step
        self._decided: dict[str, tuple[Decision, ...]] = {}
        step.chosen.connect(self._on_chosen)
        step.decided.connect(self.decide)
        step.take.connect(self.take)
        step.leave_out.connect(self.leave_out)

    @property
    def _slot(self) -> tuple[str, int]:
        return "put aside", id(self)

    def _on_chosen(self, row: Waiting) -> None:
        decided = self._decided.get(row.kept.id, ())
        self._context.jobs.ask(
            rehearse_waiting, row.kept.id, decided, then=self._on_rehearsed, failed=self._on_failed, slot=self._slot
        )

    def _on_rehearsed(self, found: Rehearsed) -> None:
        self._step.show_rehearsed(found, self._context.register.stages)

    def _on_failed(self, error: UserError) -> None:
        self._step.show_problem(error)

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Decide about the row in hand and try it again; leaving it out settles it."""
        row = self._step.current
        if row is None:
            return
        if any(decision.kind is MendKind.LEAVE_OUT for decision in decisions):
            self.leave_out()
            return
        self._decided[row.kept.id] = with_decisions(self._decided.get(row.kept.id, ()), decisions)
        self._on_chosen(row)

    def take(self) -> None:
        """Import the row in hand as it was put right."""
        row = self._step.current
        if row is not None:
            decided = self._decided.get(row.kept.id, ())
            self._context.jobs.do(import_row, row.kept.id, decisions=decided, then=self._on_taken)

    def _on_taken(self, result: ImportResult) -> None:
        names = [row.name for row in result.rehearsal.rows]
        self._context.shell.say(f"Imported {names[0] if names else 'the row'}.", can_undo=True)

    def leave_out(self) -> None:
        """Settle the row in hand without importing it."""
        row = self._step.current
        if row is not None:
            self._context.jobs.do(
                leave_out_row, row.kept.id,
                then=lambda kept: self._context.shell.say(f"Left out row {kept.row} of {kept.file}.", can_undo=True),
            )  # fmt: skip

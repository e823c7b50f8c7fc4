"""The import in hand: the file, the match, the decisions made, and the work on them off the window's thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mhtracker.domain.errors import UserError
from mhtracker.operations.importing.mends import Decision
from mhtracker.operations.importing.writing import ImportResult
from mhtracker.ui.context import Context
from mhtracker.ui.importing.heavy import import_giving_way, settle_up, undo_giving_way
from mhtracker.ui.importing.keeping import HalfDone, forget_draft, keep_draft, keep_match
from mhtracker.ui.importing.match_step import moved_field
from mhtracker.ui.importing.questions import with_decisions
from mhtracker.ui.importing.reading import (
    HowToRead,
    Matched,
    Opened,
    Rehearsed,
    match_sheet,
    open_file,
    rehearse_file,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said so far: a column's field by heading, and the decisions."""

    mapping: Mapping[str, str | None]
    decisions: tuple[Decision, ...]


class ImportWork(QObject):
    """One import from its file to its result. Each answer is signalled; an older one on its way is dropped."""

    opened = Signal(object)
    matched = Signal(object)
    rehearsed = Signal(object)
    imported = Signal(object)
    undone = Signal()
    failed = Signal(str, str)
    """(what was being done: open, match, rehearse, import or undo; why it failed in plain words)."""
    busy = Signal(bool)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._turn = 0
        self._resume: HalfDone | None = None
        self._before: list[_Said] = []
        self._good: _Said | None = None
        self.clear()

    def clear(self) -> None:
        """Nothing in hand. What is on its way is dropped."""
        self._turn += 1
        self.file: Opened | None = None
        self.match: Matched | None = None
        self.mapping: Mapping[str, str | None] = {}
        self.decisions: tuple[Decision, ...] = ()
        self.rehearsal: Rehearsed | None = None
        self.result: ImportResult | None = None
        self.reading: Path | None = None
        self._before, self._good = [], None
        settle_up()

    # Opening and matching

    def open(self, how: HowToRead) -> None:
        """Read a file, or read it anew in another way; a match and decisions made before are of another reading."""
        resume = self._resume
        self.clear()
        self._resume, self.reading = resume, how.path
        turn = self._turn
        self.busy.emit(True)

        def arrived(opened: Opened) -> None:
            if turn == self._turn:
                self.file = opened
                self.busy.emit(False)
                self.opened.emit(opened)
                if self._resume is not None and opened.sheet is not None:
                    self.ask_match()

        self._context.jobs.work(
            open_file, how, then=arrived, failed=lambda error: self._on_failed(turn, "open", error),
            label=f"Reading {how.path.name}",
        )  # fmt: skip

    def resume(self, half: HalfDone) -> None:
        """Go on with an import that was begun before."""
        self._resume = half
        self.open(HowToRead(half.path, **half.how))

    def ask_match(self) -> None:
        """Recognise the columns of the sheet that was read."""
        sheet = self.file.sheet if self.file is not None else None
        if sheet is None:
            return
        turn = self._turn
        half, self._resume = self._resume, None

        def arrived(found: Matched) -> None:
            if turn != self._turn:
                return
            self.match = found
            self.mapping = {match.heading: match.field_name for match in found.matches}
            self.matched.emit(found)
            if half is not None and set(half.mapping) == set(self.mapping):
                same = half.sha256 == sheet.sha256
                if not same and half.decisions:
                    self._context.shell.say("The file has changed since, so what was put right has to be said again.")
                self.mapping, self.decisions = half.mapping, half.decisions if same else ()
                self.rehearse()

        mapping = half.mapping if half is not None and set(half.mapping) <= set(sheet.headings) else None
        self._context.jobs.ask(
            match_sheet, sheet, mapping, then=arrived, failed=lambda error: self._on_failed(turn, "match", error)
        )

    # Rehearsing

    def rehearse(self) -> None:
        """Rehearse with what was said so far."""
        sheet = self.file.sheet if self.file is not None else None
        if sheet is None:
            return
        self._turn += 1
        turn, said = self._turn, _Said(self.mapping, self.decisions)
        self.busy.emit(True)

        def arrived(found: Rehearsed) -> None:
            if turn == self._turn:
                self.rehearsal, self._good = found, said
                self._keep()
                self.busy.emit(False)
                self.rehearsed.emit(found)

        self._context.jobs.do(
            rehearse_file, sheet, dict(self.mapping), self.decisions, self.match.matches if self.match else (),
            then=arrived, failed=lambda error: self._on_failed(turn, "rehearse", error), label="Rehearsing",
        )  # fmt: skip

    def use_mapping(self, mapping: Mapping[str, str | None]) -> None:
        """Take a whole match, and rehearse."""
        if mapping != self.mapping:
            self._remember()
        self.mapping = dict(mapping)
        self.rehearse()

    def set_field(self, heading: str, name: str) -> None:
        """Give one column another field, and rehearse at once."""
        self.use_mapping(moved_field(self.mapping, heading, name))

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Decide about rows, and rehearse at once."""
        self._remember()
        self.decisions = with_decisions(self.decisions, decisions)
        self.rehearse()

    def _remember(self) -> None:
        self._before.append(_Said(self.mapping, self.decisions))

    @property
    def can_take_back(self) -> bool:
        return bool(self._before)

    def take_back(self) -> None:
        """Take back the last thing that was said, and rehearse."""
        if self._before:
            said = self._before.pop()
            self.mapping, self.decisions = said.mapping, said.decisions
            self.rehearse()

    # Importing

    def write(self) -> None:
        """Import what was rehearsed: all of it, or, stopped or failed, nothing."""
        if self.rehearsal is None:
            return
        turn = self._turn
        self.busy.emit(True)

        def arrived(result: ImportResult) -> None:
            self.result = result
            self._context.jobs.keep(forget_draft)
            self.busy.emit(False)
            self.imported.emit(result)

        self._context.jobs.do(
            import_giving_way, self.rehearsal.rehearsal, then=arrived,
            failed=lambda error: self._on_failed(turn, "import", error),
            label=f"Importing {self.rehearsal.rehearsal.sheet.file}",
        )  # fmt: skip

    def undo(self) -> None:
        """Take the whole import back."""
        if self.result is not None and self.result.operation_id is not None:
            self._context.jobs.do(
                undo_giving_way, self.result.operation_id, then=lambda _: self.undone.emit(),
                failed=lambda error: self._on_failed(self._turn, "undo", error),
            )  # fmt: skip

    def save_match(self) -> None:
        """Keep the match for sheets with these headings."""
        sheet = self.file.sheet if self.file is not None else None
        if sheet is not None:
            self._context.jobs.do(
                keep_match, sheet.headings, self.mapping,
                then=lambda _: self._context.shell.say(
                    "Saved. Sheets with these headings are matched so from now on.", can_undo=True
                ),
            )  # fmt: skip

    def _keep(self) -> None:
        if self.file is not None and self.file.sheet is not None:
            how = self.file.how
            told = {name: getattr(how, name) for name in ("sheet", "header_row", "encoding", "separator")}
            half = HalfDone(how.path, told, self.mapping, self.decisions, self.file.sheet.sha256)
            self._context.jobs.keep(keep_draft, half)

    def _on_failed(self, turn: int, doing: str, error: UserError) -> None:
        if turn != self._turn:
            return
        self.busy.emit(False)
        if doing == "rehearse" and self._good is not None:
            self.mapping, self.decisions = self._good.mapping, self._good.decisions
            if self._before:
                self._before.pop()
        self.failed.emit(doing, str(error))

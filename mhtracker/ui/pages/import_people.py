"""Import: a spreadsheet in four steps, rehearsed row by row before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from mhtracker import settings
from mhtracker.operations.imports import ImportResult
from mhtracker.operations.rehearsal import Outcome
from mhtracker.text import count
from mhtracker.ui.commands import Command
from mhtracker.ui.context import Context
from mhtracker.ui.importing.choose_step import ChooseStep
from mhtracker.ui.importing.heading import ImportFoot, ImportHead
from mhtracker.ui.importing.keeping import HalfDone, read_draft
from mhtracker.ui.importing.match_step import MatchStep
from mhtracker.ui.importing.page_parts import dropped_files, order_tabs, scrolled
from mhtracker.ui.importing.putting_right import PuttingRight
from mhtracker.ui.importing.reading import HowToRead, Matched, Opened, Rehearsed, recent_sheets
from mhtracker.ui.importing.rehearse_step import RehearseStep
from mhtracker.ui.importing.result_step import ResultStep
from mhtracker.ui.importing.saving import save_put_aside
from mhtracker.ui.importing.shots import SHOTS
from mhtracker.ui.importing.waiting_step import Waiting, WaitingStep, read_waiting
from mhtracker.ui.importing.work import ImportWork
from mhtracker.ui.pages.base import Page

if TYPE_CHECKING:
    from mhtracker.store import Store

__all__ = ["SHOTS", "ImportPage"]

KINDS = "Spreadsheets (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt);;All files (*)"
CHOOSE, MATCH, REHEARSE, DONE, WAITING = range(5)


@dataclass(frozen=True, slots=True)
class Beginnings:
    """What an import can begin from: rows put aside earlier, and one left half-done."""

    waiting: list[Waiting]
    half: HalfDone | None


class ImportPage(Page):
    """`show_place(file=…)` opens a file; `part="put_aside"` shows the rows put aside earlier."""

    key = "import"
    title = "Import people"
    icon = "file-import-outline"
    kinds = frozenset({"put_aside", "imported_file"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme
        self.setAcceptDrops(True)
        self._data = Beginnings([], None)
        self._files: list[Path] = []
        self._step = CHOOSE
        self.work = ImportWork(context, self)
        self.head = ImportHead(theme)
        self.foot = ImportFoot(theme)
        self.choose_step = ChooseStep(theme)
        self.match_step = MatchStep(theme)
        self.rehearse_step = RehearseStep(theme, lambda: context.register.stages, lambda: context.today)
        self.result_step = ResultStep(theme)
        self.waiting_step = WaitingStep(theme, context.today)
        self.putting_right = PuttingRight(context, self.waiting_step, self)
        self._build()
        self._join()
        context.commands.add(
            Command("choose_sheet", "Choose a file to import", self.on_choose, self.icon, possible=self.isVisible),
        )
        self._show_step(CHOOSE)

    def _build(self) -> None:
        px = self.context.theme.px
        self.stack = QStackedWidget()
        self.steps: list[QWidget] = [
            self.choose_step, self.match_step, self.rehearse_step, self.result_step, self.waiting_step,
        ]  # fmt: skip
        for step in self.steps:
            self.stack.addWidget(scrolled(step))
        inside = QVBoxLayout()
        inside.setContentsMargins(px(24) - 3, px(14), px(24) - 3, px(10))
        inside.setSpacing(px(8))
        inside.addWidget(self.head)
        inside.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside, 1)
        column.addWidget(self.foot)

    def _join(self) -> None:
        work, choose, rehearse, result = self.work, self.choose_step, self.rehearse_step, self.result_step
        work.opened.connect(self._on_opened)
        work.matched.connect(self._on_matched)
        work.rehearsed.connect(self._on_rehearsed)
        work.imported.connect(self._on_imported)
        work.undone.connect(self._on_undone)
        work.failed.connect(self._on_work_failed)
        work.busy.connect(self._on_busy)
        choose.choose.connect(self.on_choose)
        choose.asked.connect(self.open_file)
        choose.show_waiting.connect(self.show_waiting)
        choose.go_on_with_draft.connect(self.on_resume)
        self.match_step.mapped.connect(self._show_foot)
        rehearse.decided.connect(work.decide)
        rehearse.mapped.connect(work.set_field)
        rehearse.save.connect(self.on_save)
        rehearse.take_back.connect(work.take_back)
        rehearse.panel.reordered.connect(self._order_tabs)
        result.undo.connect(work.undo)
        result.caseload.connect(lambda: self.context.shell.open_page("caseload"))
        result.aside.connect(self.show_waiting)
        result.another.connect(self.on_close)
        result.back.connect(work.rehearse)
        self.head.steps.chosen.connect(self.on_step)
        self.foot.back.connect(self.on_back)
        self.foot.go_on.connect(self.on_go_on)
        self.foot.keep_match.connect(work.save_match)
        self.foot.close_import.connect(self.on_close)

    # What there is to begin from

    def show_place(self, **args: Any) -> None:
        file = args.get("file")
        if args.get("part") == "put_aside":
            self._show_step(WAITING)
        elif file and Path(file) != self.work.reading:
            self.open_file(HowToRead(Path(file)))
        elif self._step == WAITING:
            self._show_step(self._reached() if self.work.file is not None else CHOOSE)

    def query(self, store: Store, as_at: date) -> Beginnings:
        return Beginnings(read_waiting(store), read_draft(store))

    def show_data(self, data: Beginnings) -> None:
        self._data = data
        self.waiting_step.show_waiting(data.waiting)
        self._show_beginnings()
        folder = self.context.computer.sheet_folder
        if folder and self._step == CHOOSE:
            self.context.jobs.work(recent_sheets, Path(folder), then=self._on_recent, label="Looking for sheets")

    def _on_recent(self, files: list[Path]) -> None:
        self._files = files
        self._show_beginnings()

    def _show_beginnings(self) -> None:
        if self.work.file is None:
            folder = Path(self.context.computer.sheet_folder) if self.context.computer.sheet_folder else None
            half = self._data.half.path.name if self._data.half is not None else ""
            self.choose_step.show_beginnings(folder, self._files, len(self._data.waiting), half)

    # Choosing

    def on_choose(self) -> None:
        """Ask for a file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "Choose a spreadsheet", self.context.computer.sheet_folder, KINDS)
        if chosen:
            self.open_file(HowToRead(Path(chosen)))

    def open_file(self, how: HowToRead) -> None:
        """Read a file; its folder is where the next one is looked for."""
        folder = str(how.path.parent)
        if folder != self.context.computer.sheet_folder:
            self.context.computer.sheet_folder = folder
            settings.save_soon(self.context.computer)
        self.choose_step.show_problem("")
        self._show_step(CHOOSE)
        self.work.open(how)

    def on_resume(self) -> None:
        """Go on with the import left half-done."""
        if self._data.half is not None:
            self.work.resume(self._data.half)

    def _on_opened(self, opened: Opened) -> None:
        self.head.show_sheet(opened.sheet)
        self.choose_step.show_opened(opened)
        self._show_step(CHOOSE)
        self.choose_step.order_tabs()
        if opened.sheet is not None:
            self.foot.go_on_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_matched(self, matched: Matched) -> None:
        self.match_step.show_matched(matched)
        self._show_step(MATCH)
        self._order_tabs()
        self.match_step.focus_first()

    def _on_rehearsed(self, rehearsed: Rehearsed) -> None:
        arrives = self._step != REHEARSE
        self.rehearse_step.show_rehearsed(rehearsed, can_take_back=self.work.can_take_back)
        self._show_step(REHEARSE)
        self._order_tabs()
        if arrives:
            self.rehearse_step.focus_first()

    def _on_imported(self, result: ImportResult) -> None:
        self.result_step.show_result(result, result.rehearsal.sheet.file)
        self._show_step(DONE)
        self.result_step.focus_first()
        if result.operation_id is not None:
            added = count(result.people_added, "person", "people")
            words = f"Imported {result.rehearsal.sheet.file}: {added} added, {result.people_updated:,} changed."
            self.context.shell.say(words, can_undo=True)

    def _on_undone(self) -> None:
        file = self.work.result.rehearsal.sheet.file if self.work.result is not None else ""
        self.work.result = None
        self.result_step.show_undone(file)
        self._show_step(DONE)

    def _on_work_failed(self, doing: str, words: str) -> None:
        if doing in ("open", "match"):
            self.work.clear()
            self.choose_step.start_again()
            self.choose_step.show_problem(words)
            self.head.show_sheet(None)
            self._show_step(CHOOSE)
            self._show_beginnings()
            return
        if doing == "rehearse" and self.work.rehearsal is not None:
            self.rehearse_step.show_rehearsed(self.work.rehearsal, can_take_back=self.work.can_take_back)
        self._show_foot()
        self.context.shell.say(words)

    def _on_busy(self, busy: bool) -> None:
        if busy:
            self.foot.go_on_button.setEnabled(False)
        else:
            self._show_foot()

    # Steps

    def _reached(self) -> int:
        work = self.work
        if work.result is not None:
            return DONE
        return REHEARSE if work.rehearsal is not None else MATCH if work.match is not None else CHOOSE

    def _show_step(self, step: int) -> None:
        self._step = step
        self.stack.setCurrentIndex(step)
        self.head.steps.setVisible(step != WAITING)
        self.head.title.setText("Rows put aside" if step == WAITING else "Import people")
        found = self.work.rehearsal
        rows = len(found.rehearsal.rows) if found is not None else None
        self.head.show_sheet(None if step == WAITING or self.work.file is None else self.work.file.sheet, rows)
        if step != WAITING:
            reached = -1 if self.work.result is not None else self._reached()
            self.head.steps.set_step(step, reached=reached)
        self._show_foot()

    def _order_tabs(self) -> None:
        """Tab goes down the page as one reads it, though its parts are made as they are needed."""
        step = self.steps[self._step]
        if isinstance(step, (MatchStep, RehearseStep)):
            order_tabs([*self.head.steps.steps, *step.tab_stops(), *self.foot.tab_stops()])

    def on_step(self, step: int) -> None:
        """Go back to an earlier step, or on to one already reached."""
        if step <= self._reached():
            self._show_step(step)
            self.focus_first()

    def on_back(self) -> None:
        """Go one step back."""
        self._show_step(CHOOSE if self._step in (MATCH, WAITING) else MATCH)
        self.focus_first()

    def on_go_on(self) -> None:
        """Do the page's next step."""
        if self._step == CHOOSE:
            if self.work.match is not None:
                self._show_step(MATCH)
            else:
                self.work.ask_match()
        elif self._step == MATCH:
            self.work.use_mapping(self.match_step.mapping())
        elif self._step == REHEARSE:
            self.work.write()

    def on_close(self) -> None:
        """Leave the import; what was begun is kept as a draft."""
        self.work.clear()
        self.choose_step.start_again()
        self.head.show_sheet(None)
        self._show_step(CHOOSE)
        self.rehearse_step.forget()
        self.refresh()
        self.focus_first()

    def show_waiting(self) -> None:
        """The rows put aside by earlier imports."""
        self.context.shell.open_page("import", part="put_aside")

    def _show_foot(self) -> None:
        foot, sheet = self.foot, self.work.file.sheet if self.work.file is not None else None
        foot.setVisible(self._step in (MATCH, REHEARSE, WAITING) or (self._step == CHOOSE and sheet is not None))
        if self._step == CHOOSE:
            foot.show_for(go_on="Match columns")
        elif self._step == MATCH:
            foot.show_for(back="Choose file", go_on="Rehearse", match=True, ready=self.match_step.has_names)
        elif self._step == WAITING:
            foot.show_for(back="Import a file")
        elif self._step == REHEARSE and self.work.rehearsal is not None:
            self._show_rehearsal_foot(self.work.rehearsal)

    def _show_rehearsal_foot(self, found: Rehearsed) -> None:
        rows = found.rehearsal.totals.rows
        aside, new, changed = rows[Outcome.ASIDE], rows[Outcome.NEW], rows[Outcome.CHANGE]
        parts = [f"{new:,} new"] * bool(new) + [count(changed, "change")] * bool(changed)
        kept = f"The {count(aside, 'row')} put aside {'is' if aside == 1 else 'are'} kept, to put right now or later."
        context = self.context
        barred = context.register.read_only or context.as_known is not None
        said = kept if aside else ""
        if barred:
            said = "This register is open for reading only." if context.register.read_only else "You are looking back."
        words = (
            f"Import {', '.join(parts)}" if parts else f"Keep {count(aside, 'row')} put aside" if aside else "Import"
        )
        self.foot.show_for(
            back="Match columns", go_on=words, said=said, match=True, ready=bool(parts or aside) and not barred
        )

    # Saving what is put aside

    def on_save(self) -> None:
        """Ask where to save the rows put aside as a sheet."""
        if self.work.rehearsal is None:
            return
        stem = Path(self.work.rehearsal.rehearsal.sheet.file).stem
        name = str(Path(self.context.computer.sheet_folder) / f"{stem}, put aside.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the rows put aside", name, "Excel workbook (*.xlsx)")
        if chosen:
            path = Path(chosen)
            self.save_put_aside(path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx"))

    def save_put_aside(self, path: Path) -> None:
        """Write the rows put aside to a file, away from the window's thread."""
        if self.work.rehearsal is not None:
            self.context.jobs.work(
                save_put_aside, self.work.rehearsal.rehearsal, path, label=f"Saving {path.name}",
                then=lambda rows: self.context.shell.say(f"Saved {count(rows, 'row')} to {path.name}."),
            )  # fmt: skip

    # Dropping a file on the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()) and self._step != WAITING:
            self.choose_step.zone.set_over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.choose_step.zone.set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.choose_step.zone.set_over(False)
        paths = dropped_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.open_file(HowToRead(paths[0]))

    # For the shell

    def focus_first(self) -> None:
        step = self.steps[self._step]
        if self._step == CHOOSE:
            zone, button = self.choose_step.zone, self.foot.go_on_button
            (zone.button if zone.isVisibleTo(self) else button).setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(step, (MatchStep, RehearseStep, ResultStep, WaitingStep)):
            step.focus_first()

    def focus_filter(self) -> bool:
        if self._step != REHEARSE:
            return False
        self.rehearse_step.chip_of[self.rehearse_step.shown].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

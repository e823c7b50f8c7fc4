"""Import: a spreadsheet in four steps, rehearsed row by row before anything is written."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker import settings
from mhtracker.operations.importing.writing import ImportResult
from mhtracker.text import count
from mhtracker.ui.commands import Command
from mhtracker.ui.context import Context
from mhtracker.ui.importing.beginnings import Beginnings, read_beginnings
from mhtracker.ui.importing.choose_step import ChooseStep
from mhtracker.ui.importing.heading import ImportFoot, ImportHead
from mhtracker.ui.importing.match_step import MatchStep
from mhtracker.ui.importing.page_parts import StepStack, ask_for_sheet, ask_where_to_save, dropped_files, order_tabs
from mhtracker.ui.importing.putting_right import PuttingRight
from mhtracker.ui.importing.reading import HowToRead, Matched, Opened, Rehearsed, recent_sheets
from mhtracker.ui.importing.rehearse_step import RehearseStep
from mhtracker.ui.importing.result_step import ResultStep
from mhtracker.ui.importing.saving import save_put_aside
from mhtracker.ui.importing.shots import SHOTS
from mhtracker.ui.importing.waiting_step import WaitingStep
from mhtracker.ui.importing.work import ImportWork
from mhtracker.ui.pages.base import Page

if TYPE_CHECKING:
    from mhtracker.store import Store

__all__ = ["SHOTS", "ImportPage"]

CHOOSE, MATCH, REHEARSE, DONE, WAITING = range(5)
STEPS = ("choose_step", "match_step", "rehearse_step", "result_step", "waiting_step")


class ImportPage(Page):
    """`show_place(file=…)` opens a file; `part="put_aside"` shows the rows put aside earlier."""

    key = "import"
    title = "Import people"
    icon = "file-import-outline"
    kinds = frozenset({"put_aside", "imported_file"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAcceptDrops(True)
        self._data = Beginnings([], None)
        self._files: list[Path] = []
        self._made: ImportResult | None = None
        self._step = CHOOSE
        self.work = ImportWork(context, self)
        self.head = ImportHead(context.theme)
        self.foot = ImportFoot(context.theme)
        self.stack = StepStack(len(STEPS), self.foot.tab_stops())
        self._build()
        self._join()
        choose = Command("choose_sheet", "Choose a file to import", self.on_choose, self.icon, possible=self.isVisible)
        context.commands.add(choose, owner=self)
        self._show_step(CHOOSE)

    def _build(self) -> None:
        px = self.context.theme.px
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
        work = self.work
        work.opened.connect(self._on_opened)
        work.matched.connect(self._on_matched)
        work.rehearsed.connect(self._on_rehearsed)
        work.imported.connect(self._on_imported)
        work.undone.connect(self._on_undone)
        work.failed.connect(self._on_work_failed)
        work.busy.connect(self._on_busy)
        self.head.steps.chosen.connect(self.on_step)
        self.foot.back.connect(self.on_back)
        self.foot.go_on.connect(self.on_go_on)
        self.foot.keep_match.connect(work.save_match)
        self.foot.close_import.connect(self.on_close)

    # Each step is made as it is first needed

    @cached_property
    def choose_step(self) -> ChooseStep:
        step = ChooseStep(self.context.theme)
        step.choose.connect(self.on_choose)
        step.asked.connect(self.open_file)
        step.show_waiting.connect(self.show_waiting)
        step.go_on_with_draft.connect(self.on_resume)
        return self.stack.put(CHOOSE, step)

    @cached_property
    def match_step(self) -> MatchStep:
        step = MatchStep(self.context.theme)
        step.mapped.connect(self._show_foot)
        return self.stack.put(MATCH, step)

    @cached_property
    def rehearse_step(self) -> RehearseStep:
        context, work = self.context, self.work
        step = RehearseStep(context.theme, lambda: context.register.stages, lambda: context.today)
        step.decided.connect(work.decide)
        step.mapped.connect(work.set_field)
        step.save.connect(self.on_save)
        step.take_back.connect(work.take_back)
        step.panel.reordered.connect(self._order_tabs)
        return self.stack.put(REHEARSE, step)

    @cached_property
    def result_step(self) -> ResultStep:
        step = ResultStep(self.context.theme)
        step.undo.connect(self.work.undo)
        step.caseload.connect(lambda: self.context.shell.open_page("caseload"))
        step.aside.connect(self.show_waiting)
        step.another.connect(self.on_close)
        step.back.connect(self.work.rehearse)
        return self.stack.put(DONE, step)

    @cached_property
    def waiting_step(self) -> WaitingStep:
        step = WaitingStep(self.context.theme, self.context.today)
        self.putting_right = PuttingRight(self.context, step, self)
        step.show_waiting(self._data.waiting)
        return self.stack.put(WAITING, step)

    @property
    def _step_shown(self) -> QWidget:
        step: QWidget = getattr(self, STEPS[self._step])
        return step

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
        return read_beginnings(store, self._made)

    def show_data(self, data: Beginnings) -> None:
        self._data = data
        if "waiting_step" in self.__dict__:
            self.waiting_step.show_waiting(data.waiting)
        self._show_beginnings()
        if self._step == DONE and self._made is not None and data.undone != (self.work.result is None):
            self._on_undone() if data.undone else self._show_made(self._made)
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
        path = ask_for_sheet(self, self.context.computer.sheet_folder)
        if path is not None:
            self.open_file(HowToRead(path))

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
        self._made = result
        self._show_made(result)
        self.result_step.focus_first()
        if result.operation_id is not None:
            added = count(result.people_added, "person", "people")
            words = f"Imported {result.rehearsal.sheet.file}: {added} added, {result.people_updated:,} changed."
            self.context.shell.say(words, can_undo=True)

    def _show_made(self, result: ImportResult) -> None:
        self.work.result = result
        self.result_step.show_result(result, result.rehearsal.sheet.file)
        self._show_step(DONE)

    def _on_undone(self) -> None:
        """The import was taken back, by its own button or as the window's last step."""
        if self._made is not None:
            self.work.result = None
            self.result_step.show_undone(self._made.rehearsal.sheet.file)
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
        self._step_shown.show()
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
        step = self._step_shown
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
        self._made = None
        self.work.clear()
        self.choose_step.start_again()
        self.head.show_sheet(None)
        self._show_step(CHOOSE)
        if "rehearse_step" in self.__dict__:
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
            looking_back = "You are looking back." if self.context.as_known is not None else ""
            read_only = "This register is open for reading only." if self.context.register.read_only else ""
            foot.show_rehearsal(self.work.rehearsal, read_only or looking_back)

    # Saving what is put aside

    def on_save(self) -> None:
        """Ask where to save the rows put aside as a sheet."""
        if self.work.rehearsal is None:
            return
        file = self.work.rehearsal.rehearsal.sheet.file
        path = ask_where_to_save(self, self.context.computer.sheet_folder, file)
        if path is not None:
            self.save_put_aside(path)

    def save_put_aside(self, path: Path) -> None:
        """Write the rows put aside to a file, away from the window's thread."""
        if self.work.rehearsal is not None:
            now = self.context.clock.now().astimezone()
            self.context.jobs.work(
                save_put_aside, self.work.rehearsal.rehearsal, path, now, label=f"Saving {path.name}",
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
        step = self._step_shown
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

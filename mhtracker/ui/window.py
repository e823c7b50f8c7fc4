"""The window: the start page, or rail, header and pages with the one panel beside them.

It is the `Shell` that pages are given, and leaves the work to its parts: going about to `navigator.py`, what happened
to `happenings.py`, the day looked at to `looking.py`, opening to `registers.py`, the list of commands to
`shell_commands.py`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mhtracker import settings
from mhtracker.domain.errors import Refused
from mhtracker.text import format_date
from mhtracker.ui.backing_up import BackingUp
from mhtracker.ui.body import Body
from mhtracker.ui.commands import Commands
from mhtracker.ui.context import Context, RegisterFacts
from mhtracker.ui.elsewhere import Elsewhere
from mhtracker.ui.happenings import TODAY, Happenings
from mhtracker.ui.header import HeaderBar
from mhtracker.ui.keys import AltAlone, Regions, UndoWatch
from mhtracker.ui.looking import Looking, short_words
from mhtracker.ui.mark import window_icon
from mhtracker.ui.navigation import Place
from mhtracker.ui.navigator import Navigator
from mhtracker.ui.notice_bar import NoticeBar
from mhtracker.ui.pages import PAGES
from mhtracker.ui.palette import Palette
from mhtracker.ui.rail import Rail
from mhtracker.ui.reading_ahead import ReadingAhead
from mhtracker.ui.registers import Registers
from mhtracker.ui.shell_commands import Parts, ShellCommands
from mhtracker.ui.widgets.progress_line import ProgressLine
from mhtracker.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from mhtracker.settings import ComputerSettings
    from mhtracker.store import Clock
    from mhtracker.ui.bus import Bus
    from mhtracker.ui.jobs import Jobs
    from mhtracker.ui.theme import Theme

WIDE_ENOUGH = 1200
"""Below this width, at 100% text, the rail shows icons only."""


class Window(QMainWindow):
    """The one window. `first_painted` is emitted once, when the first page or the start page stands on the screen."""

    first_painted = Signal()
    first_page = TODAY
    """The page a register opens on."""

    def __init__(self, jobs: Jobs, bus: Bus, theme: Theme, computer: ComputerSettings, clock: Clock) -> None:
        super().__init__()
        self.context = Context(
            jobs=jobs,
            bus=bus,
            theme=theme,
            computer=computer,
            clock=clock,
            commands=Commands(),
            shell=self,
            as_at=clock.today(),
        )
        self._painted = False
        self.alt_alone = AltAlone()
        self.setWindowIcon(window_icon())
        self.setMinimumSize(QSize(720, 480))
        self._build()
        self._join()
        bus.register_changed.connect(self._on_register_changed)
        bus.as_at_changed.connect(self.show_title)
        theme.changed.connect(self._fit)
        self.show_title()

    def _build(self) -> None:
        theme, computer = self.context.theme, self.context.computer
        self.pages = PAGES
        self.rail = Rail(
            theme,
            [entry for entry in self.pages if entry.rail],
            on_page=self.open_page,
            on_person=self.open_person,
            on_user=lambda: self.open_page("settings", part="you"),
        )
        self.header = HeaderBar(theme)
        self.body = Body(theme, computer.panel_width)
        self.looking_bar = NoticeBar(theme, "warn", "today", "Back to today", lambda: self.look_at(None))
        self.read_only_bar = NoticeBar(theme, "info", "info")
        self.drafts_bar = NoticeBar(theme, "info", "info", "Show kept forms", self._show_drafts, closable=True)
        self.backup_bar = NoticeBar(theme, "warn", "today", "Backups", self._show_backups)
        self.progress = ProgressLine(theme)
        right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.header, self.looking_bar, self.read_only_bar, self.backup_bar, self.drafts_bar):
            right.addWidget(widget)
        right.addWidget(self.body, 1)
        self.work_area = QWidget()
        self.work_area.setAccessibleName("Register")
        row = QHBoxLayout(self.work_area)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.whole = QStackedWidget()
        self.whole.setAccessibleName("MHTracker")
        self.whole.addWidget(self.work_area)
        # Long work shows at the foot, on the start page too.
        central = QWidget()
        central.setAccessibleName("MHTracker")
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.whole, 1)
        column.addWidget(self.progress)
        self.setCentralWidget(central)
        self.toast = Toast(theme, self.whole, self._room_for_words)

    def _join(self) -> None:
        """Make the parts that do the work and let them know each other."""
        context = self.context
        self.looking = Looking(context, self, self.header, self.looking_bar)
        self.navigator = Navigator(context, self.body, self.rail, self.header, self.pages, self._on_ready)
        self.happenings = Happenings(
            context,
            self,
            header=self.header,
            rail=self.rail,
            toast=self.toast,
            progress=self.progress,
            drafts=self.drafts_bar,
        )
        self.elsewhere = Elsewhere(context, self)
        self.backing_up = BackingUp(context, self, self.backup_bar)
        self.reading_ahead = ReadingAhead(context, self)
        self.registers = Registers(
            context,
            self,
            panels=self.navigator.panels,
            show_register=self.show_register,
            show_start=self.show_start,
            show_work=self.show_work,
        )
        self.regions = Regions(self._regions)
        self.shell_commands = ShellCommands(
            context,
            self,
            Parts(
                header=self.header,
                rail=self.rail,
                body=self.body,
                navigator=self.navigator,
                registers=self.registers,
                happenings=self.happenings,
                backing_up=self.backing_up,
                regions=self.regions,
                alt_alone=self.alt_alone,
                pages=self.pages,
                at_work=lambda: self.at_work,
                find=lambda: self.palette_list.open(),
            ),
        )
        self.palette_list = Palette(
            context,
            self.header.find_box,
            pages=self.pages,
            in_hand=self.person_in_hand,
            recent=self.happenings.recent_items,
            leave=self.navigator.focus_page,
            parent=self.work_area,
        )
        self._undo_watch = UndoWatch(self)

    # The shell that pages are given

    def open_person(self, person_id: str, tab: str | None = None, at: str | None = None) -> None:
        self.navigator.go(Place.of("person", person_id=person_id, tab=tab, at=at))

    def open_page(self, key: str, **args: Any) -> None:
        self.navigator.go(Place.of(key, **args))

    def run_command(self, key: str, **args: Any) -> None:
        context = self.context
        command = context.commands.get(key)
        if command.for_person and "person_id" not in args:
            args["person_id"] = self.navigator.current_person()
            if args["person_id"] is None:
                return
            page = self.navigator.current_page()
            args |= page.command_args(key) if page is not None else {}
        if command.records and context.as_known is not None:
            known = format_date(context.as_known)
            self.happenings.show_error(
                Refused(f"You are looking at what was known on {known}. Go back to today to record anything.")
            )
            return
        command.run(**args)

    def side_panel(self, widget: QWidget | None) -> None:
        if widget is None:
            self.navigator.panels.close()
        else:
            self.navigator.panels.show(widget)

    def say(self, words: str, can_undo: bool = False) -> None:
        self.context.bus.said.emit(words, can_undo)

    def look_at(self, day: date | None, known: date | None = None) -> None:
        if known is not None:
            self.navigator.panels.keep()
        self.looking.look_at(day, known)

    # The register

    def show_register(self, facts: RegisterFacts) -> None:
        """A register was opened: show its first page."""
        self.navigator.clear()
        self.context.register = facts
        self.looking.start_again()
        self.header.set_saved(None)
        self.whole.setCurrentWidget(self.work_area)
        self.context.bus.register_changed.emit()
        self.open_page(self.first_page)
        self.happenings.offer_drafts()
        self.elsewhere.start_again()
        self.backing_up.start_again()
        self.reading_ahead.start_again()

    def show_start(self, page: QWidget) -> None:
        """Show the start page, which fills the window."""
        self.navigator.panels.keep()
        if self.whole.indexOf(page) < 0:
            self.whole.addWidget(page)
        self.whole.setCurrentWidget(page)
        self.show_title()
        page.setFocus()
        QTimer.singleShot(0, self._on_ready)

    def show_work(self) -> None:
        """Leave the start page for the register that is open."""
        self.whole.setCurrentWidget(self.work_area)
        self.show_title()
        self.navigator.focus_page()

    @property
    def at_work(self) -> bool:
        """Whether a register is open and on show."""
        return self.context.has_register and self.whole.currentWidget() is self.work_area

    @Slot()
    def _on_register_changed(self) -> None:
        facts = self.context.register
        if facts.read_only:
            self.read_only_bar.tell("Open to be read only.", "Nothing can be recorded in this register here.")
        self.read_only_bar.setVisible(facts.read_only)
        self.show_title()

    def person_in_hand(self) -> tuple[str, str] | None:
        """The person that commands act on, by id and by a name to say."""
        page = self.navigator.current_page()
        person = page.current_person() if page is not None else None
        if page is None or person is None:
            return None
        return person, page.current_name() or "this person"

    def _room_for_words(self) -> QRect:
        """Where the page is to be seen: never over a side panel and its steps."""
        if not self.at_work:
            return self.whole.rect()
        seen = self.body.page_rect()
        return QRect(self.body.mapTo(self.whole, seen.topLeft()), seen.size())

    def _show_backups(self) -> None:
        self.open_page("settings", part="backups")

    def _show_drafts(self) -> None:
        self.happenings.show_drafts()

    def _regions(self) -> list[QWidget]:
        if not self.at_work:
            return [self.whole]
        panel = [self.body.panel] if self.body.panel is not None else []
        return [self.rail, self.header, self.body.stack, *panel]

    @Slot()
    def show_title(self) -> None:
        """The window's title: the register, that a demo is one, and another day looked at. Never a person's name."""
        facts = self.context.register
        if not self.at_work:
            self.setWindowTitle("MHTracker")
            return
        name = f"{facts.name} (invented people)" if facts.is_demo else facts.name
        looked = short_words(self.context.as_at, self.context.as_known, self.context.today)
        day = f"{looked} – " if self.context.looks_elsewhere else ""
        self.setWindowTitle(f"{day}{name} – MHTracker")

    # Size, keys, closing

    @Slot()
    def _on_ready(self) -> None:
        if not self._painted and self.isVisible():
            self._painted = True
            self.repaint()
            self.first_painted.emit()

    @Slot()
    def _fit(self) -> None:
        self.rail.set_narrow(self.width() / self.context.theme.scale < WIDE_ENOUGH)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.alt_alone.pressed(event)
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.toast.isHidden():
            self.toast.end()
        else:
            self.navigator.panels.keep()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self.alt_alone.released(event):
            self.header.menu.emit()
        else:
            super().keyReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.alt_alone.spoilt()
        super().mousePressEvent(event)

    def restore_size(self) -> None:
        """Take the size and place of last time; Qt brings back a window that would stand off every screen."""
        kept = self.context.computer.window
        if kept and self.restoreGeometry(QByteArray.fromHex(QByteArray(kept.encode("ascii", "ignore")))):
            return
        room = self.screen().availableGeometry()
        self.resize(QSize(1440, 900).boundedTo(room.size()))
        self.move(room.center() - self.rect().center())

    def keep_settings(self) -> None:
        """Remember this computer's settings."""
        computer = self.context.computer
        computer.window = bytes(self.saveGeometry().toHex().data()).decode("ascii")
        computer.panel_width = self.body.panel_width
        settings.save(computer)

    def keep_words(self) -> None:
        """Bring what is being typed to the disk now: the session ends, or the computer goes to sleep."""
        self.navigator.panels.flush()
        self.context.jobs.settle()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.navigator.panels.keep()
        self.keep_settings()
        self.hide()  # a last backup may take its time
        self.context.jobs.close()
        super().closeEvent(event)

"""What happens in the register, as the shell shows it.

The toast and its undo, the saved time, the rail's numbers, errors, long work, unfinished forms.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from mhtracker import settings, text
from mhtracker.domain.errors import Cancelled, UserError
from mhtracker.domain.records import Changes
from mhtracker.ui import readings
from mhtracker.ui.navigation import Place
from mhtracker.ui.palette_items import Item

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from mhtracker.store import Store
    from mhtracker.store.drafts import Draft
    from mhtracker.ui.context import Context, RegisterFacts
    from mhtracker.ui.header import HeaderBar
    from mhtracker.ui.notice_bar import NoticeBar
    from mhtracker.ui.rail import Rail
    from mhtracker.ui.widgets.progress_line import ProgressLine
    from mhtracker.ui.widgets.toast import Toast

TODAY, SERVICES = "today", "services"
FACTS_HANG_ON = frozenset({"stage", "worker", "team", "setting"})


class Happenings(QObject):
    """Hears the bus and tells the header, the rail and the toast."""

    def __init__(
        self,
        context: Context,
        window: QWidget,
        *,
        header: HeaderBar,
        rail: Rail,
        toast: Toast,
        progress: ProgressLine,
        drafts: NoticeBar,
    ) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._header, self._rail, self._toast, self._progress, self._drafts = header, rail, toast, progress, drafts
        self._news = readings.News()
        bus, jobs = context.bus, context.jobs
        bus.recorded.connect(self._on_recorded)
        bus.changed.connect(self._on_changed)
        bus.said.connect(self._on_said)
        bus.went.connect(self._on_went)
        bus.as_at_changed.connect(self.refresh_news)
        bus.register_changed.connect(self._on_register_changed)
        bus.you_changed.connect(self.refresh_facts)
        jobs.failed.connect(self.show_error)
        jobs.busy.connect(self._on_busy)
        bus.drafts_changed.connect(self.refresh_drafts)
        header.undo.connect(self.undo)
        header.kept.connect(self.show_drafts)
        progress.cancelled.connect(jobs.stop)

    # Undo

    def undo(self) -> None:
        """Take the last operation back."""
        self._context.jobs.do(_undo)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._context.jobs.do(_redo)

    @property
    def can_undo(self) -> bool:
        return bool(self._news.undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._news.redo)

    @Slot(object)
    def _on_recorded(self, changes: Changes) -> None:
        self._header.set_saved(self._context.clock.now().astimezone())
        done = changes.label.partition(": ")[0]
        if done in ("Undo", "Redo"):
            ask = self._context.jobs.ask
            ask(readings.read_name, changes.operation_id, then=partial(self._say_undone, done), urgent=True)
        else:
            self._toast.say(f"{changes.label}.", self.undo)
            ask = self._context.jobs.ask
            ask(readings.read_name, changes.operation_id, then=partial(self._say_whom, changes.label), urgent=True)

    def _say_whom(self, label: str, name: str) -> None:
        """Say it again with the person it concerned, unless other words stand there by now."""
        whom = name[len(label) :].removeprefix(", ")
        if whom and not self._toast.isHidden() and self._toast.words() == f"{label}.":
            self._toast.say(f"{label} for {whom}.", self.undo)

    def _say_undone(self, done: str, name: str) -> None:
        if done == "Undo":
            self._toast.say(f"Undone: {name}.", self.redo, action="Redo", key="Ctrl Y")
        else:
            self._toast.say(f"Done again: {name}.", self.undo)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds & FACTS_HANG_ON:
            self.refresh_facts()
        self.refresh_news()

    @Slot(str, bool)
    def _on_said(self, words: str, can_undo: bool) -> None:
        self._toast.say(words, self.undo if can_undo else None)

    # The rail's and the header's numbers

    @Slot()
    def refresh_news(self) -> None:
        """Read what can be undone, how much is due, and who was looked at lately."""
        context = self._context
        if not context.has_register:
            return
        kept = context.computer.register(context.register.address)
        context.jobs.ask(
            readings.read_news,
            context.as_at,
            context.register.worker_id,
            list(kept.recent_people),
            list(kept.pinned_people),
            then=self._on_news,
            slot="the shell's news",
        )

    def _on_news(self, news: readings.News) -> None:
        self._news = news
        self._header.set_undo(news.undo, news.undo_name)
        self._rail.set_people(news.pinned, news.recent)
        if TODAY in self._rail.items:
            self._rail.items[TODAY].set_count(news.due_now)
        if SERVICES in self._rail.items:
            about = f"{text.count(news.contracts, 'contract')} to look at"
            self._rail.items[SERVICES].set_count(news.contracts, about)

    @Slot(object)
    def _on_went(self, place: Place) -> None:
        person_id = place.arg("person_id")
        if person_id is not None:
            self._context.computer.visited(self._context.register.address, person_id)
            self.refresh_news()

    def recent_items(self) -> list[Item]:
        """The people pinned, then those looked at lately, for the palette."""
        go = self._context.shell.open_person
        pinned = [(each, "pinned") for each in self._news.pinned]
        return [
            Item(each.name, partial(go, each.person_id), detail, letter=each.letter, colour=each.colour)
            for each, detail in (*pinned, *((each, "") for each in self._news.recent))
        ]

    def pin(self, *person_ids: str) -> None:
        """Pin people on this computer, or unpin them where all were pinned."""
        context = self._context
        pinned = context.computer.turn_pin(context.register.address, *person_ids)
        settings.save_soon(context.computer)
        self.refresh_news()
        who = "" if len(person_ids) == 1 else f" {text.count(len(person_ids), 'person', 'people')}"
        context.shell.say(f"Pinned{who} to the rail." if pinned else f"Unpinned{who}.")

    # The register's own facts

    @Slot()
    def refresh_facts(self) -> None:
        """Read again what the register is and who sits here."""
        context = self._context
        chosen = context.computer.register(context.register.address).worker_id
        context.jobs.ask(readings.read_facts, chosen, context.computer.who_name, then=self._on_facts)

    def _on_facts(self, facts: RegisterFacts) -> None:
        self._context.register = facts
        self._context.bus.register_changed.emit()

    @Slot()
    def _on_register_changed(self) -> None:
        facts = self._context.register
        self._header.set_demo(facts.is_demo)
        self._rail.user.set_user(facts.worker_name, facts.worker_role)
        self.refresh_news()

    # Errors and long work

    @Slot(object)
    def show_error(self, error: UserError) -> None:
        """Tell a `UserError`: what the person stopped in the toast, anything else in a plain dialog."""
        if isinstance(error, Cancelled):
            self._toast.say(str(error))
            return
        from mhtracker.ui.dialogs.plain import tell

        tell(self._context.theme, self._window, str(error))

    @Slot(str, int, int)
    def _on_busy(self, words: str, done: int, total: int) -> None:
        if not words:
            self._progress.finish()
            return
        if self._progress.isHidden():
            self._progress.start(words, can_cancel=self._context.jobs.can_stop)
            self._progress.show()
        self._progress.step(done, total, words)

    # Unfinished forms

    def offer_drafts(self) -> None:
        """Say that there are unfinished forms, if there are."""
        self._context.jobs.ask(readings.read_drafts, then=self._on_drafts)

    def _on_drafts(self, drafts: list[Draft]) -> None:
        count = len(drafts)
        self._header.set_kept(count)
        self._drafts.setVisible(bool(count))
        if self._drafts.button is not None:
            self._drafts.button.setVisible(bool(count))
        if count:
            self._drafts.tell(f"You have {count} unfinished form{'' if count == 1 else 's'}.", "Nothing typed is lost.")
        if self._context.register.ended_badly:
            words = "The form you had begun is kept." if count == 1 else f"The {count} forms you had begun are kept."
            self._drafts.tell("MHTracker was not closed last time. Nothing recorded is lost.", words if count else "")

    @Slot()
    def refresh_drafts(self) -> None:
        """Read how many forms are kept for later; the one that is open is not meant."""
        if self._context.has_register:
            self._context.jobs.ask(
                readings.read_drafts, then=lambda found: self._header.set_kept(len(found)), slot="the shell's drafts"
            )

    def show_drafts(self) -> None:
        """List the unfinished forms, to go on with one."""
        from mhtracker.ui.dialogs.drafts import DraftsPanel

        self._drafts.hide()
        self._context.shell.side_panel(DraftsPanel(self._context))


def _undo(store: Store) -> object:
    return store.undo()


def _redo(store: Store) -> object:
    return store.redo()

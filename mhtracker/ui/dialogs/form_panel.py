"""What every form in the side panel does: reads its person, keeps its draft, says what will follow, records.

A form says what it reads (`read`), shows it (`make_form`), works out (`preview`) and records (`perform`); the two last
and the first run on the register's thread and touch no widget.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from mhtracker import text
from mhtracker.domain.errors import Conflict, Invalid, UserError
from mhtracker.domain.records import Person
from mhtracker.operations.drafting import Preview
from mhtracker.store import Store
from mhtracker.store.drafts import Draft, drop_draft, get_draft, save_draft
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.conflict import conflict_banner
from mhtracker.ui.forms import DraftKeeper, Form
from mhtracker.ui.widgets.banner import Banner, InfoPanel
from mhtracker.ui.widgets.side_panel import SidePanel

PREVIEW_MS = 150
ICONS = {
    "review": "mdi6.clipboard-check-outline",
    "target": "mdi6.flag-checkered",
    "plan": "mdi6.flag-outline",
    "gap": "mdi6.timer-sand",
    "place": "mdi6.home-outline",
    "stage": "mdi6.stairs-up",
    "caution": "mdi6.alert-outline",
}


@dataclass(frozen=True, slots=True)
class _Read:
    person: Person | None
    draft: Draft | None
    data: Any


class FormPanel(SidePanel):
    """`key` names the draft: the form's command, a colon, and the person's id ("" keeps no draft)."""

    info_title = "When you record this"

    def __init__(
        self,
        context: Context,
        title: str,
        *,
        primary: str,
        key: str,
        person_id: str | None = None,
        keep: str = "Keep for later",
    ) -> None:
        super().__init__(context.theme, title, primary=primary, keep=keep)
        self.context, self.theme, self.person_id, self.key = context, context.theme, person_id, key
        self.person: Person | None = None
        self.data: Any = None
        self.base: Any = None
        self.form: Form | None = None
        self.keeper: DraftKeeper | None = None
        self.info = InfoPanel(context.theme, self.info_title)
        self._primary, self._title_words = primary, title
        self._banner: Banner | None = None
        self._draft_banner: Banner | None = None
        self._from_preview: set[str] = set()
        self._wants_focus = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PREVIEW_MS)
        self._timer.timeout.connect(self.ask_preview)
        self.accepted.connect(self.record)
        self.set_primary(primary, enabled=False)
        context.jobs.ask(self._read, then=self._on_read, failed=self._on_unreadable, urgent=True)

    # For each form to say

    def read(self, store: Store) -> Any:
        """What the form needs to show itself."""
        return None

    def make_form(self, data: Any) -> Form:
        raise NotImplementedError

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        """What recording would do; None when there is nothing to say. Values that cannot be read are None."""
        return None

    def perform(self, store: Store, values: Mapping[str, Any]) -> Any:
        raise NotImplementedError

    def gathered(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values as `perform` and `preview` get them; here, on the window's thread, widgets may still be asked."""
        return values

    def said(self, result: Any) -> str:
        """What happened, for the toast."""
        return "Recorded."

    def after(self, result: Any) -> None:
        """What the window does once it is recorded."""

    def on_edited(self) -> None:
        """Show and hide fields as others change."""

    def show_preview(self, preview: Preview) -> None:
        """More to do with a preview than its lines."""

    # Opening

    def _read(self, store: Store) -> _Read:
        person = store.get(Person, self.person_id) if self.person_id else None
        draft = get_draft(store, self.key) if self.key else None
        return _Read(person, draft, self.read(store))

    @Slot(object)
    def _on_read(self, read: _Read) -> None:
        self.person, self.data = read.person, read.data
        if read.person is not None:
            self._show_person(read.person)
        self.form = self.make_form(read.data)
        self.form.problems_changed.connect(self.set_problem_count)
        self.form.edited.connect(self._on_edited)
        self.add(self.form)
        self.info.set_lines([])
        self.add(self.info)
        self.add_stretch()
        self.form.mark_clean()
        if self.key:
            self.keeper = DraftKeeper(self.form, self._keep_draft)
        if read.draft is not None:
            self._put_back(read.draft)
        self.set_primary(self._primary)
        self._on_edited()
        if self._wants_focus:
            self.focus_first()

    @Slot(object)
    def _on_unreadable(self, error: UserError) -> None:
        self.kept.emit()
        self.context.jobs.failed.emit(error)

    def _show_person(self, person: Person) -> None:
        facts = [("", f"Born {text.format_born(person, self.context.today)}")] if person.born_on else []
        number = person.nhs_number
        facts.append(("NHS", text.format_nhs(number)) if number else ("Ref", person.ref))
        self.show_person(text.full_name(person), facts)

    @property
    def called(self) -> str:
        """What to call the person in a sentence."""
        return text.called(self.person) if self.person is not None else "them"

    @property
    def whole_name(self) -> str:
        return text.plain_name(self.person) if self.person is not None else ""

    def focus_first(self) -> None:
        """Put the keyboard into the form, as soon as it is there."""
        if self.form is None:
            self._wants_focus = True
            self.setFocus()
        else:
            self._wants_focus = False
            self.form.focus_first()

    # Drafts

    def _keep_draft(self, typed: dict[str, str]) -> None:
        jobs = self.context.jobs
        if typed and self.base is not None and self.form is not None:
            typed = self.form.changed_texts()  # other fields show the record, which others may change meanwhile
        if typed:
            jobs.keep(save_draft, self.key, person_id=self.person_id, label=self._title_words, texts=typed)
            self.set_draft_words(f"Draft kept {self._time_now()}")
        else:
            self._drop_draft()
            self.set_draft_words("")

    def _drop_draft(self) -> None:
        if self.key:
            self.context.jobs.keep(drop_draft, self.key)

    def _time_now(self) -> str:
        return f"{self.context.clock.now().astimezone():%H:%M}"

    def _put_back(self, draft: Draft) -> None:
        if self.keeper is None:
            return
        self.keeper.offer(draft.texts)
        when = text.format_when(draft.saved_at.astimezone().replace(tzinfo=None), self.context.today)
        self.set_draft_words(f"Draft kept {when}")
        self._draft_banner = Banner(
            self.context.theme,
            "",
            title=f"What you typed is back, from {when}",
            family="info",
            buttons=[("Start afresh", self._start_afresh)],
            closable=True,
        )
        self.body.insertWidget(0, self._draft_banner)

    def _start_afresh(self) -> None:
        """Throw the draft away and read everything again."""
        if self.keeper is not None:
            self.keeper.stop()
        self._drop_draft()
        self.set_draft_words("")
        for widget in (self.form, self.info, self._draft_banner):
            if widget is not None:
                self.body.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.form = self._draft_banner = None
        self.info = InfoPanel(self.context.theme, self.info_title)
        self._wants_focus = True
        # In its turn, after the draft has been dropped: asked urgently, it could find the draft still there.
        self.context.jobs.ask(self._read, then=self._on_read, failed=self._on_unreadable)

    # What will follow

    @Slot()
    def _on_edited(self) -> None:
        self.on_edited()
        self._timer.start()

    def values_so_far(self) -> dict[str, Any]:
        """Every value that can be read; None for the others and for hidden fields."""
        found: dict[str, Any] = {}
        for name, editor in (self.form.editors if self.form else {}).items():
            try:
                found[name] = None if editor.isHidden() else editor.value()
            except Invalid:
                found[name] = None
        return found

    @Slot()
    def ask_preview(self) -> None:
        """Ask what recording the form as it stands would do."""
        if self.form is not None:
            self.context.jobs.ask(
                self.preview,
                self.gathered(self.values_so_far()),
                then=self._on_preview,
                failed=lambda error: None,
                urgent=True,
                slot=("preview", id(self)),
            )

    @Slot(object)
    def _on_preview(self, preview: Preview | None) -> None:
        if self.form is None:
            return
        preview = preview or Preview()
        lines = [(ICONS.get(each.kind, ICONS["plan"]), each.words) for each in preview.consequences]
        lines += [(ICONS["caution"], each.words) for each in preview.cautions]
        self.info.set_lines(lines)
        self._show_found(preview)
        self.show_preview(preview)

    def _show_found(self, preview: Preview) -> None:
        """Say beside a filled field what a rule has against it, and take back what no longer holds."""
        form = self.form
        if form is None:
            return
        for name in self._from_preview - preview.problems.keys():
            form.editors[name].clear_problem()
        self._from_preview &= preview.problems.keys()
        for name, words in preview.problems.items():
            editor = form.editors.get(name)
            if editor is None or editor.isHidden() or editor.is_empty() or editor.problem:
                continue
            focus = QApplication.focusWidget()
            if focus is None or not editor.isAncestorOf(focus):
                editor.show_problem(words, preview.mends.get(name, ()))
                self._from_preview.add(name)
        self.set_problem_count(form.problem_count())

    # Recording

    @Slot()
    def record(self) -> None:
        """Record what the form says, or say what is still to put right."""
        if self.form is None:
            return
        values = self.form.checked_values()
        self.set_problem_count(self.form.problem_count())
        if values is None:
            self.ask_preview()  # what the rules have against the other fields is to be read too
            return
        self._take_banner_away()
        self.set_busy(True)
        self.context.jobs.do(self.perform, self.gathered(values), then=self._on_recorded, failed=self._on_refused)

    @Slot(object)
    def _on_recorded(self, result: Any) -> None:
        if self.keeper is not None:
            self.keeper.stop()
        self._drop_draft()
        words = self.said(result)
        self.kept.emit()
        self.context.shell.say(words, can_undo=True)
        self.after(result)

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        self.set_busy(False)
        if self.form is None:
            return
        if isinstance(error, Conflict) and error.theirs is not None and self.base is not None:
            self._show_conflict(error)
        elif isinstance(error, Invalid):
            self.form.show_problems(error.problems, error.mends)
            self._from_preview |= error.problems.keys() & self.form.editors.keys()
            self.set_problem_count(self.form.problem_count())
        else:
            self.form.show_problems({"": str(error)})

    # Somebody else was quicker

    def _show_conflict(self, error: Conflict) -> None:
        self._take_banner_away()
        self._banner = conflict_banner(
            self.context.theme,
            error,
            self.base,
            keep_mine=partial(self._keep_mine, error),
            use_theirs=partial(self._use_theirs, error),
            labels=self.data_labels(),
        )
        self.body.insertWidget(0, self._banner)
        self._banner.setFocus(Qt.FocusReason.OtherFocusReason)

    def data_labels(self) -> Mapping[tuple[str, Any], str]:
        """Words for ids and codes as (field, value), for what a conflict shows."""
        return {}

    def _keep_mine(self, error: Conflict) -> None:
        """Record over theirs, where both changed one field; what only they changed is taken into the form."""
        mine = self.values_so_far()
        for name in self._fields_of(error.theirs):
            if (mine.get(name) or None) == (getattr(self.base, name) or None):
                self.take_field(name, error.theirs)
        self.base = error.theirs
        self._take_banner_away()
        self.record()

    def _use_theirs(self, error: Conflict) -> None:
        """Take their value where both changed one field; everything else typed stays."""
        for name in self._fields_of(error.theirs):
            if getattr(error.theirs, name) != getattr(self.base, name):
                self.take_field(name, error.theirs)
        self.base = error.theirs
        self._take_banner_away()
        self._on_edited()

    def _fields_of(self, record: Any) -> list[str]:
        return [name for name in (self.form.editors if self.form else {}) if hasattr(record, name)]

    def take_field(self, name: str, record: Any) -> None:
        """Show a record's value of a field."""
        if self.form is not None:
            self.form.editors[name].set_value(getattr(record, name))

    def _take_banner_away(self) -> None:
        if self._banner is not None:
            self.body.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None

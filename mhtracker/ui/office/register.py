"""The register itself: the council's name, where it is kept, backup and check."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from mhtracker.analysis.columns.checking import CHECKED_TOO
from mhtracker.domain.errors import Invalid
from mhtracker.domain.presets import Paper
from mhtracker.operations.documents import MEGABYTE, MOST_MEGABYTES, largest_size, set_largest_size
from mhtracker.operations.presets.kept import read_paper
from mhtracker.operations.settings import change_setting
from mhtracker.store.backup import backup
from mhtracker.store.check import CheckResult, check
from mhtracker.text import count, format_date, format_number
from mhtracker.ui.context import Context
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import NumberEdit
from mhtracker.ui.office.paper_panel import PaperPanel
from mhtracker.ui.office.part import WORDS_WIDE, Part
from mhtracker.ui.readings import is_server
from mhtracker.ui.widgets.banner import Banner
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label, rule

if TYPE_CHECKING:
    from mhtracker.store import Store


@dataclass(frozen=True, slots=True)
class AboutRegister:
    """What is told of the register."""

    council: str
    operations: int
    megabytes: int
    paper: Paper | None = None


class RegisterPart(Part):
    key = "register"
    title = "Register"
    words = "A backup is a verified copy made while you work. Copying the open file by other means is not a backup."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, px = self.theme, self.theme.px
        self.council = LineEdit(theme)
        self.largest = NumberEdit(theme, least=1, most=MOST_MEGABYTES)
        self.form = Form(
            theme,
            Ask("council", self.council, label="Council or trust", help="Stands on every printed page."),
            Ask(
                "megabytes",
                self.largest,
                label="Largest document",
                required=True,
                help="Larger files are refused: the register, and every backup of it, grows by them.",
                beside=Label("MB", tone="text2"),
            ),
            name="Register",
        )
        self._known: AboutRegister | None = None
        self.form.setMaximumWidth(px(WORDS_WIDE))
        self.council.settled.connect(self.on_council)
        self.largest.settled.connect(self.on_largest)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(px(20))
        self._facts.setVerticalSpacing(px(6))
        self._facts.setColumnStretch(1, 1)
        steps = QWidget()
        steps.setAccessibleName("Steps")
        buttons = FlowLayout(steps, across=px(8), down=px(6))
        buttons.setContentsMargins(3, 3, 3, 3)
        buttons.addWidget(Button(theme, "Save a backup", self.on_backup, icon="content-copy"))
        buttons.addWidget(Button(theme, "Check the register", self.on_check, icon="shield-check-outline"))
        buttons.addWidget(Button(theme, "Find duplicates", self.on_duplicates, icon="account-multiple-outline"))
        self._paper = Button(theme, "Figures of its paper", self.on_paper, icon="book-open-page-variant-outline")
        self._paper.hide()
        buttons.addWidget(self._paper)
        self.column.addWidget(self.form)
        self.column.addLayout(self._facts)
        self.column.addWidget(rule())
        self.column.addWidget(steps)
        self._told: Banner | None = None
        self.column.addStretch(1)

    def read(self, store: Store) -> AboutRegister:
        return AboutRegister(store.council, store.last_seq(), largest_size(store) // MEGABYTE, read_paper(store))

    def show_data(self, data: AboutRegister) -> None:
        self._known = data
        if not self.form.dirty:
            self.form.set_values({"council": data.council, "megabytes": data.megabytes})
        address = self.context.register.address
        facts = [
            ("Kept at", address if not is_server(address) else "a server"),
            ("Changes recorded", format_number(data.operations)),
        ]
        if data.paper is not None:
            facts.append(("Began as", f"{data.paper.label}. {data.paper.source}"))
        self._paper.setVisible(data.paper is not None)
        if self.context.register.is_demo:
            facts.append(("People", "all invented: this is a demo register"))
        while (item := self._facts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row, (words, value) in enumerate(facts):
            self._facts.addWidget(Label(words, tone="text2"), row, 0)
            label = Label(value, wrap=True, selectable=True)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._facts.addWidget(label, row, 1)

    def on_council(self, *_: object) -> None:
        """Record the council's name."""
        changed = self._known is not None and self.council.text_value() != self._known.council
        if changed and self.may_record:
            self.context.jobs.do(
                change_setting, "council", self.council.text_value(), then=lambda _: self.form.mark_clean()
            )

    def on_largest(self) -> None:
        """Record how large a document may be."""
        try:
            megabytes = self.largest.value()
        except Invalid:
            return
        if self.may_record and self._known is not None and megabytes not in (None, self._known.megabytes):
            self.context.jobs.do(set_largest_size, megabytes, then=lambda _: self.form.mark_clean())

    def on_backup(self) -> None:
        """Choose where, and save a verified copy."""
        path = Path(self.context.register.address)
        name = path.with_name(f"{path.stem} {format_date(self.context.today)}{path.suffix}")
        chosen, _ = QFileDialog.getSaveFileName(self, "Save a backup", str(name), "Registers (*.mhtracker)")
        if chosen:
            self.context.jobs.do(save_copy, Path(chosen), then=self._on_saved, label="Saving a backup")

    def _on_saved(self, path: Path) -> None:
        self._tell("ok", f"Saved and verified “{path.name}”.", str(path.parent))

    def on_duplicates(self) -> None:
        """Go to the page that looks for people who are here twice."""
        self.context.shell.open_page("duplicates")

    def on_paper(self) -> None:
        """Show what the paper prints that this register began as."""
        if self._known is not None and self._known.paper is not None:
            self.context.shell.side_panel(PaperPanel(self.context, self._known.paper))

    def on_check(self) -> None:
        """Check file, audit chain and every rule, and replay the recorded changes against the rows."""
        self.context.jobs.do(check_all, then=self._on_checked, label="Checking the register")

    def _on_checked(self, result: CheckResult) -> None:
        if not result.problems:
            words = f"{count(result.people, 'person', 'people')}, {count(result.operations, 'change')} replayed."
            if result.to_look_at:
                some = count(len(result.to_look_at), "record")
                words += f" {some} to look at, such as {result.to_look_at[0].what}: “mhtracker check” lists them."
            self._tell("ok", "The register is sound.", words)
            return
        first = result.problems[0]
        words = f"{first.what}, {first.where}. {first.how_to_mend}"
        if len(result.problems) > 1:
            words += f" And {count(len(result.problems) - 1, 'more problem')}: “mhtracker check” lists them all."
        self._tell("danger", f"{count(len(result.problems), 'problem')} found.", words)

    def _tell(self, family: str, title: str, words: str) -> None:
        if self._told is not None:
            self.column.removeWidget(self._told)
            self._told.hide()
            self._told.deleteLater()
        self._told = Banner(self.theme, words, title=title, family=family, closable=True)
        self._told.setMaximumWidth(self.theme.px(WORDS_WIDE))
        self.column.insertWidget(self.column.count() - 1, self._told)


def save_copy(store: Store, path: Path, progress: Any) -> Path:
    """A verified copy of the register."""
    progress(0, 0, path.name)
    return backup(store, path)


def check_all(store: Store, progress: Any) -> CheckResult:
    """The whole check, saying how far it is."""
    return check(store, progress, also=CHECKED_TOO)

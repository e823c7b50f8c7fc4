"""Starting a new register: the council, the file, and a password if one is wished for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from mhtracker import text
from mhtracker.domain.presets import PRESET_NAMES, Preset
from mhtracker.operations.presets.files import read_preset
from mhtracker.ui.dialogs.base import Dialog
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button

SUFFIX = ".mhtracker"
SHORTEST_PASSWORD = 10
LATER = "All of it can be changed later."
USUAL = f"A published plan brings its stages, services, contracts and tables. {LATER}"


@dataclass(frozen=True, slots=True)
class NewRegister:
    """What was typed. `password` is None for a file that anyone who has it can read; `preset` for the usual stages."""

    path: Path
    council: str
    password: str | None
    preset: str | None = None


def brought_by(preset: Preset) -> str:
    """What a new register gets from a preset, in words."""
    counted = (
        (preset.stages, "stage"),
        (preset.services, "service"),
        (preset.localities, "locality", "localities"),
        (preset.contracts, "contract"),
        (preset.cost_tables, "table of as is and to be", "tables of as is and to be"),
        (preset.figures, "figure of its paper", "figures of its paper"),
    )
    words = [text.count(len(each[0]), *each[1:]) for each in counted if each[0]]
    return text.join_words([*words, *(["a programme to start"] if preset.programme is not None else [])])


class NewRegisterDialog(Dialog):
    """Gives a `NewRegister` to `on_new`."""

    def __init__(self, theme: Theme, on_new: Callable[[NewRegister], object], parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            "Start a new register",
            "One file holds everything. It is one person’s at a time; a team shares through a server.",
            parent,
            width=580,
        )
        self._on_new = on_new
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        home = documents if documents.is_dir() else Path.home()
        self.council = QLineEdit()
        self.file = QLineEdit(str(home / f"Register{SUFFIX}"))
        self.password, self.again = QLineEdit(), QLineEdit()
        for editor in (self.password, self.again):
            editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_field("council", "Council or trust", self.council, "Stands on every printed page.")
        self.pathway = QComboBox()
        self.pathway.addItem("The usual five stages", None)
        self._presets = {name: read_preset(name) for name in PRESET_NAMES}
        for name, preset in self._presets.items():
            self.pathway.addItem(f"As in “{preset.label}”: {preset.source.partition(',')[0]}", name)
        self.pathway.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.brings = self.add_field("preset", "Pathway", self.pathway, USUAL)
        self.pathway.currentIndexChanged.connect(self._tell_pathway)
        self.add_field("file", "File", self.file, beside=Button(theme, "Choose", self.on_choose))
        self.add_field(
            "password",
            "Password",
            self.password,
            f"At least {SHORTEST_PASSWORD} characters. The file is then encrypted, and damage to it is always noticed. "
            "Nobody can open it without the password, so keep it safe too.",
        )
        self.add_field("again", "Password again", self.again)
        self.add_button("Cancel", self.reject)
        self.add_button("Start without a password", self.on_without, left=True)
        self.add_button("Start the register", self.on_start, main=True)
        self.council.setFocus()

    def _tell_pathway(self) -> None:
        """Say what the chosen pathway is and what it brings."""
        preset = self._presets.get(self.pathway.currentData())
        words = USUAL if preset is None else f"{preset.about} Brings {brought_by(preset)}. {LATER}"
        self.brings.setText(words)
        self.pathway.setAccessibleDescription(words)
        self.fit()

    def on_choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Where to keep the register", self.file.text(), f"Registers (*{SUFFIX})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if name:
            self.file.setText(name)

    def on_start(self) -> None:
        problems = self._file_problems()
        if not self.password.text():
            problems["password"] = "Type a password, or start without one."
        elif len(self.password.text()) < SHORTEST_PASSWORD:
            problems["password"] = f"Use at least {SHORTEST_PASSWORD} characters; a short sentence is easy to remember."
        elif self.password.text() != self.again.text():
            problems["again"] = "The two passwords differ."
        self._finish(problems, self.password.text())

    def on_without(self) -> None:
        self._finish(self._file_problems(), None)

    def _file_problems(self) -> dict[str, str]:
        if not self.file.text().strip():
            return {"file": "Say where the register should be kept."}
        path = self._path()
        if path.exists():
            return {"file": f"“{path.name}” exists already. Give another name, or open it."}
        if not path.parent.is_dir():
            return {"file": f"There is no folder “{path.parent}”."}
        return {}

    def _path(self) -> Path:
        path = Path(self.file.text().strip()).expanduser()
        return path if path.suffix else path.with_name(path.name + SUFFIX)

    def _finish(self, problems: dict[str, str], password: str | None) -> None:
        self.show_problems(problems)
        if not problems:
            self.accept()
            self._on_new(NewRegister(self._path(), self.council.text().strip(), password, self.pathway.currentData()))

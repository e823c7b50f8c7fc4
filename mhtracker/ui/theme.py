"""The theme: colours, type and measures as Qt wants them, and the one style sheet made from them.

One `Theme` is built at the start and handed down. Changing it re-styles the window at once and emits `changed`, upon
which whatever paints itself or holds coloured icons draws them anew.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from mhtracker import assets
from mhtracker.ui import tokens
from mhtracker.ui.focus import FocusRing
from mhtracker.ui.fonts import screen_family
from mhtracker.ui.icons import make_icon

SMALLEST, LARGEST = 1.0, 2.0


class StatusColours(NamedTuple):
    text: QColor
    tint: QColor
    shape: QColor


class StageColours(NamedTuple):
    fill: QColor
    letter: QColor
    edge: QColor


class Theme(QObject):
    """Colours by token, sizes by their value at 100%, fonts by role.

    `choice` is what was asked for, "system" included; `name` is the theme in force: light, dark or contrast.
    """

    changed = Signal()

    def __init__(self, name: str = "light", scale: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app: QApplication | None = None
        self._ring: FocusRing | None = None
        self._family = screen_family()
        self._icons: dict[tuple[str, str, int, int], QIcon] = {}
        self._fonts: dict[str, QFont] = {}
        self._take(name, scale)

    def _take(self, name: str, scale: float) -> None:
        if name not in (*tokens.THEMES, "system"):
            raise ValueError(f"No theme is called {name}")
        self.choice = name
        self.name = system_theme() if name == "system" else name
        self.scale = min(max(scale, SMALLEST), LARGEST)
        self._icons.clear()
        self._fonts.clear()

    # Colours

    def color(self, token: str) -> QColor:
        return QColor(self.hex(token))

    def hex(self, token: str) -> str:
        """A colour as "#RRGGBB": a token of the design, or "danger.text", "warn.shape" and so on for a status."""
        family, dot, part = token.partition(".")
        if dot:
            return str(getattr(tokens.status(family, self.name), part))
        return tokens.colour(token, self.name)

    def status(self, family: str) -> StatusColours:
        return StatusColours(*(QColor(value) for value in tokens.status(family, self.name)))

    def stage(self, colour_key: str) -> StageColours:
        """Fill, letter and edge of a stage's colour; stages a council adds may have a colour of their own or none."""
        return StageColours(*(QColor(value) for value in tokens.stage(colour_key, self.name)))

    @property
    def is_contrast(self) -> bool:
        return self.name == "contrast"

    # Sizes and type

    def px(self, size: float) -> int:
        """`size` pixels at 100%, in pixels at the present text size."""
        return max(1, round(size * self.scale)) if size > 0 else 0

    def font(self, role: str = "body") -> QFont:
        """The font of a role: title, panel, heading, body, strong, caption, caption-strong. Figures are tabular."""
        if role not in self._fonts:
            points, weight = tokens.FONTS[role]
            font = QFont(self._family)
            font.setPointSizeF(points * self.scale)
            font.setWeight(QFont.Weight(weight))
            font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[role] = font
        # Tables ask for each cell they paint; a copy shares its data until somebody changes it.
        return QFont(self._fonts[role])

    def icon(self, name: str, token: str = "text2", size: int = 18, gap: int = 0) -> QIcon:
        """An "mdi6." icon in a colour of this theme. Ask again after `changed`: icons do not re-colour themselves.

        `gap` is more room between the icon and the words of its button, where Qt leaves too little.
        """
        key = (name, token, size, gap)
        if key not in self._icons:
            normal, off = self.color(token), self.color("text3")
            self._icons[key] = make_icon(name, self.px(size), normal, off, self.px(gap))
        return self._icons[key]

    def icon_size(self, size: int = 18) -> QSize:
        return QSize(self.px(size), self.px(size))

    # Putting it on

    def change(self, name: str | None = None, scale: float | None = None) -> None:
        """Take another theme or text size (1.0 to 2.0) and show it at once."""
        before = (self.name, self.scale)
        self._take(name or self.choice, self.scale if scale is None else scale)
        if self._app is not None and before != (self.name, self.scale):
            self._dress(self._app)
            self.changed.emit()

    def apply(self, app: QApplication) -> None:
        """Dress the application, now and whenever the theme changes or, for "system", the desktop does."""
        self._app = app
        fusion = QStyleFactory.create("Fusion")
        if fusion is not None:
            app.setStyle(fusion)
        self._dress(app)
        if self._ring is None:
            self._ring = FocusRing(self, app)
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_desktop_changed)

    def _dress(self, app: QApplication) -> None:
        app.setPalette(self.palette())
        app.setFont(self.font())
        app.setStyleSheet(self.style_sheet())

    def _on_desktop_changed(self) -> None:
        if self.choice == "system":
            self.change("system")

    def palette(self) -> QPalette:
        """For the parts that Fusion paints itself; its own highlight and placeholder are too faint to read."""
        palette = QPalette()
        role = QPalette.ColorRole
        for colour_role, token in (
            (role.Window, "window"), (role.WindowText, "text"), (role.Base, "surface"), (role.AlternateBase, "sunken"),
            (role.Text, "text"), (role.Button, "surface"), (role.ButtonText, "text"), (role.BrightText, "today"),
            (role.Highlight, "accent"), (role.HighlightedText, "on-accent"), (role.PlaceholderText, "text3"),
            (role.ToolTipBase, "surface"), (role.ToolTipText, "text"), (role.Link, "accent"),
            (role.LinkVisited, "accent"), (role.Accent, "accent"), (role.Light, "surface"), (role.Midlight, "line"),
            (role.Mid, "line2"), (role.Dark, "border"), (role.Shadow, "border"),
        ):  # fmt: skip
            palette.setColor(colour_role, self.color(token))
        for colour_role in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, colour_role, self.color("text3"))
        return palette

    def style_sheet(self) -> str:
        """The style sheet of `resources/styles/window.qss` with this theme's colours and sizes put in.

        There `@token` is a colour, `28dp` a length and `10sp` a size of type at 100%, and `@icons` the folder of the
        theme's own marks; `@contrast-line` is a line that only the contrast theme has.
        """
        template = assets.path("styles", "window.qss").read_text(encoding="utf-8")
        sheet = re.sub(r"/\*.*?\*/", "", template, flags=re.DOTALL)
        sheet = sheet.replace("@icons", assets.path("icons", self.name).as_posix())
        sheet = sheet.replace("@contrast-line", "1px" if self.is_contrast else "0")
        sheet = re.sub(r"@([a-z][a-z0-9-]*(?:\.[a-z]+)?)", lambda found: self.hex(found[1]), sheet)
        sheet = re.sub(r"(\d+)dp\b", lambda found: f"{self.px(int(found[1]))}px", sheet)
        return re.sub(r"(\d+)sp\b", lambda found: f"{int(found[1]) * self.scale:g}pt", sheet)


def system_theme() -> str:
    """What the desktop asks for: contrast where it wants more of it, else dark or light."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

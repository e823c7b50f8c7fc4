"""A card: a 1 px line round one subject, its heading 38 px high."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.flow import FitsWords
from mhtracker.ui.widgets.labels import ElidedLabel, Label, rule

HEADING = 38
LAST_INSET = {"quiet": 6}


class Card(FitsWords):
    """Put contents into `body` with `add`; what stands beside the title into `head` with `add_to_head`.

    `action` is a widget at the right of the heading. `padded=False` lets rows and tables run to the edges.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        caption: str = "",
        action: QWidget | None = None,
        *,
        ruled: bool = False,
        padded: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._padded, self._ruled = theme, padded, ruled
        self.setProperty("box", "card")
        self.setAccessibleName(title)
        self._title = Label(title, "heading")
        self._caption = ElidedLabel(caption, "caption", "text3")
        self._caption.setHidden(True)  # shown only once it has a parent, or it would flash up as a window of its own
        self._heading = QWidget()
        self.head = QHBoxLayout(self._heading)
        self.head.addWidget(self._title)
        self.head.addWidget(self._caption, 1)
        self.head.addStretch(1 if not caption else 0)
        self._last: QWidget | None = action
        if action is not None:
            self.head.addWidget(action)
        self.body = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._heading)
        if ruled:
            outer.addWidget(rule())
        outer.addLayout(self.body, 1)
        self._caption.setVisible(bool(caption))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._theme.px
        self._heading.setFixedHeight(px(HEADING))
        # Words and icons of the last step end where the words of the body do, whatever its button has round them.
        round_it = LAST_INSET.get(str(self._last.property("kind")), 0) if self._last is not None else 0
        self.head.setContentsMargins(px(14), 0, px(14 - round_it), 0)
        self.head.setSpacing(px(8))
        if self._padded:
            self.body.setContentsMargins(px(14), px(10 if self._ruled else 2), px(14), px(12))
            self.body.setSpacing(px(8))
        else:
            self.body.setContentsMargins(1, 0, 1, 1)
            self.body.setSpacing(0)

    def fill_height(self) -> None:
        """Be as high as the cards beside it; the room left over stands at the foot."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.body.addStretch(1)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_caption(self, caption: str) -> None:
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.body.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout) -> None:
        self.body.addLayout(layout)

    def add_rule(self) -> None:
        self.body.addWidget(rule())

    def add_to_head(self, widget: QWidget) -> None:
        """Put `widget` right after the title, before the caption: a badge, say."""
        self.head.insertWidget(1, widget)

    def add_action(self, widget: QWidget) -> None:
        if self._last is not None:
            self.head.addSpacing(self._theme.px(6))
        self.head.addWidget(widget)
        self._last = widget
        self._measure()

    def clear(self) -> None:
        """Take everything out of the body."""
        clear_layout(self.body)


def clear_layout(layout: QLayout) -> None:
    """Remove and delete everything in a layout, nested layouts included."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            # Hidden first: it is deleted only at the next turn of the event loop.
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)

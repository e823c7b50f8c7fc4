"""A status: a shape and a word, tinted when it says "act now", quiet otherwise."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.shapes import FAMILY_OF, SIDE, paint_shape

_PAD = 7
_GAP = 5


def badge_font(theme: Theme, quiet: bool) -> QFont:
    """The font of a badge's words: smaller and semibold where it is tinted."""
    return theme.font("body" if quiet else "caption-strong")


def badge_size(theme: Theme, words: str, quiet: bool = False) -> QSize:
    """The room a badge takes; 20 px high at 100%."""
    width = QFontMetricsF(badge_font(theme, quiet)).horizontalAdvance(words)
    pads = 0 if quiet else 2 * theme.px(_PAD)
    return QSize(int(width + theme.px(SIDE) + theme.px(_GAP) + pads) + 2, theme.px(20))


def paint_badge(
    painter: QPainter, rect: QRectF, theme: Theme, shape: str, words: str, *, family: str = "", quiet: bool = False
) -> QRectF:
    """Paint a badge at the left of `rect`, middled upright; words that do not fit are elided. Gives where it stands."""
    colours = theme.status(family or FAMILY_OF[shape])
    wanted = badge_size(theme, words, quiet)
    width = min(float(wanted.width()), rect.width())
    body = QRectF(rect.left(), rect.center().y() - wanted.height() / 2, width, wanted.height())
    pad = 0 if quiet else theme.px(_PAD)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not quiet:
        painter.setPen(QPen(colours.shape, 1) if theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(colours.tint)
        inset = 0.5 if theme.is_contrast else 0
        painter.drawRoundedRect(body.adjusted(inset, inset, -inset, -inset), theme.px(3), theme.px(3))
    side = theme.px(SIDE)
    paint_shape(
        painter, QRectF(body.left() + pad, body.center().y() - side / 2, side, side), shape, theme, colours.shape
    )
    painter.setFont(badge_font(theme, quiet))
    painter.setPen(colours.text)
    place = body.adjusted(pad + side + theme.px(_GAP), 0, -pad, 0)
    if wanted.width() > rect.width():
        words = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    # One pixel of room: rounding must not elide a word that fits.
    painter.drawText(place.adjusted(0, 0, 2, 0), int(flags), words)
    painter.restore()
    return body


class Badge(QLabel):
    """A status in words and shape. `family` (danger, warn, ok, info, none) follows the shape unless it is given."""

    def __init__(
        self,
        theme: Theme,
        shape: str,
        words: str,
        family: str = "",
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._shape, self._family, self._quiet = theme, shape, family, quiet
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_status(shape, words, family, quiet)
        theme.changed.connect(self.updateGeometry)

    def set_status(self, shape: str, words: str, family: str = "", quiet: bool | None = None) -> None:
        self._shape, self._family = shape, family
        self._quiet = self._quiet if quiet is None else quiet
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return badge_size(self._theme, self.text(), self._quiet)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(
            painter,
            QRectF(self.rect()),
            self._theme,
            self._shape,
            self.text(),
            family=self._family,
            quiet=self._quiet,
        )
        painter.end()

"""Icons from the Material Design font that comes with qtawesome, drawn as outlines in the theme's colours.

Only the font file is read: qtawesome itself loads eleven fonts and takes most of a second to start.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap, QRawFont, QTransform

_EM = 240.0
_DENSITIES = (1.0, 2.0)


@cache
def _font_folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("qtawesome's fonts are not installed")
    return Path(spec.submodule_search_locations[0]) / "fonts"


@cache
def _font() -> tuple[QRawFont, dict[str, str]]:
    folder = _font_folder()
    charmap: dict[str, str] = json.loads(next(folder.glob("materialdesignicons6-*-charmap-*.json")).read_bytes())
    return QRawFont(str(next(folder.glob("materialdesignicons6-*.ttf"))), _EM), charmap


def has_icon(name: str) -> bool:
    """Whether the font has an icon of this name, with or without "mdi6."."""
    return name.removeprefix("mdi6.") in _font()[1]


@cache
def icon_path(name: str) -> QPainterPath:
    """The outline of an icon in a unit square. Raises KeyError for a name the font does not have."""
    font, charmap = _font()
    code = charmap[name.removeprefix("mdi6.")]
    character = chr(int(code, 16))
    glyph = font.glyphIndexesForString(character)[0]
    # The font's glyphs sit on a square of one em whose foot is the descent.
    move = QTransform.fromScale(1 / _EM, 1 / _EM).translate(0, font.ascent())
    return move.map(font.pathForGlyph(glyph))


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Fill an icon's outline into the middle of `rect`, crisp at any density."""
    side = min(rect.width(), rect.height())
    corner = rect.center() - QPointF(side / 2, side / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(corner)
    painter.scale(side, side)
    painter.fillPath(icon_path(name), colour)
    painter.restore()


def icon_pixmap(name: str, colour: QColor, side: int, density: float = 1.0, gap: int = 0) -> QPixmap:
    """An icon `side` pixels wide on nothing, for a screen of a density, with a gap after it."""
    pixmap = QPixmap(QSize(round((side + gap) * density), round(side * density)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, QRectF(0, 0, pixmap.height(), pixmap.height()), name, colour)
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap


def make_icon(name: str, side: int, normal: QColor, disabled: QColor, gap: int = 0) -> QIcon:
    """A QIcon `side` pixels wide (and a gap), with a pixmap for every usual screen density."""
    icon = QIcon()
    for density in _DENSITIES:
        icon.addPixmap(icon_pixmap(name, normal, side, density, gap), QIcon.Mode.Normal)
        icon.addPixmap(icon_pixmap(name, disabled, side, density, gap), QIcon.Mode.Disabled)
    return icon

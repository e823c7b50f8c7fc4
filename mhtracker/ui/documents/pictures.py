"""Pictures decoded away from the window's thread, within limits: a small file may hold a very large picture."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtPdf import QPdfDocument

from mhtracker.domain.errors import Invalid
from mhtracker.ui.progress import Progress

MOST_MEGABYTES, MOST_PIXELS = 256, 100_000_000
_FORMATS = {
    "image/png": b"png",
    "image/jpeg": b"jpeg",
    "image/gif": b"gif",
    "image/webp": b"webp",
    "image/tiff": b"tiff",
    "image/bmp": b"bmp",
}


def _held(content: bytes) -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer


def decode(content: bytes, media_type: str, most: int, *, progress: Progress | None = None) -> QImage:
    """A picture no wider or higher than `most`, turned as the camera was held. Raises Invalid({"": words}).

    Only the reader of the type that was found is tried: no other gets to guess at the bytes.
    """
    kind = _FORMATS.get(media_type)
    if kind is None or kind not in {bytes(each.data()) for each in QImageReader.supportedImageFormats()}:
        raise Invalid({"": "MHTracker does not show pictures of this type. Save a copy to look at it."})
    QImageReader.setAllocationLimit(MOST_MEGABYTES)
    buffer = _held(content)
    reader = QImageReader(buffer, kind)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        if size.width() * size.height() > MOST_PIXELS:
            words = f"This picture is {size.width():,} by {size.height():,} dots, too large to be shown here."
            raise Invalid({"": f"{words} Save a copy to look at it."})
        if max(size.width(), size.height()) > most:
            reader.setScaledSize(size.scaled(QSize(most, most), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise Invalid({"": "The picture is damaged and cannot be shown. Save a copy to try another program."})
    return image


def first_page(content: bytes, wide: int) -> QImage | None:
    """The first page of a PDF, so wide; None for one that is locked or damaged."""
    document, buffer = QPdfDocument(), _held(content)
    document.load(buffer)
    if document.pageCount() < 1:
        return None
    points = document.pagePointSize(0)
    if points.width() < 1 or points.height() > points.width() * 20:
        return None
    page = document.render(0, QSize(wide, max(1, round(points.height() / points.width() * wide))))
    image = QImage(page.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    from PySide6.QtGui import QPainter

    painter = QPainter(image)
    painter.drawImage(0, 0, page)
    painter.end()
    return image

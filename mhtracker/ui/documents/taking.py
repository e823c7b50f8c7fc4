"""Taking files into a person's record: read away from the window's thread, one after another, each its own step."""

from __future__ import annotations

import contextlib
import stat
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QImage

from mhtracker import text
from mhtracker.domain.errors import Cancelled, Invalid, Unavailable, UserError
from mhtracker.domain.file_types import ending_of
from mhtracker.domain.records import Document
from mhtracker.operations.documents import MEGABYTE, MOST_MEGABYTES, add_document
from mhtracker.ui.context import Context
from mhtracker.ui.progress import Progress

_BLOCK = 1 << 20
TAKEN_FOLDER = "In MHTracker"
"""Where a scan goes, inside the scan folder, once it is in the register."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something to take in: a file, or bytes that were pasted. A `scan` is put out of the way once it is in."""

    name: str
    path: Path | None = None
    content: bytes = b""
    scan: bool = False


def sources_of(data: QMimeData, now: datetime) -> list[Source]:
    """What was dropped or pasted: files, else a picture as PNG. Web addresses are not fetched."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return [Source(path.name, path) for path in files]
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            at = now.astimezone()
            name = f"Picture {text.format_date(at.date())} {at:%H.%M}.png"
            return [Source(name, content=as_png(image))]
    return []


def has_sources(data: QMimeData) -> bool:
    """Whether `sources_of` would find anything."""
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def as_png(image: QImage) -> bytes:
    """A picture's bytes."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())


def read_file(path: Path, *, progress: Progress) -> bytes:
    """A file's bytes. Raises Invalid or Unavailable in plain words."""
    if ending_of(path.name) == "mhtracker":
        # Reading the register that is open would let go of the locks that guard it.
        raise Invalid({"": "This is a register, not a paper. Open it by itself."})
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Invalid({"": "This is a folder. Add the files in it."})
        if not stat.S_ISREG(found.st_mode):
            raise Invalid({"": "This is not a file that can be kept."})
        if found.st_size > MOST_MEGABYTES * MEGABYTE:
            raise Invalid({"": f"This file has {text.format_size(found.st_size)}, more than any register takes."})
        blocks, done = [], 0
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                blocks.append(block)
                done += len(block)
                progress.step(done, max(found.st_size, done), path.name)
        return b"".join(blocks)
    except OSError as error:
        raise Unavailable(f"The file could not be read: {error.strerror or error}.") from error


def put_away(path: Path) -> None:
    """Move a scan that is in the register out of the way. Where that fails it stays: it is offered again."""
    folder = path.parent / TAKEN_FOLDER
    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
        for number in range(1, 1000):
            free = folder / (path.name if number == 1 else f"{path.stem} ({number}){path.suffix}")
            if not free.exists():
                path.replace(free)
                return


class Taker(QObject):
    """Takes sources in, in their order. `finished(documents, refused)` with refused as (name, words)."""

    finished = Signal(list, list)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting: deque[tuple[str, Source]] = deque()
        self._taken: list[Document] = []
        self._refused: list[tuple[str, str]] = []
        self._working = False

    def take(self, person_id: str, sources: Sequence[Source]) -> None:
        """Take these into a person's record."""
        self._waiting.extend((person_id, source) for source in sources)
        if self._waiting and not self._working:
            self._working = True
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._working = False
            taken, refused = self._taken, self._refused
            self._taken, self._refused = [], []
            self.finished.emit(taken, refused)
            return
        person_id, source = self._waiting.popleft()
        failed = partial(self._on_failed, source)
        if source.path is None:
            self._record(person_id, source, source.content)
        else:
            self._context.jobs.work(
                read_file, source.path, then=partial(self._record, person_id, source), failed=failed,
                label="Reading the file",
            )  # fmt: skip

    def _record(self, person_id: str, source: Source, content: bytes) -> None:
        self._context.jobs.do(
            add_document,
            person_id,
            name=source.name,
            content=content,
            then=partial(self._on_taken, source),
            failed=partial(self._on_failed, source),
        )

    def _on_taken(self, source: Source, document: Document) -> None:
        self._taken.append(document)
        if source.scan and source.path is not None:
            put_away(source.path)
        self._next()

    def _on_failed(self, source: Source, error: UserError) -> None:
        if isinstance(error, Cancelled):
            self._waiting.clear()
        else:
            self._refused.append((source.name, str(error)))
        self._next()

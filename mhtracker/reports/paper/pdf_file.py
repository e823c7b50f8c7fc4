"""A PDF written page by page.

reportlab keeps a whole document in memory until it is saved, so a pack of five hundred people would cost hundreds of
megabytes. Here each page goes to the file as soon as it is drawn, and only a few numbers per page stay behind; the
order of pages is settled at the end, so a cover and contents drawn last can stand first. reportlab still cuts the
fonts to size and embeds them.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import zlib
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.pdfbase import pdfdoc

from mhtracker.domain.errors import Unavailable
from mhtracker.figures import fonts
from mhtracker.reports.paper.sheet import Glyphs, Sheet

A4 = (595.276, 841.89)


@dataclass
class Leaf:
    """One page: the numbers of its content streams, and what on it leads to other pages of the same file."""

    contents: list[int]
    links: list[tuple[tuple[float, float, float, float], int]] = field(default_factory=list)
    """(box, place of the page it leads to, counted from 0)."""


class PdfFile:
    """Objects go to `file` as they are added; `finish` writes what ties them together. Same input, same bytes."""

    def __init__(self, file: BinaryIO, *, title: str, author: str, printed_at: datetime) -> None:
        fonts.register_fonts()
        self._file = file
        self._place = 0
        self._digest = hashlib.sha256()
        self._fonts = pdfdoc.PDFDocument(compression=1, invariant=1)
        self._font_number = self._fonts.idToObjectNumberAndVersion[pdfdoc.BasicFonts][0]
        # Where each object begins; the number of an object is its place here. 0 is never used.
        self._offsets = array("Q", [0] * (self._fonts.objectcounter + 1))
        self.glyphs = Glyphs(self._fonts)
        self._drawings: dict[str, int] = {}
        self._info = {"Title": title, "Author": author, "Producer": "MHTracker"}
        self._printed_at = printed_at
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def sheet(self) -> Sheet:
        """An empty page's worth of drawing."""
        return Sheet(self.glyphs)

    def add(self, sheet: Sheet) -> int:
        """Writes what was drawn; gives the number by which a `Leaf` takes it up."""
        return self._add_stream(sheet.code())

    def reserve(self) -> int:
        """A number for an object that is written later, with `put`."""
        return self._reserve()

    def put(self, number: int, body: bytes) -> None:
        """Writes the object of a reserved number."""
        self._put(number, body)

    def name_drawing(self, number: int) -> str:
        """The name by which `Sheet.place` draws an object: a picture, or a page of another file."""
        self._drawings[f"X{number}"] = number
        return f"X{number}"

    def finish(self, leaves: Sequence[Leaf], outline: Sequence[tuple[str, int]]) -> None:
        """Writes the pages in this order, the bookmarks (words, place of the page), the fonts and the index."""
        pages = self._reserve()
        numbers = [self._reserve() for _ in leaves]
        for number, leaf in zip(numbers, leaves, strict=True):
            contents = " ".join(f"{stream} 0 R" for stream in leaf.contents)
            links = "".join(_link(box, numbers[place]) for box, place in leaf.links)
            annotations = f" /Annots [{links}]" if links else ""
            self._put(number, f"<< /Type /Page /Parent {pages} 0 R /Contents [{contents}]{annotations} >>".encode())
        self._add_fonts()
        kids = " ".join(f"{number} 0 R" for number in numbers)
        box = f"0 0 {A4[0]} {A4[1]}"
        drawings = " ".join(f"/{name} {number} 0 R" for name, number in self._drawings.items())
        resources = f"/Font {self._font_number} 0 R" + (f" /XObject << {drawings} >>" if drawings else "")
        # Every page inherits its size, fonts and drawings from here.
        self._put(
            pages,
            f"<< /Type /Pages /Count {len(numbers)} /MediaBox [{box}] /Resources << {resources} >>"
            f" /Kids [{kids}] >>".encode(),
        )
        outlines = self._add_outline(outline, numbers)
        mode = f"/Outlines {outlines} 0 R /PageMode /UseOutlines" if outlines else "/PageMode /UseNone"
        catalog = self._add(
            f"<< /Type /Catalog /Pages {pages} 0 R /Lang (en-GB) {mode}"
            " /ViewerPreferences << /DisplayDocTitle true >> >>".encode()
        )
        created = f"/CreationDate (D:{self._printed_at:%Y%m%d%H%M%S})"
        words = " ".join(f"/{key} {_hex(value)}" for key, value in self._info.items())
        info = self._add(f"<< {words} {created} >>".encode())
        self._end(catalog, info)

    def _reserve(self) -> int:
        self._offsets.append(0)
        return len(self._offsets) - 1

    def _add(self, body: bytes) -> int:
        number = self._reserve()
        self._put(number, body)
        return number

    def _put(self, number: int, body: bytes) -> None:
        self._offsets[number] = self._place
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _add_stream(self, code: bytes) -> int:
        packed = zlib.compress(code, 6)
        return self._add(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._place += len(data)

    def _add_fonts(self) -> None:
        document = self._fonts
        document.objectcounter = len(self._offsets) - 1
        for font in document.delayedFonts:
            font.addObjects(document)
        self._offsets.extend([0] * (document.objectcounter + 1 - len(self._offsets)))
        # Formatting one object may give numbers to others, so the list grows while it is read.
        done: set[str] = set()
        while waiting := [name for name in document.idToObject if name not in done]:
            for name in waiting:
                done.add(name)
                number = document.idToObjectNumberAndVersion[name][0]
                body = pdfdoc.PDFIndirectObject(name, document.idToObject[name]).format(document)
                self._offsets.extend([0] * (document.objectcounter + 1 - len(self._offsets)))
                self._offsets[number] = self._place
                self._write(body)

    def _add_outline(self, entries: Sequence[tuple[str, int]], pages: list[int]) -> int:
        if not entries:
            return 0
        root = self._reserve()
        numbers = [self._reserve() for _ in entries]
        for place, (words, page) in enumerate(entries):
            before = f" /Prev {numbers[place - 1]} 0 R" if place else ""
            after = f" /Next {numbers[place + 1]} 0 R" if place + 1 < len(numbers) else ""
            title = _hex(fonts.printable(words))
            line = f"<< /Title {title} /Parent {root} 0 R{before}{after} /Dest [{pages[page]} 0 R /Fit] >>"
            self._put(numbers[place], line.encode())
        ends = f"/First {numbers[0]} 0 R /Last {numbers[-1]} 0 R /Count {len(numbers)}"
        self._put(root, f"<< /Type /Outlines {ends} >>".encode())
        return root

    def _end(self, catalog: int, info: int) -> None:
        start, count = self._place, len(self._offsets)
        lines = [b"%010d 00000 n \n" % offset for offset in self._offsets[1:]]
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(lines))
        mark = self._digest.hexdigest()[:32]
        trailer = f"<< /Size {count} /Root {catalog} 0 R /Info {info} 0 R /ID [<{mark}> <{mark}>] >>"
        self._write(f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode())


def _link(box: tuple[float, float, float, float], page: int) -> str:
    corners = " ".join(f"{corner:.1f}" for corner in box)
    return f"<< /Type /Annot /Subtype /Link /Rect [{corners}] /Border [0 0 0] /Dest [{page} 0 R /Fit] >>"


def _hex(words: str) -> str:
    marked = "\ufeff" + words
    return f"<{marked.encode('utf-16-be').hex()}>"


@contextmanager
def written_whole(out: Path) -> Iterator[BinaryIO]:
    """A file that appears at `out` complete or not at all, replacing what was there only when it is.

    Raises Unavailable, in plain words, where the folder or the disk does not let it.
    """
    part: Path | None = None
    try:
        number, name = tempfile.mkstemp(prefix=f".{out.name[:60]}-", suffix=".part", dir=out.parent)
        part = Path(name)
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        # mkstemp lets nobody else read; a printed pack on a shared drive follows the folder's own rules.
        part.chmod(0o666 & ~_umask())
        part.replace(out)
    except BaseException as error:
        if part is not None:
            part.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in _WHY:
            raise Unavailable(f"{out.name} could not be written: {_WHY[error.errno]}") from error
        raise


_WHY = {
    errno.ENOENT: "the folder is not there.",
    errno.ENOTDIR: "the folder is not there.",
    errno.EACCES: "it is open in another program, or the folder may not be written to.",
    errno.EPERM: "it is open in another program, or the folder may not be written to.",
    errno.EROFS: "the disk may only be read.",
    errno.ENOSPC: "the disk is full.",
    errno.ENAMETOOLONG: "its name is too long.",
    errno.EISDIR: "a folder has that name.",
}


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""Pages of somebody else's PDF, drawn inside ours: copied object by object, without scripts, links or attachments.

pikepdf reads the file, since damaged ones are many and it mends what can be mended. A page becomes one drawing; notes
and filled-in fields are drawn into it first. What could act (actions, scripts, embedded files) hangs on the document
and its annotations, and neither is copied.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mhtracker.reports.paper.pdf_file import PdfFile

MOST_PAGES, MOST_OBJECTS = 200, 50_000
_LEFT_OUT = {"/Parent", "/Metadata", "/PieceInfo", "/A", "/AA", "/JS", "/Annots", "/StructParent", "/StructParents"}


class CannotPrint(Exception):
    """A document whose pages cannot follow; says why, in words for the page that names it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something placed on pages by its name: its lower left corner and size. A picture fills a unit square."""

    name: str
    left: float
    bottom: float
    wide: float
    high: float
    is_picture: bool = False


def pdf_pages(pdf: PdfFile, content: bytes) -> Iterator[Drawn]:
    """Each page of a PDF. Raises CannotPrint before the first for one that is locked, damaged or without pages."""
    import pikepdf

    try:
        source = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise CannotPrint("locked with a password") from error
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        raise CannotPrint("damaged") from error
    with source:
        if not 0 < len(source.pages) <= MOST_PAGES:
            raise CannotPrint(
                f"{len(source.pages):,} pages, more than {MOST_PAGES}" if len(source.pages) else "no pages"
            )
        try:
            source.generate_appearance_streams()
            source.flatten_annotations("print")
            copier = _Copier(pdf)
            drawn = [copier.page(page) for page in source.pages]
        except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError, KeyError) as error:
            raise CannotPrint("damaged") from error
    yield from drawn


class _Copier:
    """Copies drawings and what they use from one file into ours, each object once."""

    def __init__(self, pdf: PdfFile) -> None:
        self._pdf = pdf
        self._numbers: dict[tuple[int, int], int] = {}
        self._waiting: deque[tuple[int, Any]] = deque()

    def page(self, page: Any) -> Drawn:
        form = page.as_form_xobject()
        number = self._pdf.reserve()
        self._pdf.put(number, self._body(form))
        while self._waiting:
            copied, obj = self._waiting.popleft()
            self._pdf.put(copied, self._body(obj))
        box = [float(each) for each in form.BBox]
        matrix = [float(each) for each in form.get("/Matrix", (1, 0, 0, 1, 0, 0))]
        a, b, c, d, e, f = matrix
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
        left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
        wide, high = max(x for x, _ in corners) - left, max(y for _, y in corners) - bottom
        if not (0.5 < wide < 20_000 and 0.5 < high < 20_000):
            raise ValueError("a page without a size")
        return Drawn(self._pdf.name_drawing(number), left, bottom, wide, high)

    def _body(self, obj: Any) -> bytes:
        import pikepdf

        if isinstance(obj, pikepdf.Stream):
            packed = obj.read_raw_bytes()
            entries = {key: obj[key] for key in obj.keys() if key not in ("/Length", *_LEFT_OUT)}  # noqa: SIM118
            return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (self._entries(entries), len(packed), packed)
        return self._written(obj, top=True)

    def _entries(self, entries: dict[str, Any]) -> bytes:
        import pikepdf

        return b" ".join(b"%b %b" % (pikepdf.Name(key).unparse(), self._written(each)) for key, each in entries.items())

    def _written(self, obj: Any, *, top: bool = False) -> bytes:
        import pikepdf

        if isinstance(obj, pikepdf.Object) and obj.is_indirect and not top:
            return b"%d 0 R" % self._number(obj)
        if isinstance(obj, (pikepdf.Dictionary, dict)):
            return b"<< %b >>" % self._entries({key: obj[key] for key in obj.keys() if key not in _LEFT_OUT})  # noqa: SIM118
        if isinstance(obj, (pikepdf.Array, list)):
            return b"[%b]" % b" ".join(self._written(each) for each in obj)
        if isinstance(obj, pikepdf.Object):
            return obj.unparse()
        if isinstance(obj, bool):
            return b"true" if obj else b"false"
        if obj is None:
            return b"null"
        if isinstance(obj, (int, Decimal, float)):
            return f"{obj:f}".encode() if not isinstance(obj, int) else b"%d" % obj
        raise TypeError(type(obj).__name__)

    def _number(self, obj: Any) -> int:
        key = obj.objgen
        if key not in self._numbers:
            if len(self._numbers) >= MOST_OBJECTS:
                raise ValueError("more objects than a paper has")
            self._numbers[key] = self._pdf.reserve()
            self._waiting.append((self._numbers[key], obj))
        return self._numbers[key]

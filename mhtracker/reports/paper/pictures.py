"""Pictures on paper: decoded within limits, turned upright, made no finer than a printer shows, and written as JPEG."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageOps, UnidentifiedImageError

from mhtracker.reports.paper.foreign_pdf import CannotPrint, Drawn
from mhtracker.reports.paper.pdf_file import PdfFile

MOST_PIXELS, MOST_SHEETS = 100_000_000, 50
FINEST = (1_700, 2_300)
_FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
}


def picture_sheets(pdf: PdfFile, content: bytes, media_type: str) -> Iterator[Drawn]:
    """A picture, or each sheet of a fax. Raises CannotPrint for one that is damaged or too large."""
    try:
        with Image.open(io.BytesIO(content), formats=[_FORMATS[media_type]]) as picture:
            sheets = getattr(picture, "n_frames", 1) if media_type == "image/tiff" else 1
            for number in range(min(sheets, MOST_SHEETS)):
                picture.seek(number)
                if picture.width * picture.height > MOST_PIXELS:
                    raise CannotPrint("too large a picture")
                yield _written(pdf, picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise CannotPrint("damaged") from error


def _written(pdf: PdfFile, picture: Image.Image) -> Drawn:
    picture.draft("RGB", FINEST)
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "P", "PA"):
        clear = upright.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        ground.alpha_composite(clear)
        upright = ground
    flat = upright.convert("RGB")
    flat.thumbnail(FINEST)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=85)
    number = pdf.reserve()
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {flat.width} /Height {flat.height} /ColorSpace /DeviceRGB"
        f" /BitsPerComponent 8 /Filter /DCTDecode /Length {out.tell()} >>\nstream\n"
    )
    pdf.put(number, head.encode() + out.getvalue() + b"\nendstream")
    return Drawn(pdf.name_drawing(number), 0.0, 0.0, float(flat.width), float(flat.height), is_picture=True)

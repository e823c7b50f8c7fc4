"""What a file is, found from its bytes and never from its name; and which files are not taken into a register.

Taken are papers and pictures that can be kept for years and looked at without being run. Refused is whatever a
computer might carry out when it is opened: programs, scripts, macros, web pages, links, and archives that hide them.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from mhtracker.domain.errors import Invalid


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that is taken: what people call it, and the ending its file has."""

    media_type: str
    words: str
    ending: str
    shown: bool = False
    """Whether MHTracker shows it itself."""

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
TYPES: dict[str, FileType] = {
    each.media_type: each
    for each in (
        FileType("application/pdf", "PDF", ".pdf", shown=True),
        FileType("image/png", "PNG picture", ".png", shown=True),
        FileType("image/jpeg", "JPEG picture", ".jpg", shown=True),
        FileType("image/gif", "GIF picture", ".gif", shown=True),
        FileType("image/webp", "WebP picture", ".webp", shown=True),
        FileType("image/tiff", "TIFF picture", ".tif", shown=True),
        FileType("image/bmp", "BMP picture", ".bmp", shown=True),
        FileType("image/heic", "HEIC picture", ".heic"),
        FileType(f"{_OFFICE}.wordprocessingml.document", "Word document", ".docx"),
        FileType(f"{_OFFICE}.spreadsheetml.sheet", "Excel workbook", ".xlsx"),
        FileType(f"{_OFFICE}.presentationml.presentation", "PowerPoint slides", ".pptx"),
        FileType(f"{_OPEN}.text", "OpenDocument text", ".odt"),
        FileType(f"{_OPEN}.spreadsheet", "OpenDocument sheet", ".ods"),
        FileType("application/rtf", "Rich text", ".rtf"),
        FileType("message/rfc822", "Email", ".eml"),
        FileType("text/csv", "CSV table", ".csv"),
        FileType("text/plain", "Text", ".txt"),
    )
}
TAKEN_WORDS = "PDFs, pictures, Word, Excel and OpenDocument files without macros, text and emails"

_RUNS = frozenset(
    "exe dll msi msp com scr pif cpl sys drv ocx bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh wsc hta jar class py pyw "
    "sh bash command app apk deb rpm bin run reg inf lnk url website desktop scf library-ms appref-ms application "
    "html htm xhtml mht mhtml svg svgz xml xsl swf chm hlp one onepkg "
    "docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm odm doc dot xls xlt ppt pot pps mdb accdb accde "
    "zip rar 7z tar gz tgz bz2 xz cab iso img vhd vhdx ace arj lzh z zst".split()
)
"""Endings that are refused whatever a file holds: the name says how a computer would treat it."""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
)
_PROGRAMS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xce\xfa\xed\xfe", "a program"),
    (b"\xfe\xed\xfa", "a program"),
    (b"#!", "a script"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a shortcut"),
    (b"ITSF", "a help file that can run programs"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ\x00", "an archive"),
    (b"\x28\xb5\x2f\xfd", "an archive"),
    (b"MSCF", "an archive"),
    (b"!<arch>", "an archive"),
    (b"SQLite format 3\x00", "a database"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    rb"<\s*(!doctype\s+(html|svg)|html|head|body|script|svg|\?xml|hta:|iframe|meta|xsl|job|package)\b|<\?php", re.I
)
_MOST_PARTS = 2_000


def ending_of(name: str) -> str:
    """The ending of a name, without its dot and in small letters; "" for none."""
    _, dot, ending = name.strip().rstrip(". ").rpartition(".")
    return ending.casefold() if dot else ""


def find_type(name: str, content: bytes) -> FileType:
    """The type of a file. Raises Invalid({"": words}) for one that is not taken, in words that say what it is."""
    ending = ending_of(name)
    if ending in _RUNS:
        raise _refused(f"it ends in .{ending}")
    if not content:
        raise Invalid({"": "The file is empty: there is nothing to keep. Save it again where it came from."})
    what = next((words for start, words in _PROGRAMS if content.startswith(start)), "")
    if what:
        raise _refused(f"it is {what}")
    if content.startswith(_OLE):
        raise _refused("it is an older Office file, which may carry macros", "Save it as .docx, .xlsx or PDF first.")
    media_type = _by_start(content)
    if media_type is None and content.startswith(b"PK"):
        media_type = _by_parts(content)
    if media_type is None:
        media_type = _by_text(ending, content)
    return TYPES[media_type]


def _refused(why: str, instead: str = "") -> Invalid:
    return Invalid({"": f"This file is not taken: {why}. {instead or f'Taken are {TAKEN_WORDS}.'}"})


def _by_start(content: bytes) -> str | None:
    # PDF readers look for the mark anywhere in the first kilobyte; one that stands later hides something before it.
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"BM") and len(content) > 26 and content[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"heif"):
        return "image/heic"
    return next((media_type for start, media_type in _STARTS if content.startswith(start)), None)


def _by_parts(content: bytes) -> str:
    """The type of an Office or OpenDocument file by the parts inside it. Nothing is unpacked but a short type mark."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = [each.filename for each in parts.infolist()]
            mark = _short(parts, "mimetype") if "mimetype" in names else ""
            kinds = _short(parts, "[Content_Types].xml") if "[Content_Types].xml" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as error:
        raise _refused("it is an archive that is damaged or locked") from error
    if len(names) > _MOST_PARTS:
        raise _refused("it is an archive with very many parts")
    low = [name.casefold() for name in names]
    if any(name.endswith("vbaproject.bin") or "/activex/" in name or name.startswith("basic/") for name in low):
        raise _refused("it carries macros", "Save it without macros, or as PDF, first.")
    if "macroenabled" in kinds.casefold():
        raise _refused("it carries macros", "Save it without macros, or as PDF, first.")
    if any("embeddings/oleobject" in name or ending_of(name) in {"exe", "dll", "js", "vbs"} for name in low):
        raise _refused("another file is packed inside it", "Save it as PDF first.")
    if mark in TYPES:
        return mark
    for part, media_type in (
        ("word/document.xml", f"{_OFFICE}.wordprocessingml.document"),
        ("xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet"),
        ("ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation"),
    ):
        if part in low and kinds:
            return media_type
    raise _refused("it is an archive", "Add the files in it one by one.")


def _short(parts: zipfile.ZipFile, name: str) -> str:
    with parts.open(name) as part:
        return part.read(100_000).decode("utf-8", "replace")


def _by_text(ending: str, content: bytes) -> str:
    """Plain text of some kind, or a refusal: what is neither known nor text could be anything."""
    head = content[:65_536]
    mail = re.match(rb"(?i)(return-path|delivered-to|received|message-id|mime-version|from|to|subject|date): ?\S", head)
    if mail and ending == "eml":
        return "message/rfc822"
    if _MARKUP.search(head.replace(b"\0", b"")):
        raise _refused("it is a web page or a drawing that can run scripts", "Print it to PDF first.")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _decoded(content, "utf-16")
    else:
        text = _decoded(content, "utf-8") or ("" if b"\0" in content else content.decode("cp1252", "replace"))
    odd = sum(1 for letter in text[:65_536] if letter < " " and letter not in "\t\r\n\f") if text else 1
    if not text or odd > len(text[:65_536]) // 100:
        raise _refused("its type is not known")
    return "text/csv" if ending in ("csv", "tsv") else "text/plain"


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""

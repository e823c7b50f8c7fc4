"""A file's name made fit to keep and to save under again on any computer. It is never joined to a folder unread."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 150
_PARTS = re.compile(r"[\\/]")
_UNFIT = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)", re.IGNORECASE)


def clean_name(name: str, ending: str, instead: str = "Document") -> str:
    """A name without folders, streams, marks nobody sees and reserved words, with the ending its content calls for.

    `../../x`, `CON.pdf` and `letter.pdf:hidden` become `x`, `_CON.pdf` and `letter.pdf`. What was right stays as it is.
    """
    last = _PARTS.split(name)[-1]
    # After a colon Windows means a hidden stream of the file; before one, a drive.
    last = last.partition(":")[0] if not re.match(r"[A-Za-z]:", last) else last[2:]
    kept = "".join(letter for letter in last if unicodedata.category(letter) not in ("Cf", "Cs", "Cc", "Co"))
    kept = " ".join(_UNFIT.sub(" ", kept).split()).strip(" .")
    stem, dot, was = kept.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,5}", was):
        stem, was = kept, ""
    same = {".jpg": ("jpg", "jpeg", "jpe", "jfif"), ".tif": ("tif", "tiff"), ".txt": ("txt", "text", "log", "md")}
    fits = f".{was.casefold()}" == ending or was.casefold() in same.get(ending, ())
    stem = (stem if fits or not was else f"{stem}.{was}" if stem else was).strip(" .") or instead
    tail = f".{was}" if fits and was else ending
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem[: LONGEST - len(tail)].rstrip(' .')}{tail}"

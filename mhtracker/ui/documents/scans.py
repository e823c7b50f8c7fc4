"""The scan folder of this computer: what lies there, and what it looks like. Nothing is taken in by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QImage

from mhtracker.domain.errors import UserError
from mhtracker.domain.file_types import TYPES, ending_of, find_type
from mhtracker.ui.documents.pictures import decode, first_page
from mhtracker.ui.progress import Progress

MOST_SHOWN, MOST_LOOKED_AT, PICTURE = 8, 500, 160
_MOST_READ = 50_000_000
# By name first: a register that lies here must not be opened a second time, not even to look at it.
_ENDINGS = {kind.ending[1:] for kind in TYPES.values()} | {"jpeg", "tiff"}


@dataclass(frozen=True, slots=True)
class Scan:
    """A file in the scan folder that could be taken in."""

    path: Path
    size: int
    at: datetime
    picture: QImage | None = None


def find_scans(folder: str, *, progress: Progress) -> list[Scan]:
    """The newest files of the folder that can be taken in, each with a small picture. No folder, no files."""
    place = Path(folder)
    if not folder or not place.is_dir():
        return []
    scans: list[Scan] = []
    for path, size, moment in _newest(place):
        progress.step(len(scans), MOST_SHOWN, "Looking into the scan folder")
        picture = _picture(path, size)
        if picture is not None:
            scans.append(Scan(path, size, datetime.fromtimestamp(moment).astimezone(), picture))
        if len(scans) == MOST_SHOWN:
            break
    return scans


def _newest(place: Path) -> Sequence[tuple[Path, int, float]]:
    found = []
    try:
        for number, path in enumerate(place.iterdir()):
            if number >= MOST_LOOKED_AT:
                break
            if path.is_symlink() or not path.is_file() or ending_of(path.name) not in _ENDINGS:
                continue
            facts = path.stat()
            if 0 < facts.st_size <= _MOST_READ:
                found.append((path, facts.st_size, facts.st_mtime))
    except OSError:
        return []
    return sorted(found, key=lambda each: each[2], reverse=True)


def _picture(path: Path, size: int) -> QImage | None:
    """What a scan looks like; a blank sheet where that cannot be drawn, None for what is not taken."""
    try:
        content = path.read_bytes()
        kind = find_type(path.name, content)
    except (OSError, UserError):
        return None
    blank = QImage(PICTURE, PICTURE * 4 // 3, QImage.Format.Format_RGB32)
    blank.fill(0xFFFFFFFF)
    try:
        if kind.media_type == "application/pdf":
            return first_page(content, PICTURE) or blank
        if kind.is_picture:
            return decode(content, kind.media_type, PICTURE)
    except UserError:
        return blank
    return blank

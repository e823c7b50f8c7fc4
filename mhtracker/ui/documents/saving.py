"""A copy of a document into a folder of one's own. It is never opened from here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from mhtracker import settings
from mhtracker.domain.file_types import TYPES
from mhtracker.domain.records import Document
from mhtracker.ui.context import Context
from mhtracker.ui.packs.output import write_file


def ask_and_save_copy(parent: QWidget, context: Context, document: Document, content: bytes) -> None:
    """Ask where to, beginning in the folder of last time, and write the bytes there."""
    folder = Path(context.computer.pdf_folder) if context.computer.pdf_folder else Path.home()
    start = folder / document.name if folder.is_dir() else Path(document.name)
    kind = TYPES.get(document.media_type)
    chosen, _ = QFileDialog.getSaveFileName(
        parent, "Save a copy", str(start), f"{kind.words} (*{kind.ending})" if kind else ""
    )
    if chosen:
        save_copy(context, content, Path(chosen))


def save_copy(context: Context, content: bytes, path: Path) -> None:
    """Write a copy, whole or not at all, and remember its folder."""

    def saved(_: object) -> None:
        context.computer.pdf_folder = str(path.parent)
        settings.save_soon(context.computer)
        context.shell.say(f"Saved a copy as {path.name}. Delete it when you have looked at it.")

    context.jobs.work(write_file, content, path, then=saved, label=f"Saving {path.name}")

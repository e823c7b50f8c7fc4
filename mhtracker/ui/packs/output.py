"""A pack onto paper or into a file, with what goes wrong said in plain words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from mhtracker import settings, text
from mhtracker.domain.errors import UserError
from mhtracker.ui.context import Context
from mhtracker.ui.packs.making import Made
from mhtracker.ui.packs.printing import PageFeed, page_numbers, print_pages
from mhtracker.ui.progress import Progress


def new_printer(title: str) -> QPrinter:
    """A printer set to whole A4 pages in their true size. `title` names the job: it must name nobody."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    page = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
    printer.setDocName(title)
    printer.setCreator("MHTracker")
    return printer


def ask_and_print(parent: QWidget, context: Context, made: Made, title: str) -> QPrintDialog:
    """Show the computer's own print dialog, then print what was chosen in it."""
    printer = new_printer(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"Print {text.count(made.pages, 'page')}")
    dialog.setMinMax(1, made.pages)
    dialog.setFromTo(1, made.pages)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.accepted.connect(lambda: send(context, made, printer))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)  # its own `open` asks for an old kind of slot
    return dialog


def send(context: Context, made: Made, printer: QPrinter) -> None:
    """Print in the background, with progress and Cancel."""
    feed = PageFeed(made.pdf, page_numbers(printer, made.pages), printer.resolution(), context.jobs)

    def printed(count: int) -> None:
        feed.deleteLater()
        context.shell.say(f"Sent {text.count(count, 'page')} to the printer.")

    def failed(error: UserError) -> None:
        feed.deleteLater()
        context.jobs.failed.emit(error)

    context.jobs.work(print_pages, feed, printer, then=printed, failed=failed, label="Printing")


def file_name(title: str, as_at_words: str) -> str:
    """A file name to offer: what it is and its day, and nobody's name."""
    safe = "".join(each if each.isalnum() or each in " -_()" else " " for each in title)
    return f"{' '.join(safe.split()) or 'Pack'} {as_at_words}.pdf"


def ask_and_save(parent: QWidget, context: Context, made: Made, name: str) -> None:
    """Ask where to, beginning in the folder of last time, and save the very bytes that are shown."""
    folder = Path(context.computer.pdf_folder) if context.computer.pdf_folder else Path.home()
    start = folder / name if folder.is_dir() else Path(name)
    chosen, _ = QFileDialog.getSaveFileName(parent, "Save as PDF", str(start), "PDF (*.pdf)")
    if chosen:
        path = Path(chosen)
        save(context, made, path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf"))


def save(context: Context, made: Made, path: Path, then: Callable[[], object] | None = None) -> None:
    """Save to a file, whole or not at all, and remember its folder."""

    def saved(_: object) -> None:
        context.computer.pdf_folder = str(path.parent)
        settings.save_soon(context.computer)
        context.shell.say(f"Saved {text.count(made.pages, 'page')} as {path.name}.")
        if then is not None:
            then()

    context.jobs.work(write_file, made.pdf, path, then=saved, label=f"Saving {path.name}")


def write_file(pdf: bytes, path: Path, *, progress: Progress) -> None:
    """Write the bytes. Raises Unavailable where the disk refuses."""
    from mhtracker.reports.paper.pdf_file import written_whole

    progress.step(0, 1, "")
    with written_whole(path) as file:
        file.write(pdf)

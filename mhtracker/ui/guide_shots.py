"""The pictures of the guide: `python -m mhtracker.ui.shots --guide [OUTDIR]`, into docs/guide/pictures unless told.

Light, at 100%, of the same demo register on the same day, so that a picture changes only when the program does.
`tests/test_docs.py` compares the names here with the files and with the pages that show them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea

from mhtracker.store.queries.caseload import CaseloadQuery, Filter, caseload_ids, list_caseload
from mhtracker.ui.importing import shots as import_shots
from mhtracker.ui.shots import DAY, Shot, draw_windows, settle

if TYPE_CHECKING:
    from mhtracker.store import Store
    from mhtracker.ui.window import Window

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "guide" / "pictures"
SIZE = (1440, 900)
PAPER_WIDTH = 760
FAR_COLOURS = 48
PEOPLE_IN_PACK = 12
LOOKED_AT = 60
PRINTED_AT = datetime.combine(DAY, time(9, 41))

Crop = Callable[["Window"], QRect]


@dataclass(frozen=True, slots=True)
class GuideShot:
    """A picture of the window, whole or cropped to what matters."""

    shot: Shot
    crop: Crop | None = None


def _slipped(store: Store) -> dict[str, Any]:
    """Whose target has slipped most often in residential care, of those with something to show on every tab."""
    from mhtracker.store.queries.person import build_case_summary

    query = CaseloadQuery((Filter("stage", "=", "Residential"),), (("slips", True),))
    found = [line.person_id for line in list_caseload(store, query, store.today, limit=LOOKED_AT)]
    told = (build_case_summary(store, person_id, store.today).around for person_id in found)
    full = (bool(each.ratings and each.open_barriers() and each.goals and each.open_actions()) for each in told)
    return {
        "person_id": next((person_id for person_id, is_full in zip(found, full, strict=False) if is_full), found[0])
    }


def _costly(store: Store) -> dict[str, Any]:
    """Whose support comes down step by step, with somebody else paying a share of it: all a Money tab can show."""
    from mhtracker.domain.records import CostLine, FundingSplit

    split = {each.person_id for each in store.find(FundingSplit) if each.health_percent and each.ended_on is None}
    lines: dict[str, list[CostLine]] = {}
    for line in store.find(CostLine, order_by=("started_on", "id")):
        if line.taper_id is not None and line.person_id in split:
            lines.setdefault(line.person_id, []).append(line)
    ahead = {who: sum(line.started_on > store.today for line in own) for who, own in lines.items()}
    return {"person_id": max(ahead, key=lambda who: (ahead[who], who))}


def _some(store: Store) -> dict[str, Any]:
    return {"person_ids": tuple(caseload_ids(store, CaseloadQuery(), store.today)[:PEOPLE_IN_PACK])}


def _wait(window: Window) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        settle(app, window)


def _form(command: str, typed: dict[str, str]) -> Callable[[Window], object]:
    """Open a form of the person in hand and type into it."""

    def prepare(window: Window) -> None:
        page = window.navigator.current_page()
        window.run_command(command, person_id=page.current_person() if page is not None else None)
        _wait(window)
        panel: Any = window.body.panel
        panel.form.restore_text(typed)
        panel.ask_preview()
        _wait(window)
        bar = panel.findChild(QScrollArea).verticalScrollBar()
        bar.setValue(bar.maximum())  # what will follow stands at the end
        _wait(window)

    return prepare


def _panel(window: Window) -> QRect:
    """The side panel with its foot."""
    panel = window.body.panel
    assert panel is not None
    return QRect(panel.mapTo(window, QPoint(0, 0)), panel.size())


def _panel_top(window: Window) -> QRect:
    """The side panel, as far down as a short form goes."""
    return _panel(window).adjusted(0, 0, 0, -430)


def _panel_half(window: Window) -> QRect:
    """The side panel without the end of a long list."""
    return _panel(window).adjusted(0, 0, 0, -300)


def _tick(window: Window) -> None:
    page: Any = window.navigator.current_page()
    page.model.tick_ids([page.model.row(place).person_id for place in (15, 16, 18)])


def _find(window: Window) -> None:
    window.palette_list.open()
    window.header.find_box.setText("cea")
    window.header.find_box.textEdited.emit("cea")


def _looked_back(window: Window) -> None:
    window.look_at(date(2025, 12, 31))


def _make_pack(window: Window) -> None:
    page: Any = window.navigator.current_page()
    page.make()


def _carry(window: Window) -> None:
    page: Any = window.navigator.current_page()
    column = page.board.column_of("enablement")
    column.list.go_to_row(1)
    column.list.setFocus()
    page.board.take_up(column.list)


def _supported(page: Any) -> Any:
    """A free place in supported living."""
    return next(row for row in page.tabs.of("vacancies").rows if row.service.stage_id == "supported")


def _service(window: Window) -> None:
    page: Any = window.navigator.current_page()
    page.show_row("services", _supported(page).service.id)
    _wait(window)
    page.tab.focus_first()


def _who_fits(window: Window) -> None:
    page: Any = window.navigator.current_page()
    vacancy = _supported(page)
    page.show_row("vacancies", f"{vacancy.service.id} {vacancy.place.number}")
    _wait(window)


def _held_up(window: Window) -> None:
    page: Any = window.navigator.current_page()
    page.numbers["delays"].figure.click()
    _wait(window)
    panel = window.body.panel
    assert panel is not None
    next(each for each in panel.findChildren(QAbstractButton) if each.text().startswith("Show")).click()
    _wait(window)


def _down_to_tables(window: Window) -> None:
    page: Any = window.navigator.current_page()
    bar = page._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    _wait(window)


def _card(name: str) -> Crop:
    """A card of the page in view, with a little around it."""

    def crop(window: Window) -> QRect:
        page: Any = window.navigator.current_page()
        card = getattr(page, name)
        return (
            QRect(card.mapTo(window, QPoint(0, 0)), card.size()).adjusted(-12, -12, 12, 12).intersected(window.rect())
        )

    return crop


def _box(left: int, top: int, width: int, height: int) -> Crop:
    return lambda _window: QRect(left, top, width, height)


MOVE = {
    "left_on": "today",
    "planned": "Planned",
    "reason_code": "Moved on as planned",
    "stage_id": "Supported living",
    "service_id": "Mill Street",
    "started_on": "today",
}
TARGET = {"target_on": "+1y", "reason_code": "No vacancy", "reason": "Mill Street has no flat before spring."}
SHOTS: tuple[GuideShot, ...] = (
    GuideShot(Shot("start", prepare=lambda window: window.registers.show_start()), _box(560, 150, 740, 440)),
    GuideShot(Shot("today", "today")),
    GuideShot(Shot("find", "today", prepare=_find), _box(0, 0, 940, 480)),
    GuideShot(Shot("looking-back", "today", prepare=_looked_back), _box(172, 0, 1268, 330)),
    GuideShot(Shot("caseload", "caseload")),
    GuideShot(Shot("caseload-ticked", "caseload", prepare=_tick), _box(172, 640, 1268, 260)),
    GuideShot(Shot("person", "person", find=_slipped)),
    GuideShot(Shot("move-on", "person", {"tab": "move_on"}, find=_slipped), _box(172, 300, 1268, 350)),
    GuideShot(Shot("pathway", "pathway")),
    GuideShot(Shot("pathway-carried", "pathway", prepare=_carry), _box(172, 140, 1268, 460)),
    GuideShot(Shot("services", "services", prepare=_service)),
    GuideShot(Shot("services-fits", "services", prepare=_who_fits), _panel),
    GuideShot(Shot("progress", "progress")),
    GuideShot(Shot("progress-held-up", "progress", prepare=_held_up), _panel_half),
    GuideShot(Shot("progress-to-be", "progress", prepare=_down_to_tables), _card("tables")),
    GuideShot(Shot("money", "person", {"tab": "money"}, find=_costly), _box(172, 306, 1268, 594)),
    GuideShot(Shot("packs", "packs", find=_some, prepare=_make_pack)),
    GuideShot(Shot("import-match", "import", prepare=import_shots.matched), _box(172, 48, 1268, 520)),
    GuideShot(Shot("import-rehearse", "import", prepare=import_shots.rehearsed)),
    GuideShot(Shot("move", "person", find=_slipped, prepare=_form("move", MOVE)), _panel),
    GuideShot(Shot("target", "person", find=_slipped, prepare=_form("target", TARGET)), _panel_top),
)
"""Those that leave an unfinished form behind come last: every window after them says that there is one."""
PAPER = {"paper-contents": 1, "paper-person": 2}
"""Pages of a review pack, counted from 0."""


def names() -> set[str]:
    """The file names of every picture."""
    return {f"{name}.png" for name in (*(each.shot.name for each in SHOTS), *PAPER)}


def draw_guide(register: Path, outdir: Path) -> Iterator[Path]:
    """Draw every picture of the guide; gives each file as it is written."""
    crops = {each.shot.name: each.crop for each in SHOTS}
    for shot, window in draw_windows([each.shot for each in SHOTS], register, "light", 1.0, SIZE):
        crop = crops[shot.name]
        image = window.grab().toImage()
        yield save_small(image.copy(crop(window)) if crop is not None else image, outdir / f"{shot.name}.png")
    pack = _pack(register)
    for name, page in PAPER.items():
        yield save_small(draw_page(pack, page), outdir / f"{name}.png")


def _pack(register: Path) -> bytes:
    """A review pack of a few people, as its bytes."""
    from mhtracker.reports.packs.pack import write_review_pack
    from mhtracker.store import open_register
    from mhtracker.store.clock import FixedClock
    from mhtracker.store.queries.person import build_case_summary

    out = io.BytesIO()
    store = open_register(str(register), who="Anjali Kalpit", clock=FixedClock(DAY), read_only=True)
    try:
        ids = _some(store)["person_ids"]
        told = (build_case_summary(store, each, DAY, read_at=PRINTED_AT) for each in ids)
        write_review_pack(
            told, out, title="Review pack", printed_by=store.who, printed_at=PRINTED_AT, council=store.council,
            total=len(ids),
        )  # fmt: skip
    finally:
        store.close()
    return out.getvalue()


def draw_page(pdf: bytes, page: int) -> QImage:
    """One page of a PDF on white, with a thin edge so that it stands out from the page it is shown on."""
    data = QByteArray(pdf)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    size = document.pagePointSize(page)
    image = QImage(QSize(PAPER_WIDTH, round(PAPER_WIDTH * size.height() / size.width())), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.drawImage(0, 0, document.render(page, image.size()))
    painter.setPen(QColor("#CBC7BE"))
    painter.drawRect(image.rect().adjusted(0, 0, -1, -1))
    painter.end()
    document.close()
    return image


def save_small(image: QImage, path: Path) -> Path:
    """Save with a palette of the colours that are commonest, exactly as they are: only edges of letters change.

    Some places are kept for colours that are few but far from all others, such as the red of one word.
    """
    from PIL import Image

    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    size, stride = (plain.width(), plain.height()), plain.bytesPerLine()
    picture = Image.frombytes("RGB", size, bytes(plain.constBits()), "raw", "RGB", stride)
    found: Any = picture.getcolors(size[0] * size[1]) or []
    commonest = [colour for _, colour in sorted(found, reverse=True)[: 256 - FAR_COLOURS]]
    far = picture.quantize(FAR_COLOURS, method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*(part for colour in commonest for part in colour), *far[: 3 * FAR_COLOURS]])
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)
    return path

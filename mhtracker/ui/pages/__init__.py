"""The pages of the window, one per file, imported when first shown.

A page's number is its key (Ctrl+1 …) and stays its own, whatever pages come between.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page as the rail and the palette know it before it is imported. `target` is "module:Class".

    `number` is its Ctrl key, 0 for none. A page without `rail` is reached from others; `under` names the one whose
    place in the rail it lights up. What a `slow` one is made of takes long to import: that is done
    on a thread of its own, and its title alone stands there meanwhile.
    """

    key: str
    title: str
    icon: str
    target: str
    number: int = 0
    rail: bool = True
    under: str = ""
    also: str = ""
    slow: bool = False


def _at(module: str, page: str) -> str:
    return f"{__name__}.{module}:{page}"


PAGES: tuple[PageEntry, ...] = (
    PageEntry("today", "Today", "calendar-check-outline", _at("today", "TodayPage"), 1, also="due overdue"),
    PageEntry("caseload", "Caseload", "account-group-outline", _at("caseload", "CaseloadPage"), 2, also="people list"),
    PageEntry("pathway", "Pathway", "stairs-up", _at("pathway", "PathwayPage"), 3, also="board stages"),
    PageEntry(
        "reviews", "Reviews", "clipboard-check-outline", _at("reviews", "ReviewsPage"), 4, also="due book propose diary"
    ),
    PageEntry(
        "services",
        "Services",
        "home-city-outline",
        _at("services", "ServicesPage"),
        5,
        also="providers places vacancies waiting list rates contracts who fits",
    ),
    PageEntry(
        "progress",
        "Progress",
        "chart-timeline-variant",
        _at("progress", "ProgressPage"),
        6,
        also="programme target flow forecast stuck figures",
        slow=True,
    ),
    PageEntry("packs", "Packs", "book-open-page-variant-outline", _at("packs", "PacksPage"), 7, also="print pdf"),
    PageEntry("settings", "Settings", "cog-outline", _at("settings", "SettingsPage"), also="appearance codes backup"),
    PageEntry("person", "Person", "account-outline", _at("person", "PersonPage"), rail=False, under="caseload"),
    PageEntry(
        "history",
        "History",
        "history",
        _at("history", "HistoryPage"),
        rail=False,
        under="settings",
        also="audit changes who recorded undo log",
    ),
    PageEntry(
        "duplicates",
        "Possible duplicates",
        "account-multiple-outline",
        _at("duplicates", "DuplicatesPage"),
        rail=False,
        under="caseload",
        also="twice same person merge",
    ),
    PageEntry(
        "import",
        "Import people",
        "file-import-outline",
        _at("import_people", "ImportPage"),
        rail=False,
        under="settings",
        also="spreadsheet excel csv",
    ),
)
"""In the order of the rail; Settings stands at its foot."""


def page_entry(key: str) -> PageEntry:
    """The entry of a page. Raises KeyError for an unknown key: that is a fault of ours."""
    return next(entry for entry in PAGES if entry.key == key)

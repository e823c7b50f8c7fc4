"""The house keeps its floors: who may import whom, how long a file may be, and what no file may mention.

A rule here is a sentence of docs/architecture.md. When building shows that a rule is wrong, change both.
"""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = CHECKOUT / "mhtracker"
MOST_LINES = 400

# A part may import parts on its own floor and below.
FLOORS = {
    "domain": 0,
    "text": 1,
    "assets": 1,
    "settings": 1,
    "fault_report": 1,
    "store": 2,
    "operations": 3,
    "analysis": 4,
    "figures": 4,
    "reports": 4,
    "ui": 5,
    "cli": 5,
    "__main__": 6,
}
HELPERS = {"text", "assets", "settings", "fault_report"}

# Packages of other people's that only some files may import; a folder ends in a slash.
STORE = ("store/",)
SPREADSHEETS = ("analysis/", "operations/importing/sheets.py")
ONLY_IN = {
    "PySide6": ("ui/",),
    "shiboken6": ("ui/",),
    "qtawesome": ("ui/",),
    "sqlalchemy": STORE,
    "sqlite3": STORE,
    "alembic": STORE,
    "psycopg": STORE,
    "sqlcipher3": STORE,
    "pandas": SPREADSHEETS,
    "numpy": SPREADSHEETS,
}
# Half a second to import, so never while the window opens.
LATE = {"pandas", "numpy"}
IMPORTERS = ("import_module", "__import__")
DOMAIN_MAY = {"mhtracker", "holidays", "rapidfuzz", *sys.stdlib_module_names}

# What counts one person at a time hands over to columns where there are very many, and these answer with its values.
# The start page shows what its opener opens; the guide's pictures are drawn by the tool that draws all others.
CIRCLES_WHEN_ASKED = {
    frozenset({"mhtracker.analysis.columns.held_up", "mhtracker.analysis.delay_owners"}),
    frozenset({"mhtracker.analysis.columns.outcomes", "mhtracker.analysis.outcomes"}),
    frozenset({"mhtracker.analysis.columns.quality", "mhtracker.analysis.quality"}),
    frozenset({"mhtracker.ui.pages.start", "mhtracker.ui.registers", "mhtracker.ui.shell_commands"}),
    frozenset({"mhtracker.ui.guide_shots", "mhtracker.ui.importing.shots", "mhtracker.ui.shots"}),
}

MACHINE_PATH = re.compile(r"""(?<![\w.])(/(home|Users)/\w|/(root|work|tmp|srv)/|[A-Za-z]:\\+Users\\)""")
REGISTRY = re.compile(r"https?://\S+\.(whl|tar\.gz)|(?<![\w-])--(extra-|default-)?(index|find-links)", re.IGNORECASE)


@dataclass(frozen=True)
class Import:
    """One imported name, whole: `from mhtracker.domain import dates` gives `mhtracker.domain.dates`.

    `late` when it never runs while the module is read in; `asked` when it does as a function runs.
    """

    name: str
    line: int
    late: bool
    asked: bool

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.name.split("."))


def find_imports(source: str, module: str) -> Iterator[Import]:
    """Every import in a module's source, relative ones made whole.

    What stands under `if TYPE_CHECKING` never runs, so it is late; but it is a dependency all the same.
    """

    def walk(node: ast.AST, late: bool, asked: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            inside = asked or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            never = late or inside or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test))
            if isinstance(child, ast.Import):
                yield from (Import(alias.name, child.lineno, never, inside) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                above = module.split(".")[: -child.level] if child.level else []
                base = ".".join([*above, child.module] if child.module else above)
                yield from (Import(f"{base}.{alias.name}", child.lineno, never, inside) for alias in child.names)
            elif isinstance(child, ast.Call) and ast.unparse(child.func).split(".")[-1] in (
                "import_module",
                "__import__",
            ):
                named = child.args[0] if child.args else None
                if isinstance(named, ast.Constant) and isinstance(named.value, str):
                    yield Import(named.value, child.lineno, never, inside)
            yield from walk(child, never, inside)

    return walk(ast.parse(source), late=False, asked=False)


@functools.cache
def imports_of(module: str, source: str) -> tuple[Import, ...]:
    """The same, found once for all tests that ask."""
    return tuple(find_imports(source, module))


def find_faults(path: str, source: str) -> list[str]:
    """What a file at `path` below mhtracker/ does against the rules, a sentence each."""
    module = "mhtracker." + path.removesuffix(".py").replace("/", ".")
    part = path.split("/")[0].removesuffix(".py")
    faults = []
    if len(source.splitlines()) > MOST_LINES:
        faults.append(f"{path} has {len(source.splitlines())} lines; {MOST_LINES} is where a file becomes two")
    if part != "__init__" and part not in FLOORS:
        faults.append(f"{path} stands on no floor; give {part} one in tests/test_floors.py and docs/architecture.md")
    for imported in imports_of(module, source):
        faults += [f"{path}:{imported.line} {words}" for words in judge(path, part, imported)]
    return faults


def judge(path: str, part: str, imported: Import) -> Iterator[str]:
    """What is wrong with one import, if anything."""
    name, top = imported.name, imported.parts[0]
    if top == "mhtracker" and len(imported.parts) > 1:
        yield from judge_own(path, part, imported)
    if part == "domain" and top not in DOMAIN_MAY:
        yield f"imports {top}; the domain is pure Python, with England's holidays"
    places = ONLY_IN.get(top)
    if places and not any(path.startswith(place) if place.endswith("/") else path == place for place in places):
        yield f"imports {top}, which is for {' and '.join(places)} alone"
    if top in LATE and not imported.late:
        yield f"imports {name} when the program starts; import it inside the function that needs it"


def judge_own(path: str, part: str, imported: Import) -> Iterator[str]:
    """Imports within mhtracker: the floors, and pages and dialogs that know nothing of (other) pages."""
    name, other = imported.name, imported.parts[1]
    # `from mhtracker import __version__` and the like take a fact of the package, not a part of it.
    if other not in FLOORS:
        return
    if part in HELPERS and other not in {"domain", part}:
        yield f"imports {name}; {part} may use the domain alone"
    elif FLOORS[other] > FLOORS.get(part, -1):
        yield f"imports {name}, which is on a higher floor than {part}"
    if imported.parts[1:3] == ("ui", "pages"):
        page = imported.parts[3] if len(imported.parts) > 3 else ""
        own = path.removeprefix("ui/pages/").split("/")[0].removesuffix(".py")
        # What every page is (`base`) is no page itself.
        if path.startswith("ui/pages/") and page not in (own, "base"):
            yield f"imports {name}; a page knows no other page"
        if path.startswith("ui/dialogs/"):
            yield f"imports {name}; a dialog does not know where it was opened from"


def find_circles(sources: Mapping[str, str], *, asked: bool) -> set[frozenset[str]]:
    """The modules that know one another in circles, by what they import when read in and for their types.

    With `asked` what they import inside a function counts too.
    """
    knows: dict[str, set[str]] = {}
    for module, source in sources.items():
        names = [each.name for each in imports_of(module, source) if asked or not each.asked]
        ends = (name if name in sources else name.rpartition(".")[0] for name in names)
        own = module.removesuffix(".__init__")
        knows[own] = {end for end in ends if end in sources or f"{end}.__init__" in sources} - {own}
    reached = {module: _reached(module, knows) for module in knows}
    around = (frozenset(other for other in reached[module] if module in reached[other]) for module in knows)
    return {circle for circle in around if len(circle) > 1}


def _reached(module: str, knows: Mapping[str, set[str]]) -> set[str]:
    """The modules that a module knows, or knows through others; itself, where it stands in a circle."""
    found: set[str] = set()
    ahead = [module]
    while ahead:
        new = knows[ahead.pop()] - found
        found |= new
        ahead += new
    return found


def python_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def read_sources() -> dict[str, str]:
    """Every module of the program by its whole name."""
    named = ((file.relative_to(CHECKOUT).with_suffix("").as_posix().replace("/", "."), file) for file in python_files())
    return {name: file.read_text(encoding="utf-8") for name, file in named}


def test_every_file_keeps_its_floor():
    faults = []
    for file in python_files():
        faults += find_faults(file.relative_to(PACKAGE).as_posix(), file.read_text(encoding="utf-8"))
    assert not faults, "\n".join(["", *faults])


def test_no_modules_know_one_another_in_circles():
    circles = find_circles(read_sources(), asked=False)
    assert not circles, "\n".join(["", *(" and ".join(sorted(circle)) for circle in circles)])


def test_circles_of_what_is_imported_when_asked_for_grow_no_more():
    new = {circle for circle in find_circles(read_sources(), asked=True) if circle not in CIRCLES_WHEN_ASKED}
    assert not new, "\n".join(["", *(" and ".join(sorted(circle)) for circle in new)])


def test_no_file_mentions_a_place_on_somebody_s_machine():
    files = [*python_files(), CHECKOUT / "tasks.py", CHECKOUT / "pyproject.toml", CHECKOUT / "build_installer.spec"]
    for folder, ends in (
        ("resources", (".toml", ".qss", ".svg", ".json")),
        ("requirements", (".txt",)),
        (".ci", ("run",)),
    ):
        files += [file for file in (CHECKOUT / folder).rglob("*") if file.name.endswith(ends)]
    faults = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if MACHINE_PATH.search(line) or REGISTRY.search(line):
                faults.append(f"{file.relative_to(CHECKOUT).as_posix()}:{number} {line.strip()}")
    assert not faults, "\n".join(["", *faults])


@pytest.mark.parametrize(
    ("path", "source", "words"),
    [
        ("domain/dates.py", "from mhtracker.store import engine", "higher floor"),
        ("domain/dates.py", "from mhtracker.text import format_date", "higher floor"),
        ("domain/dates.py", "import dateutil.parser", "pure Python"),
        ("domain/dates.py", "def f():\n    from mhtracker import ui", "higher floor"),
        ("domain/dates.py", "from ..store import engine", "higher floor"),
        ("store/journal.py", "from mhtracker.operations.moves import move", "higher floor"),
        ("store/journal.py", "if TYPE_CHECKING:\n    from mhtracker.operations.moves import move", "higher floor"),
        (
            "store/journal.py",
            "import importlib\nimportlib.import_module('mhtracker.reports.packs.pack')",
            "higher floor",
        ),
        ("operations/moves.py", "import mhtracker.reports.packs.pack", "higher floor"),
        ("operations/moves.py", "import sqlalchemy as sa", "store/ alone"),
        ("operations/moves.py", "def f():\n    import sqlite3", "store/ alone"),
        ("operations/moves.py", "def f():\n    import pandas", "analysis/ and"),
        ("operations/importing/sheets.py", "import pandas as pd", "inside the function"),
        ("analysis/flow.py", "import pandas as pd", "inside the function"),
        ("analysis/flow.py", "class A:\n    import numpy.linalg", "inside the function"),
        ("reports/pack.py", "from mhtracker.ui import theme", "higher floor"),
        ("reports/pack.py", "from PySide6.QtGui import QImage", "ui/ alone"),
        ("cli.py", "import qtawesome", "ui/ alone"),
        ("text.py", "from mhtracker.settings import Settings", "domain alone"),
        ("text.py", "from mhtracker.store.engine import open_store", "domain alone"),
        ("ui/pages/today.py", "from mhtracker.ui.pages.person import PersonPage", "no other page"),
        ("ui/pages/today.py", "from mhtracker.ui.pages import person", "no other page"),
        ("ui/pages/today.py", "from . import person", "no other page"),
        ("ui/pages/person/money.py", "from mhtracker.ui.pages.today import Line", "no other page"),
        ("ui/pages/base.py", "from mhtracker.ui.pages.today import TodayPage", "no other page"),
        ("ui/dialogs/move.py", "from mhtracker.ui.pages.pathway import Card", "opened from"),
        ("ui/pages/today.py", "\n" * 401, "401 lines"),
        ("helpers.py", "", "no floor"),
        ("__init__.py", "from mhtracker.domain import dates", "higher floor"),
    ],
)
def test_a_fault_is_seen(path, source, words):
    faults = find_faults(path, source)
    assert len(faults) == 1
    assert words in faults[0]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("domain/dates.py", "import holidays\nfrom datetime import date\nfrom mhtracker.domain.errors import Invalid"),
        ("store/engine.py", "import sqlite3\nimport sqlalchemy as sa\nfrom mhtracker.domain import records"),
        ("operations/imports.py", "from mhtracker.assets import preset\nfrom mhtracker.store.journal import Work"),
        ("operations/importing/sheets.py", "def f():\n    import pandas as pd"),
        ("analysis/flow.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas as pd"),
        ("reports/pack.py", "from mhtracker.figures import strip\nfrom mhtracker import __version__, text"),
        ("ui/app.py", "from mhtracker.ui.pages.today import TodayPage\nimport qtawesome\nfrom PySide6 import QtCore"),
        (
            "ui/pages/person/page.py",
            "from mhtracker.ui.pages.person.money import MoneyTab\nfrom .money import MoneyTab",
        ),
        ("ui/pages/today.py", "from mhtracker.ui.pages.base import Page"),
        ("cli.py", "from mhtracker.ui.app import main\nfrom mhtracker.operations import moves"),
        ("text.py", "from mhtracker.domain.dates import age"),
        ("__main__.py", "from mhtracker.cli import main"),
        ("ui/pages/today.py", "\n" * 400),
    ],
)
def test_what_is_allowed_is_left_alone(path, source):
    assert find_faults(path, source) == []


@pytest.mark.parametrize(
    ("first", "second", "is_circle"),
    [
        ("from mhtracker.b import f", "from mhtracker import a", True),
        ("import mhtracker.b", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .a import A", True),
        ("from . import b", "import sys", False),
        ("from . import b", "def f():\n    from mhtracker import a", False),
    ],
)
def test_a_circle_is_seen(first, second, is_circle):
    sources = {"mhtracker.a": first, "mhtracker.b": second, "mhtracker.c": "from mhtracker import a, b"}
    assert find_circles(sources, asked=False) == ({frozenset({"mhtracker.a", "mhtracker.b"})} if is_circle else set())


@pytest.mark.parametrize("line", ['p = "/home/ann/x"', "see /srv/notes", r"C:\Users\ann", "cd /tmp/.cache", "(/tmp/x)"])
def test_a_machine_s_path_is_recognised(line):
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", ["social/work/team", "https://example.org/home/x", "~/Documents", "resources/icons"])
def test_an_ordinary_path_is_left_alone(line):
    assert not MACHINE_PATH.search(line)

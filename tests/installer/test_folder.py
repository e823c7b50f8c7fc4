"""The folder people install works on its own: elsewhere than the checkout, with no Python about."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
MOST_MEGABYTES = 450

# One process builds; spread over several, each would build its own.
pytestmark = [pytest.mark.installer, pytest.mark.xdist_group("installer")]


class Folder:
    """The built folder, and its program run as a stranger to this checkout would run it."""

    def __init__(self, path: Path, home: Path) -> None:
        self.path, self.home = path, home

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        keep = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LD_LIBRARY_PATH")
        env = {name: os.environ[name] for name in keep if name in os.environ}
        env |= {"HOME": str(self.home), "USERPROFILE": str(self.home), "APPDATA": str(self.home), **more}
        program = self.path / ("mhtracker.exe" if os.name == "nt" else "mhtracker")
        return subprocess.run(
            [program, *arguments],
            cwd=self.home,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )

    def do(self, *arguments: str, **more: str) -> str:
        """Run what must succeed, and give what it prints."""
        done = self.run(*arguments, **more)
        assert done.returncode == 0, f"{' '.join(arguments)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    target = tmp_path_factory.mktemp("dist")
    work = CHECKOUT / "build" / "pyinstaller"
    options = ["--noconfirm", "--log-level", "ERROR", "--distpath", str(target), "--workpath", str(work)]
    built = subprocess.run(
        [sys.executable, "-m", "PyInstaller", *options, "build_installer.spec"],
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr[-4000:]
    yield Folder(target / "MHTracker", tmp_path_factory.mktemp("home"))
    # pytest keeps what its last runs made, and this is a third of a gigabyte.
    shutil.rmtree(target)


@pytest.fixture(scope="session")
def register(folder: Folder) -> str:
    path = str(folder.home / "demo.mhtracker")
    folder.do("demo", path, "--people", "30", "--seed", "7", "--as-at", "2026-07-14")
    return path


def test_it_tells_its_name_and_version(folder):
    assert folder.do("--version").split()[0].lower() == "mhtracker"


def test_it_writes_a_case_summary_of_the_person_named(folder, register):
    person = json.loads(folder.do("list", register, "--limit", "1", "--json"))["people"][0]
    paper = folder.home / "summary.pdf"
    folder.do("summary", register, person["ref"], "-o", str(paper))
    pages = [page.extract_text() for page in pypdf.PdfReader(paper).pages]
    assert pages
    assert all(person["name"].upper() in page.upper() for page in pages)


def test_it_finds_its_demo_register_in_order(folder, register):
    assert json.loads(folder.do("check", register, "--json"))["ok"] is True


def test_it_reads_and_writes_spreadsheets(folder, register):
    sheet, fresh = folder.home / "caseload.xlsx", str(folder.home / "fresh.mhtracker")
    folder.do("export", register, str(sheet))
    folder.do("new", fresh)
    answer = json.loads(folder.do("import", fresh, str(sheet), "--dry-run", "--json"))
    assert answer["rows"] > 0


@pytest.mark.postgres
def test_it_keeps_a_register_on_a_server(folder, postgres_url):
    folder.do("new", postgres_url)
    assert json.loads(folder.do("list", postgres_url, "--json"))["count"] == 0


def test_its_window_opens_and_paints_a_page(folder, register):
    folder.do(register, QT_QPA_PLATFORM="offscreen", MHTRACKER_QUIT_AFTER_FIRST_PAINT="1")


def test_a_fault_is_told_in_a_line_without_a_traceback(folder):
    done = folder.run("list", str(folder.home / "nowhere.mhtracker"))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stdout + done.stderr


def test_it_carries_what_it_needs_and_no_more(folder):
    names = {file.relative_to(folder.path).as_posix() for file in folder.path.rglob("*")}
    assert not [name for name in names if "Qt6Quick" in name or "Qt6Qml" in name or "Qt6Sql" in name]
    assert [name for name in names if "/resources/" in f"/{name}"]
    assert [name for name in names if name.endswith("docs/guide/README.md")]
    for package in ("sqlcipher3", "psycopg", "pyside6-essentials", "font-source-sans-pro"):
        assert [name for name in names if f"/licences/{package}/" in f"/{name}"]
    megabytes = sum(file.stat().st_size for file in folder.path.rglob("*") if not file.is_symlink()) / 1e6
    assert megabytes < MOST_MEGABYTES

"""This computer's settings: how the window looked, what was open last.

People on the pathway stand here by their ids only, and passwords never. What belongs to a register (code lists, rules)
is in the register. Kept as JSON in the user's own folder; MHTRACKER_CONFIG names another folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
import types
import typing
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

FILE_NAME = "settings.json"
THEMES = ("system", "light", "dark", "contrast")
TEXT_SIZES = (90, 100, 110, 125, 150, 175, 200)
RECENT_REGISTERS = 8
RECENT_PEOPLE = 12
PINNED_PEOPLE = 12


@dataclass(slots=True)
class TableSettings:
    """One table's look. `sort` is pairs of column and whether it runs down; `filters` as typed on a command line."""

    columns: list[str] = field(default_factory=list)
    widths: dict[str, int] = field(default_factory=dict)
    sort: list[tuple[str, bool]] = field(default_factory=list)
    filters: list[str] = field(default_factory=list)
    views: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class ViewLook:
    """How a view of the caseload was left here: its columns in their order, their widths at 100%, and its order."""

    columns: list[str] = field(default_factory=list)
    widths: dict[str, int] = field(default_factory=dict)
    sort: list[tuple[str, bool]] = field(default_factory=list)


@dataclass(slots=True)
class PackSettings:
    """A pack kept under a name, its people by id. `as_at` is an ISO date, "" for the day it is opened on."""

    kind: str = ""
    people: list[str] = field(default_factory=list)
    title: str = ""
    as_at: str = ""


@dataclass(slots=True)
class RegisterSettings:
    """What this computer remembers of one register. `last_looked_seq` is the last change that was marked as seen.

    `today_scope` is whose work Today shows, `progress_…` the period and team of Progress ("": everybody),
    `default_view` the caseload's view to begin with, by its key, and `looks` how each view was left. `looked` holds
    the same mark for each name under which somebody records here. `backup_folder` is where its backups go (""
    beside it), `backup_trouble` why the last one could not be made.
    """

    worker_id: str | None = None
    last_looked_at: str = ""
    last_looked_seq: int = 0
    looked: dict[str, int] = field(default_factory=dict)
    recent_people: list[str] = field(default_factory=list)
    pinned_people: list[str] = field(default_factory=list)
    packs: dict[str, PackSettings] = field(default_factory=dict)
    backup_folder: str = ""
    backup_trouble: str = ""
    today_scope: str = ""
    progress_period: str = ""
    progress_team: str = ""
    default_view: str = ""
    looks: dict[str, ViewLook] = field(default_factory=dict)


@dataclass(slots=True)
class ComputerSettings:
    """Everything this computer remembers. `tables` is by page, `registers` by address.

    `window` is what the window's own `saveGeometry` gave, in hexadecimal.
    """

    theme: str = "system"
    text_size: int = 100
    shortcuts_on: bool = True
    last_register: str = ""
    recent_registers: list[str] = field(default_factory=list)
    window: str = ""
    panel_width: int = 0
    who_name: str = ""
    who_role: str = "Social worker"
    sheet_folder: str = ""
    pdf_folder: str = ""
    scan_folder: str = ""
    tables: dict[str, TableSettings] = field(default_factory=dict)
    registers: dict[str, RegisterSettings] = field(default_factory=dict)

    def table(self, page: str) -> TableSettings:
        """A page's table, remembered from now on."""
        return self.tables.setdefault(page, TableSettings())

    def register(self, address: str) -> RegisterSettings:
        """What is remembered of a register, from now on."""
        return self.registers.setdefault(without_password(address), RegisterSettings())

    def last_looked(self, address: str) -> int:
        """The newest change of a register that whoever sits here now has marked as seen; 0 for none yet."""
        mine = self.register(address)
        return mine.looked.get(self.who_name, mine.last_looked_seq if not mine.looked else 0)

    def mark_looked(self, address: str, seq: int, at: str) -> None:
        """Remember that they saw everything up to a change, and when (ISO, local time)."""
        mine = self.register(address)
        mine.looked[self.who_name] = mine.last_looked_seq = seq
        mine.last_looked_at = at

    def opened(self, address: str) -> None:
        """Put a register first among the recent ones."""
        address = without_password(address)
        self.last_register = address
        self.recent_registers = [address, *(a for a in self.recent_registers if a != address)][:RECENT_REGISTERS]

    def visited(self, address: str, person_id: str) -> None:
        """Put a person first among the recent ones of a register."""
        mine = self.register(address)
        mine.recent_people = [person_id, *(p for p in mine.recent_people if p != person_id)][:RECENT_PEOPLE]

    def turn_pin(self, address: str, *person_ids: str) -> bool:
        """Pin people of a register, or unpin them where all were pinned; whether they are pinned now."""
        mine = self.register(address)
        pinned = all(each in mine.pinned_people for each in person_ids)
        others = [each for each in mine.pinned_people if each not in person_ids]
        mine.pinned_people = others if pinned else [*others, *person_ids][-PINNED_PEOPLE:]
        return not pinned


def without_password(address: str) -> str:
    """A server's address as it may be remembered; the path of a file as it is."""
    return re.sub(r"^(postgres[a-z+0-9]*://[^:@/]*):[^@/]*@", r"\1@", address)


def folder() -> Path:
    """Where settings are kept, whether or not it exists."""
    named = os.environ.get("MHTRACKER_CONFIG")
    return Path(named) if named else Path(platformdirs.user_config_dir("MHTracker", appauthor=False))


def load(at: Path | None = None) -> ComputerSettings:
    """The settings, or defaults where there are none. A file that cannot be read is put aside, never overwritten."""
    path = (at or folder()) / FILE_NAME
    _writer().submit(lambda: None).result()  # what this program still has to write
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(kept, dict):
            raise ValueError(FILE_NAME)
    except FileNotFoundError:
        return ComputerSettings()
    except (ValueError, RecursionError):
        _put_aside(path)
        return ComputerSettings()
    except OSError:
        return ComputerSettings()
    settings: ComputerSettings = _read(ComputerSettings, kept)
    if settings.theme not in THEMES:
        settings = replace(settings, theme="system")
    if not 50 <= settings.text_size <= 300:
        settings = replace(settings, text_size=100)
    return settings


def save(settings: ComputerSettings, at: Path | None = None) -> bool:
    """Write the settings whole or not at all. False where the disk refuses: they are a comfort, not worth an error."""
    return _submit(settings, at).result()


def save_soon(settings: ComputerSettings, at: Path | None = None) -> None:
    """Write the settings as they are now, in the background and in turn: a busy disk must not hold the window up."""
    _submit(settings, at)


def _submit(settings: ComputerSettings, at: Path | None) -> Future[bool]:
    told = json.dumps(asdict(settings), ensure_ascii=False, indent=1, sort_keys=True)
    return _writer().submit(_write, told, at or folder())


@cache
def _writer() -> ThreadPoolExecutor:
    """One thread, so that what was saved last is what stays; Python waits for it at its end."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="settings")


def _write(told: str, place: Path) -> bool:
    temporary = ""
    try:
        place.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".settings-", suffix=".tmp", dir=place)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(told)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(place / FILE_NAME)
    except OSError:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        return False
    return True


def _put_aside(path: Path) -> None:
    """Keep a damaged file under a free name beside the place of the next one."""
    for number in range(1, 100):
        aside = path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
        if not aside.exists():
            with contextlib.suppress(OSError):
                path.rename(aside)
            return


T = TypeVar("T")


def _read(kind: type[T], kept: dict[str, Any]) -> T:
    """Build settings from JSON, taking each value only where it has the right shape; unknown keys are dropped."""
    hints = typing.get_type_hints(kind)
    values = {}
    for item in fields(kind):  # type: ignore[arg-type]
        if item.name in kept:
            try:
                values[item.name] = _shaped(hints[item.name], kept[item.name])
            except (TypeError, ValueError):
                continue
    return kind(**values)


def _shaped(hint: Any, value: Any) -> Any:
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin is types.UnionType:
        return None if value is None else _shaped(next(part for part in inside if part is not type(None)), value)
    if origin is list and isinstance(value, list):
        return [_shaped(inside[0], part) for part in value]
    if origin is tuple and isinstance(value, list) and len(value) == len(inside):
        return tuple(_shaped(kind, part) for kind, part in zip(inside, value, strict=True))
    if origin is dict and isinstance(value, dict):
        return {str(key): _shaped(inside[1], part) for key, part in value.items()}
    if is_dataclass(hint) and isinstance(hint, type) and isinstance(value, dict):
        return _read(hint, value)
    if isinstance(hint, type) and type(value) is hint:
        return value
    raise TypeError(hint)

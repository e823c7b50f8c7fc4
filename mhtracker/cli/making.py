"""`new` and `demo`: registers made."""

from __future__ import annotations

import argparse
from datetime import date

from mhtracker import text
from mhtracker.cli.session import CLOCK, answer, day_of, new_password, shown_name, who_asks


def new(asked: argparse.Namespace) -> int:
    """`mhtracker new`."""
    from mhtracker.operations.presets.files import read_preset
    from mhtracker.operations.presets.giving import apply_preset
    from mhtracker.store import create_register
    from mhtracker.store.queries.history import list_operations

    preset = read_preset(asked.preset) if asked.preset not in (None, "default") else None

    password = new_password(shown_name(asked.file)) if asked.locked else None
    made = create_register(asked.file, who=who_asks(asked), password=password, council=asked.council.strip())
    with made as store:
        if preset is not None:
            apply_preset(store, preset)
        operation = list_operations(store, limit=1, with_changes=0)[0].operation
    facts = {
        "written": str(asked.file),
        "operation": operation.id,
        "people": 0,
        "preset": preset.key if preset is not None else None,
    }
    made_so = f"set up as {preset.label}, with nobody in it" if preset is not None else "made and empty"
    return answer(asked, facts, lambda: f"{shown_name(asked.file)} is {made_so}.")


def demo(asked: argparse.Namespace) -> int:
    """`mhtracker demo`."""
    if asked.preset not in (None, "default"):
        return _preset_demo(asked)
    from mhtracker.operations.demo.making import make_demo

    as_at = asked.as_at or CLOCK.today()
    people = 240 if asked.people is None else asked.people
    password = new_password(shown_name(asked.file)) if asked.locked else None
    make_demo(asked.file, people=people, seed=asked.seed, as_at=as_at, password=password).close()
    return _made(asked, people, day_of(asked))


def _preset_demo(asked: argparse.Namespace) -> int:
    from mhtracker.domain.errors import Invalid
    from mhtracker.operations.presets.files import read_preset
    from mhtracker.operations.presets.people import make_preset_demo

    preset = read_preset(asked.preset)
    if asked.people not in (None, preset.people_count):
        words = f"“{preset.label}” holds the people of its paper: {preset.people_count}. Leave --people out."
        raise Invalid({"people": words})
    if asked.as_at not in (None, preset.as_at):
        words = f"“{preset.label}” plays on the day of its paper, {text.format_date(preset.as_at)}. Leave --as-at out."
        raise Invalid({"as_at": words})
    password = new_password(shown_name(asked.file)) if asked.locked else None
    make_preset_demo(asked.file, preset, seed=asked.seed, password=password).close()
    asked.as_at = preset.as_at
    return _made(asked, preset.people_count, preset.as_at, preset.key)


def _made(asked: argparse.Namespace, people: int, day: date, preset: str | None = None) -> int:
    facts = {
        "written": str(asked.file),
        "operation": None,
        "people": people,
        "seed": asked.seed,
        "preset": preset,
    }
    words = f"{shown_name(asked.file)} holds {text.count(people, 'invented person', 'invented people')}"
    return answer(asked, facts, lambda: f"{words}, as at {text.format_date(day)}.")

"""`presets`: how published papers arranged their pathways, and the figures they print."""

from __future__ import annotations

import argparse
from typing import Any

from mhtracker import text
from mhtracker.cli.answers import iso
from mhtracker.cli.plain import table
from mhtracker.cli.session import answer
from mhtracker.domain.presets import PRESET_NAMES, PaperTable, Preset
from mhtracker.domain.reviewing.due import ReviewRules


def presets(asked: argparse.Namespace) -> int:
    """`mhtracker presets`: what comes with the program, or one paper's figures with their paragraphs."""
    from mhtracker.operations.presets.files import read_preset

    if asked.name is None:
        every = [read_preset(name) for name in PRESET_NAMES]
        facts: dict[str, Any] = {
            "presets": [
                {"name": p.key, "label": p.label, "source": p.source, "about": p.about, "people": p.people_count}
                for p in every
            ]
        }
        return answer(
            asked, facts, lambda: "\n\n".join(f"{p.key}: {p.label}\n  {p.about}\n  {p.source}" for p in every)
        )
    preset = read_preset(asked.name)
    figures = [{"name": f.name, "value": f.value, "where": f.where, "note": f.note} for f in preset.figures]
    tables = [
        {
            "title": t.title,
            "where": t.where,
            "columns": list(t.columns),
            "rows": [list(row) for row in t.rows],
            "total": list(t.total),
            "disagrees": t.disagrees,
        }
        for t in preset.tables
    ]
    told = {
        "preset": {"name": preset.key, "label": preset.label, "source": preset.source, "about": preset.about},
        "review_rules": _rules(preset),
        "programme": _programme(preset),
    }
    return answer(asked, {**told, "figures": figures, "tables": tables}, lambda: _words(preset))


def _rules(preset: Preset) -> dict[str, Any]:
    rules = preset.rules or ReviewRules()
    return {
        "first_days": rules.first_days,
        "repeat_months": rules.repeat_months,
        "more_kinds": [each.label for each in preset.review_types],
    }


def _programme(preset: Preset) -> dict[str, Any] | None:
    plan = preset.programme
    if plan is None:
        return None
    return {
        "name": plan.name,
        "baseline_on": iso(plan.baseline_on),
        "stages": list(plan.stage_ids),
        "aim_percent": plan.aim_percent,
        "aim_people": plan.aim_people,
        "aim_on": iso(plan.aim_on),
    }


def _words(preset: Preset) -> str:
    rules = _rules(preset)
    reviews = f"Reviews: the first after {rules['first_days']} days, then every {rules['repeat_months']} months"
    more = f"; besides: {', '.join(rules['more_kinds'])}" if rules["more_kinds"] else ""
    parts = [f"{preset.label}\n{preset.source}\n{preset.about}", f"{reviews}{more}.\n{_programme_words(preset)}"]
    rows = [(each.name, each.value, each.where, each.note) for each in preset.figures]
    parts.append(table(("Figure", "Value", "Paragraph", "Note"), rows))
    return "\n\n".join([*parts, *map(_table_words, preset.tables)])


def _programme_words(preset: Preset) -> str:
    plan = preset.programme
    if plan is None:
        return "Programme: the paper sets no number of people to move on."
    percent, people = plan.aim_percent, plan.aim_people or 0
    aim = f"{percent:g}%" if percent is not None else text.count(people, "person", "people")
    days = f"from {text.format_date(plan.baseline_on)} to {text.format_date(plan.aim_on)}"
    return f"Programme: {plan.name}: {aim} of those in {', '.join(plan.stage_ids)}, {days}."


def _table_words(printed: PaperTable) -> str:
    rows = [tuple(_cell(each) for each in row) for row in (*printed.rows, *([printed.total] if printed.total else ()))]
    words = f"{printed.title} ({printed.where})\n{table(printed.columns, rows, right=range(1, len(printed.columns)))}"
    return f"{words}\n{printed.disagrees}" if printed.disagrees else words


def _cell(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:,}"

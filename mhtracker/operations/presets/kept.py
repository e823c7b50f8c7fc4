"""What a register keeps of the preset it began as: the figures of its paper, and the programme that may be started.

Kept in the register, not read from the preset's file: an office's own file may be gone.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from mhtracker.domain.names import fold
from mhtracker.domain.presets import Paper, PaperFigure, PaperTable, ProgrammePlan
from mhtracker.domain.records import Programme
from mhtracker.store import Store

PAPER, PROGRAMME = "preset_paper", "preset_programme"
"""The settings that hold them."""


def paper_written(paper: Paper) -> dict[str, Any]:
    """A paper as its setting holds it."""
    return asdict(paper)


def programme_written(plan: ProgrammePlan) -> dict[str, Any]:
    """A programme's plan as its setting holds it."""
    return {**asdict(plan), "baseline_on": plan.baseline_on.isoformat(), "aim_on": plan.aim_on.isoformat()}


def read_paper(store: Store) -> Paper | None:
    """The paper a register began as; None for one that began otherwise."""
    told = store.setting(PAPER)
    if told is None:
        return None
    figures = tuple(PaperFigure(**each) for each in told["figures"])
    tables = tuple(
        PaperTable(
            each["title"],
            each["where"],
            tuple(each["columns"]),
            tuple(tuple(row) for row in each["rows"]),
            tuple(each["total"]),
            each["disagrees"],
        )
        for each in told["tables"]
    )
    return Paper(told["label"], told["source"], told["about"], figures, tables)


def read_plan(store: Store) -> ProgrammePlan | None:
    """The programme that the paper sets out, on the paper's days; None where it sets none."""
    told = store.setting(PROGRAMME)
    if told is None:
        return None
    days = {name: date.fromisoformat(told[name]) for name in ("baseline_on", "aim_on")}
    return ProgrammePlan(**{**told, **days, "stage_ids": tuple(told["stage_ids"])})


def offered_programme(store: Store, day: date) -> ProgrammePlan | None:
    """The preset's programme as it would begin on a day; None where there is none, or it has been started once.

    Stages that the office has retired since are left out, and without any there is nothing to offer.
    """
    plan = read_plan(store)
    if plan is None or any(fold(each.name) == fold(plan.name) for each in store.find(Programme)):
        return None
    known = {stage.id for stage in store.stages() if not stage.retired}
    stages = tuple(each for each in plan.stage_ids if each in known)
    if not stages:
        return None
    return replace(plan.begun_on(day), stage_ids=stages)

"""Adding a stage of the pathway, or changing one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mhtracker.domain.errors import Invalid
from mhtracker.domain.names import fold
from mhtracker.domain.records import Stage
from mhtracker.domain.stage_kinds import kind_of
from mhtracker.operations.settings import save_stage
from mhtracker.store import Store
from mhtracker.ui import tokens
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, NumberEdit

FIRST = "first"
STEP = 10
MARKS = ("keeps_place", "own_home", "optional", "retired")


@dataclass(frozen=True, slots=True)
class StageFacts:
    stage: Stage | None
    stages: tuple[Stage, ...]
    kinds: tuple[Choice, ...]


class StageForm(FormPanel):
    """Changes the stage of `stage_id`, or adds one."""

    def __init__(self, context: Context, *, stage_id: str | None = None) -> None:
        self._stage_id = stage_id
        title, primary = ("Change a stage", "Save stage") if stage_id else ("Add a stage", "Add stage")
        super().__init__(
            context,
            title,
            primary=primary,
            key=f"stage::{stage_id or ''}",
            args={"stage_id": stage_id} if stage_id else {},
        )

    def read(self, store: Store) -> StageFacts:
        stage = store.get(Stage, self._stage_id) if self._stage_id else None
        return StageFacts(stage, store.stages(), tuple(code_choices(store, "stage_kind", _kind(stage))))

    def make_form(self, data: StageFacts) -> Form:
        theme = self.theme
        others = [stage for stage in data.stages if data.stage is None or stage.id != data.stage.id]
        after = [Choice(FIRST, "Nothing: it is the least independent")]
        after += [Choice(stage.id, stage.label, stage) for stage in others]
        colours = [
            Choice(key, key.capitalize(), Stage(key, key.capitalize(), key[0].upper(), key, 0)) for key in tokens.STAGES
        ]
        form = Form(
            theme,
            Ask("label", LineEdit(theme), of=(Stage, "label")),
            Ask("letter", LineEdit(theme, width=48, longest=1), of=(Stage, "letter")),
            Ask("colour", ChoiceEdit(theme, colours), of=(Stage, "colour"), required=True),
            Ask(
                "after", ChoiceEdit(theme, after), label="Comes after", help="Later is more independent.", required=True
            ),
            Ask("limit_days", NumberEdit(theme, least=1), of=(Stage, "limit_days")),
            Ask("kind", ChoiceEdit(theme, data.kinds, blank="Not recorded"), of=(Stage, "kind")),
            *(Ask(name, CheckEdit(theme, _words(name)), label="", help="") for name in MARKS),
            name="Stage",
        )
        self.base = data.stage
        form.set_values(values_of(data.stage, others))
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Stage:
        stages = store.stages()
        stage: Stage | None = self.base
        facts = {name: values[name] for name in ("label", "letter", "colour", "limit_days", *MARKS)}
        facts["kind"] = values["kind"] or None
        others = [each for each in stages if stage is None or each.id != stage.id]
        level = level_after(values["after"], others, stage)
        if stage is None:
            return save_stage(store, Stage(id=key_for(values["label"], stages), level=level, **facts))
        return save_stage(store, replace(stage, level=level, **facts))

    def said(self, result: Stage) -> str:
        return f"{'Changed' if self._stage_id else 'Added'} the stage {result.label}."


def _kind(stage: Stage | None) -> str | None:
    return kind_of(stage) if stage is not None else None


def _words(name: str) -> str:
    from mhtracker.domain.fields import field_label

    return field_label(Stage, name)


def values_of(stage: Stage | None, others: Sequence[Stage]) -> dict[str, Any]:
    """What the form shows of a stage, or for a new one."""
    if stage is None:
        return {"colour": "other", "after": others[-1].id if others else FIRST}
    before = [other for other in others if other.level < stage.level]
    names = ("label", "letter", "colour", "limit_days", *MARKS)
    return {name: getattr(stage, name) for name in names} | {
        "kind": _kind(stage),
        "after": before[-1].id if before else FIRST,
    }


def level_after(after: str, others: Sequence[Stage], stage: Stage | None) -> int:
    """A level between the stage `after` and the next. A stage that stands there already keeps its own."""
    place = next((n for n, other in enumerate(others) if other.id == after), -1)
    low = others[place].level if place >= 0 else None
    high = others[place + 1].level if place + 1 < len(others) else None
    if stage is not None and (low is None or stage.level > low) and (high is None or stage.level < high):
        return stage.level
    if low is None:
        return (high if high is not None else 2 * STEP) - STEP
    if high is None:
        return low + STEP
    if high - low < 2:
        raise Invalid({"after": "There is no room left between these two stages. Choose another place."})
    return (low + high) // 2


def key_for(label: str, stages: Sequence[Stage]) -> str:
    """A new stage's stable key, made from its name."""
    base = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:30] or "stage"
    base = base if base[0].isalpha() else f"stage_{base}"
    taken = {stage.id for stage in stages}
    return next(key for key in (base, *(f"{base}_{n}" for n in range(2, 1000))) if key not in taken)

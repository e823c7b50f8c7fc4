"""The register's own settings: stages, code lists, review rules, the office's name. All audited and undoable."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from mhtracker.domain import office_rules
from mhtracker.domain.clean_text import clean_line
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import CodeItem, Placement, Setting, Stage
from mhtracker.domain.reviewing.due import ReviewRules
from mhtracker.operations.drafting import Preview, drafted, previewed
from mhtracker.store import Store

_LABELS = {"council": "Change council’s name", "review_rules": "Change review rules"}


def change_setting(store: Store, key: str, value: Any) -> Setting:
    """Set one of the register's settings: anything JSON can hold."""
    if isinstance(value, str):
        value = clean_line(value)
    written = json.dumps(value, ensure_ascii=False, sort_keys=True)
    with store.operation(_LABELS.get(key, "Change setting")) as work:
        known = store.peek(Setting, key)
        return work.save(replace(known, value=written) if known is not None else Setting(key, written))


def save_review_rules(store: Store, rules: ReviewRules) -> ReviewRules:
    """Change when reviews fall due, for everybody and at once. Raises Invalid."""
    office_rules.check_review_rules(rules)
    change_setting(store, "review_rules", asdict(rules))
    return rules


def preview_review_rules(rules: ReviewRules) -> Preview:
    """What saving these rules would say, such as that the guidance expects shorter ones."""
    return previewed(lambda: office_rules.check_review_rules(rules))


def save_stage(store: Store, stage: Stage) -> Stage:
    """Add a stage (version 0) or change one. A stage that somebody is in cannot be retired. Raises Invalid."""
    with store.operation("Add stage" if stage.version == 0 else "Change stage") as work:
        stage = drafted(store, stage)
        office_rules.check_stage(stage, store.stages())
        if stage.version == 0 and store.peek(Stage, stage.id) is not None:
            raise Invalid({"id": f"There is a stage with the key {stage.id} already. Choose another key."})
        if stage.retired and work.find(Placement, stage_id=stage.id, ended_on=None):
            words = f"People are in {stage.label} now. Record their moves first, then retire the stage."
            raise Invalid({"retired": words})
        return work.save(stage)


def save_code(store: Store, item: CodeItem) -> CodeItem:
    """Add an entry to a code list (version 0) or change one; retire it with `valid_to`. Raises Invalid."""
    with store.operation("Add to code list" if item.version == 0 else "Change code list") as work:
        item = drafted(store, item)
        if item.version == 0:
            item = replace(item, id=f"{item.list_name}/{item.code}")
        listed = store.codes(item.list_name)
        if item.version == 0 and any(other.id == item.id for other in listed):
            raise Invalid({"code": f"The list has the code {item.code} already. Choose another."})
        office_rules.check_code(item, listed)
        if item.position == 0:
            item = replace(item, position=max((other.position for other in listed), default=0) + 1)
        return work.save(item)

"""What to say and offer when somebody else changed the same field while a form was open."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import Conflict
from mhtracker.domain.fields import FIELDS, field_label, label_of
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.banner import Banner


def fields_in_conflict(error: Conflict, base: Any) -> list[str]:
    """The fields that both changed, and not to the same."""
    names = [field.name for field in dataclasses.fields(error.theirs) if field.name not in ("id", "version")]
    return [
        name
        for name in names
        if getattr(error.theirs, name) != getattr(base, name)
        and getattr(error.mine, name) not in (getattr(base, name), getattr(error.theirs, name))
    ]


def value_words(record_type: type[Any], name: str, value: Any, labels: Mapping[tuple[str, Any], str]) -> str:
    """A field's value as people read it."""
    if (name, value) in labels:
        return labels[name, value]
    if value in (None, ""):
        return "nothing"
    if isinstance(value, date):
        return text.format_date(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name.endswith("_pence"):
        return text.format_pence(value)
    if name == "nhs_number":
        return text.format_nhs(value)
    told = FIELDS.get(record_type, {}).get(name)
    return label_of(told.code_list, str(value)) if told and told.code_list else f"“{value}”"


def conflict_banner(
    theme: Theme,
    error: Conflict,
    base: Any,
    *,
    keep_mine: Callable[[], object],
    use_theirs: Callable[[], object],
    labels: Mapping[tuple[str, Any], str],
) -> Banner:
    """Who changed what: their value and yours for each field, and the two ways out."""
    kind = type(error.theirs)
    lines = []
    names = fields_in_conflict(error, base)
    for name in names:
        theirs = value_words(kind, name, getattr(error.theirs, name), labels)
        mine = value_words(kind, name, getattr(error.mine, name), labels)
        lines.append(f"{field_label(kind, name)}. Theirs: {theirs}. Yours: {mine}.")
    what = field_label(kind, names[0]).lower() if len(names) == 1 else "the same fields"
    title = f"{error.who or 'Somebody'} changed {what} while you were typing."
    return Banner(
        theme,
        "\n".join(lines),
        title=title,
        family="warn",
        buttons=[("Keep mine", keep_mine), ("Use theirs", use_theirs)],
    )

"""What people are told of one field."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """What people are told of a field. `personal`: it can say who someone is, so it never reaches a log.

    `ahead` is a date that is still to come when it is written: of two readings the one ahead is offered first.

    `code_list` names the list its values come from; `unit` stands behind the value ("days").
    """

    name: str
    label: str
    help: str = ""
    unit: str = ""
    code_list: str = ""
    personal: bool = False
    required: bool = False
    ahead: bool = False


def by_name(*fields: Field) -> dict[str, Field]:
    """Fields by their names."""
    return {field.name: field for field in fields}

"""Reads presets: the five that come with the program, and an office's own in the same form."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

from mhtracker import assets
from mhtracker.domain.errors import Invalid, NotFound
from mhtracker.domain.money.weekly import Frequency
from mhtracker.domain.presets import PRESET_NAMES, DemoGroup, PaperFigure, PaperTable, Preset, ProgrammePlan
from mhtracker.domain.records import Contract, CostTable, CostTableRow, Provider, Record, ReviewType, Service, Stage
from mhtracker.domain.reviewing.due import ReviewRules

_MONEY = {"value": "value_pence", "rate": "rate_pence"}
R = TypeVar("R", bound=Record)
T = TypeVar("T")


def read_preset(name: str) -> Preset:
    """A preset by its name, or an office's own by the path of its .toml file. Raises NotFound, Invalid."""
    path = assets.path("presets", f"{name}.toml") if name in PRESET_NAMES else Path(name)
    if path.suffix != ".toml" or not path.is_file():
        raise NotFound(
            f"There is no preset “{name}”. There are {', '.join(PRESET_NAMES)}, and any .toml file in their form."
        )
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid({"": f"“{path.name}” is not written as a preset: {error}."}) from error
    return _Reader(path.name).preset(path.stem, told)


class _Reader:
    """Turns what a file says into a preset; each refusal names the file, the part and the word in it."""

    def __init__(self, file_name: str) -> None:
        self._file = file_name

    def preset(self, key: str, told: Mapping[str, Any]) -> Preset:
        self._known(
            told,
            "the file",
            "preset stage provider service contract cost_table programme review_rules review_type figure table people",
        )
        head = self._part(told, "preset")
        self._known(head, "preset", "label source about as_at council localities")
        services = tuple(self._service(each) for each in told.get("service", ()))
        made = Preset(
            key=key,
            label=self._need(head, "label", str, "preset"),
            source=str(head.get("source", "")),
            about=str(head.get("about", "")),
            as_at=self._need(head, "as_at", date, "preset"),
            council=str(head.get("council", "")),
            stages=tuple(self._record(Stage, each, "stage") for each in told.get("stage", ())),
            rules=self._rules(told.get("review_rules")),
            review_types=tuple(
                self._record(ReviewType, self._renamed(each, stage="stage_id"), "review_type")
                for each in told.get("review_type", ())
            ),
            localities=tuple(head.get("localities", ())),
            providers=tuple(self._record(Provider, each, "provider", id=each.get("name")) for each in told["provider"])
            if "provider" in told
            else (),
            services=services,
            contracts=tuple(self._contract(each) for each in told.get("contract", ())),
            cost_tables=tuple(self._cost_table(each) for each in told.get("cost_table", ())),
            programme=self._programme(told.get("programme")),
            figures=tuple(self._made(PaperFigure, each, "figure") for each in told.get("figure", ())),
            tables=tuple(self._paper_table(each) for each in told.get("table", ())),
            people=tuple(self._group(each) for each in told.get("people", ())),
        )
        self._check_names(made)
        return made

    def _service(self, told: Mapping[str, Any]) -> Service:
        return self._record(
            Service, self._renamed(told, provider="provider_id", stage="stage_id"), "service", id=told.get("name")
        )

    def _contract(self, told: Mapping[str, Any]) -> tuple[Contract, tuple[str, ...]]:
        rest = {name: value for name, value in told.items() if name != "services"}
        contract = self._record(Contract, self._renamed(rest, provider="provider_id"), "contract", id=told.get("name"))
        return contract, tuple(told.get("services", ()))

    def _cost_table(self, told: Mapping[str, Any]) -> tuple[CostTable, tuple[CostTableRow, ...]]:
        rest = {name: value for name, value in told.items() if name != "rows"}
        table = self._record(CostTable, rest, "cost_table", id=told.get("name"))
        rows = []
        for place, each in enumerate(told.get("rows", ())):
            people, pounds = self._pair(each, "as_is")
            to_people, to_pounds = self._pair(each, "to_be") if "to_be" in each else (None, None)
            label = self._need(each, "label", str, "cost_table")
            to_pence = to_pounds * 100 if to_pounds is not None else None
            rows.append(
                CostTableRow(
                    label, table.id, label, place, each.get("stage"), people, pounds * 100, to_people, to_pence
                )
            )
        return table, tuple(rows)

    def _pair(self, told: Mapping[str, Any], name: str) -> tuple[int | None, int]:
        """People and pounds a year; pounds alone where the paper does not say how many people they are for."""
        found = told.get(name)
        if not (isinstance(found, list) and 1 <= len(found) <= 2 and all(isinstance(each, int) for each in found)):
            words = "is people and pounds a year, such as [96, 1_673_100], or pounds alone, such as [1_673_100]"
            raise self._wrong("cost_table", name, words)
        return found[0] if len(found) == 2 else None, found[-1]

    def _programme(self, told: Mapping[str, Any] | None) -> ProgrammePlan | None:
        if told is None:
            return None
        renamed = self._renamed(told, stages="stage_ids")
        return self._made(ProgrammePlan, {**renamed, "stage_ids": tuple(renamed.get("stage_ids", ()))}, "programme")

    def _paper_table(self, told: Mapping[str, Any]) -> PaperTable:
        columns, rows = tuple(told.get("columns", ())), tuple(tuple(row) for row in told.get("rows", ()))
        if any(len(row) != len(columns) for row in (*rows, *([told["total"]] if told.get("total") else []))):
            raise self._wrong("table", str(told.get("title", "")), f"has rows that are not {len(columns)} long")
        made = {**told, "columns": columns, "rows": rows, "total": tuple(told.get("total", ()))}
        return self._made(PaperTable, made, "table")

    def _group(self, told: Mapping[str, Any]) -> DemoGroup:
        made = self._renamed(told, stage="stage_id", rates="rates_pence")
        for name in ("net_year", "person_year", "health_year"):
            if name in made:
                made[f"{name}_pence"] = made.pop(name) * 100
        if "week_before" in made:
            made["week_before_pence"] = round(made.pop("week_before") * 100)
        for name in ("ages", "stays_years"):
            if name in made:
                made[name] = tuple(made[name])
        if "rates_pence" in made:
            made["rates_pence"] = tuple(round(each * 100) for each in made["rates_pence"])
        if "week_before_pence" in made and not ("since" in made and "net_year_pence" in made):
            raise self._wrong("people", "week_before", "needs since, the day until which it held, and net_year")
        return self._made(DemoGroup, made, "people")

    def _rules(self, told: Mapping[str, Any] | None) -> ReviewRules | None:
        return None if told is None else self._made(ReviewRules, told, "review_rules")

    def _record(self, record_type: type[R], told: Mapping[str, Any], part: str, **more: Any) -> R:
        given = {**told, **more}
        for name, field in _MONEY.items():
            if name in given:
                given[field] = round(given.pop(name) * 100)
        return self._made(record_type, given, part)

    def _made(self, kind: type[T], told: Mapping[str, Any], part: str) -> T:
        names = {field.name for field in fields(cast(Any, kind))} - {"version"}
        self._known(told, part, " ".join(names))
        try:
            return kind(**told)
        except TypeError as error:
            lacking = str(error).rpartition(":")[2].strip() or "something"
            raise self._wrong(part, lacking, "is missing") from error

    def _check_names(self, made: Preset) -> None:
        stages, providers = {each.id for each in made.stages}, {each.name for each in made.providers}
        services = {each.name for each in made.services}
        for service in made.services:
            self._among(service.stage_id, stages, "service", "stage")
            self._among(service.provider_id, providers, "service", "provider")
        for contract, covered in made.contracts:
            self._among(contract.provider_id, providers, "contract", "provider")
            for name in covered:
                self._among(name, services, "contract", "services")
        for review_type in made.review_types:
            self._among(review_type.stage_id, stages, "review_type", "stage")
        for group in made.people:
            self._among(group.stage_id, stages, "people", "stage")
            self._among(group.service or None, services, "people", "service")
        frequencies = {each.value for each in Frequency}
        for service in made.services:
            self._among(service.rate_frequency, frequencies, "service", "rate_frequency")
        for contract, _ in made.contracts:
            self._among(contract.value_frequency, frequencies, "contract", "value_frequency")

    def _among(self, name: str | None, known: set[str], part: str, field: str) -> None:
        if name is not None and name not in known:
            raise self._wrong(part, field, f"says “{name}”, which is none of {', '.join(sorted(known)) or 'none'}")

    def _renamed(self, told: Mapping[str, Any], **names: str) -> dict[str, Any]:
        return {names.get(name, name): value for name, value in told.items()}

    def _part(self, told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        if not isinstance(told.get(name), dict):
            raise self._wrong("the file", name, "is missing")
        return told[name]  # type: ignore[no-any-return]

    def _need(self, told: Mapping[str, Any], name: str, kind: type[T], part: str) -> T:
        value = told.get(name)
        if not isinstance(value, kind):
            raise self._wrong(part, name, "is missing")
        return value

    def _known(self, told: Mapping[str, Any], part: str, names: str) -> None:
        for name in told:
            if name not in names.split():
                raise self._wrong(part, name, "is not something a preset tells")

    def _wrong(self, part: str, name: str, words: str) -> Invalid:
        return Invalid({"": f"“{self._file}” cannot be used: in {part}, “{name}” {words}."})

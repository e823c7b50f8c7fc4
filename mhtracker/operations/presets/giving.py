"""Gives a new register what a preset arranges: stages, services, contracts, tables; its paper and programme to keep."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace

from mhtracker.domain import office_rules
from mhtracker.domain.errors import Refused
from mhtracker.domain.presets import Preset
from mhtracker.domain.records import CostTable, Person, Service, Setting, Stage, new_id
from mhtracker.operations.places.services import find_or_add_provider
from mhtracker.operations.presets.kept import PAPER, PROGRAMME, paper_written, programme_written
from mhtracker.operations.review_types import put_review_type
from mhtracker.store import Store, Work


def apply_preset(store: Store, preset: Preset, *, ids: Callable[[], str] = new_id) -> None:
    """Set a register up as a preset arranges it, as one operation. Its own stages go; its kinds of review stay.

    Raises Refused for a register that holds people already: their stages cannot be exchanged under them.
    """
    if store.find(Person):
        raise Refused("A preset sets up a new register. This one holds people already, so it keeps its pathway.")
    with store.operation(f"Set up as {preset.label}") as work:
        _set(work, "preset", preset.key)
        _set(work, PAPER, paper_written(preset.paper))
        if preset.programme is not None:
            _set(work, PROGRAMME, programme_written(preset.programme))
        if preset.rules is not None:
            office_rules.check_review_rules(preset.rules)
            _set(work, "review_rules", asdict(preset.rules))
        if preset.localities:
            _set(work, "localities", list(preset.localities))
        if preset.stages:
            _stages(work, preset)
        for review_type in preset.review_types:
            put_review_type(work, review_type)
        services = _services(work, preset, ids)
        for contract, covered in preset.contracts:
            provider = find_or_add_provider(work, contract.provider_id)
            service_ids = " ".join(services[name].id for name in covered)
            work.save(replace(contract, id=ids(), provider_id=provider.id, service_ids=service_ids))
        for table, rows in preset.cost_tables:
            saved: CostTable = work.save(replace(table, id=ids(), preset=preset.key))
            work.add_many([replace(row, id=ids(), table_id=saved.id) for row in rows])


def _set(work: Work, key: str, value: object) -> None:
    written = json.dumps(value, ensure_ascii=False, sort_keys=True)
    known = next(iter(work.find(Setting, id=key)), None)
    work.save(replace(known, value=written) if known is not None else Setting(key, written))


def _stages(work: Work, preset: Preset) -> None:
    known = {stage.id: stage for stage in work.find(Stage)}
    for stage in known.values():
        if stage.id not in {each.id for each in preset.stages}:
            # Its level must be free for a stage of the preset, and kinds of review may still name it.
            work.save(replace(stage, retired=True))
    for place, stage in enumerate(preset.stages):
        office_rules.check_stage(stage, preset.stages[:place])
        work.save(replace(stage, version=known[stage.id].version if stage.id in known else 0))


def _services(work: Work, preset: Preset, ids: Callable[[], str]) -> dict[str, Service]:
    providers = {}
    for provider in preset.providers:
        providers[provider.name] = work.save(replace(provider, id=ids()))
    return {
        service.name: work.save(
            replace(
                service,
                id=ids(),
                provider_id=providers[service.provider_id].id if service.provider_id is not None else None,
            )
        )
        for service in preset.services
    }

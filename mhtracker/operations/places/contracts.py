"""Contracts with providers: added, changed, extended by an option, ended early."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from mhtracker import text
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.places.waiting_rules import check_contract, check_extension
from mhtracker.domain.records import Contract, Provider, Service, new_id
from mhtracker.operations.drafting import Preview, changed, drafted, previewed_record
from mhtracker.store import Store


def add_contract(store: Store, provider_id: str, *, name: str, **facts: Any) -> Contract:
    """Record a contract with a provider. `service_ids` are parted by spaces, "" for all of theirs. Raises Invalid."""
    with store.operation("Add contract") as work:
        contract = _new(store, provider_id, {"name": name, **facts})
        _check(store, contract)
        work.label = f"Add contract with {work.get(Provider, provider_id).name}"
        return work.save(contract)


def edit_contract(store: Store, contract_id: str, *, base: Contract | None = None, **changes: Any) -> Contract:
    """Change a contract's facts. Raises Invalid, Conflict."""
    with store.operation("Change contract") as work:
        contract = drafted(store, changed(store, work.get(Contract, contract_id), _cleaned(changes), base))
        _check(store, contract)
        return work.save(contract)


def extend_contract(store: Store, contract_id: str, *, to: date | None = None) -> Contract:
    """Use an option: the contract ends later (at the latest day it may without `to`). Raises Invalid."""
    with store.operation("Extend contract") as work:
        contract = work.get(Contract, contract_id)
        day = to or contract.extendable_to or contract.ends_on or work.today
        check_extension(contract, day)
        work.label = f"Extend {contract.name} to {text.format_date(day)}"
        return work.save(replace(contract, ends_on=day))


def end_contract(store: Store, contract_id: str, *, ended_on: date | None = None) -> Contract:
    """End a contract before its day. Notice may be given ahead. Raises Invalid."""
    with store.operation("End contract") as work:
        contract = work.get(Contract, contract_id)
        if contract.ended_on is not None:
            raise Invalid({"": f"It was ended on {write_date(contract.ended_on)} already."})
        ended = replace(contract, ended_on=ended_on or work.today)
        _check(store, ended)
        work.label = f"End {contract.name}"
        return work.save(ended)


def preview_contract(store: Store, contract_id: str | None = None, **fields: Any) -> Preview:
    """What adding a contract (no id) or changing one would say."""
    return previewed_record(
        store.get(Contract, contract_id) if contract_id is not None else None,
        lambda: _new(store, fields.get("provider_id") or "", {"name": "", **fields}),
        lambda contract: drafted(store, changed(store, contract, _cleaned(fields), None)),
        partial(_check, store),
    )


def _new(store: Store, provider_id: str, facts: Mapping[str, Any]) -> Contract:
    return drafted(store, Contract(new_id(), **{**_cleaned(facts), "provider_id": provider_id}))


def _cleaned(facts: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(facts)
    if "service_ids" in given:
        given["service_ids"] = " ".join(dict.fromkeys(given["service_ids"].split()))
    return given


def _check(store: Store, contract: Contract) -> tuple[Caution, ...]:
    others = store.find(Contract, provider_id=contract.provider_id)
    return check_contract(contract, others, store.find(Service), today=store.today)

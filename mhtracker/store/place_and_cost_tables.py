"""The tables of places, contracts and costs."""

from __future__ import annotations

from sqlalchemy import Boolean, Date, Float, Integer, Table

from mhtracker.domain.records import (
    Contract,
    CostLine,
    CostTable,
    CostTableRow,
    FundingSplit,
    Hold,
    Offer,
    Record,
    Unit,
    Waiting,
)
from mhtracker.store.columns import id_column, may, metadata, need, ref_column, version_column

units = Table(
    "units",
    metadata,
    id_column(),
    ref_column("service_id", "services"),
    need("name"),
    need("features"),
    may("opened_on", Date),
    may("closed_on", Date),
    need("note"),
    version_column(),
)

holds = Table(
    "holds",
    metadata,
    id_column(),
    ref_column("service_id", "services"),
    need("started_on", Date),
    ref_column("unit_id", "units", nullable=True),
    ref_column("person_id", "people", nullable=True),
    may("until_on", Date),
    may("ended_on", Date),
    need("reason_code"),
    need("note"),
    need("held_by"),
    version_column(),
)

waiting = Table(
    "waiting",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("since_on", Date),
    ref_column("stage_id", "stages", nullable=True, index=False),
    ref_column("service_id", "services", nullable=True),
    need("localities"),
    need("features"),
    need("priority"),
    need("priority_reason"),
    need("needs_home", Boolean),
    may("own_wish", Boolean),
    may("funding_agreed", Boolean),
    need("note"),
    may("ended_on", Date),
    may("end_reason"),
    version_column(),
)

offers = Table(
    "offers",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    ref_column("waiting_id", "waiting"),
    ref_column("service_id", "services"),
    need("offered_on", Date),
    ref_column("unit_id", "units", nullable=True),
    may("answer"),
    may("answered_on", Date),
    may("reason_code"),
    need("reason"),
    version_column(),
)

contracts = Table(
    "contracts",
    metadata,
    id_column(),
    ref_column("provider_id", "providers"),
    need("name"),
    need("service_ids"),
    need("reference"),
    need("lot"),
    may("started_on", Date),
    may("ends_on", Date),
    may("extendable_to", Date),
    may("value_pence", Integer),
    need("value_frequency"),
    need("warn_months", Integer),
    may("ended_on", Date),
    need("note"),
    version_column(),
)

cost_lines = Table(
    "cost_lines",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("kind"),
    need("rate_pence", Integer),
    need("started_on", Date),
    need("frequency"),
    may("units", Float),
    may("ended_on", Date),
    ref_column("placement_id", "placements", nullable=True),
    need("what"),
    may("taper_id"),
    version_column(),
)

funding_splits = Table(
    "funding_splits",
    metadata,
    id_column(),
    ref_column("person_id", "people"),
    need("started_on", Date),
    need("person_pence", Integer),
    may("health_percent", Float),
    may("health_pence", Integer),
    may("ended_on", Date),
    may("agreed_on", Date),
    need("agreed_by"),
    need("note"),
    version_column(),
)

cost_tables = Table(
    "cost_tables",
    metadata,
    id_column(),
    need("name"),
    need("as_is_on", Date),
    may("to_be_on", Date),
    need("preset"),
    need("note"),
    version_column(),
)

cost_table_rows = Table(
    "cost_table_rows",
    metadata,
    id_column(),
    ref_column("table_id", "cost_tables"),
    need("label"),
    need("position", Integer),
    ref_column("stage_id", "stages", nullable=True, index=False),
    may("as_is_people", Integer),
    need("as_is_year_pence", Integer),
    may("to_be_people", Integer),
    may("to_be_year_pence", Integer),
    version_column(),
)

PLACE_AND_COST_TABLES: dict[type[Record], Table] = {
    Unit: units,
    Hold: holds,
    Waiting: waiting,
    Offer: offers,
    Contract: contracts,
    CostLine: cost_lines,
    FundingSplit: funding_splits,
    CostTable: cost_tables,
    CostTableRow: cost_table_rows,
}
"""In an order in which rows may be inserted."""

"""The day the benchmarks look from: that of the demo registers they are made on."""

from datetime import date

AS_AT = date(2026, 7, 14)

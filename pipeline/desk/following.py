"""A figure followed further down: from the workbook that a lower office forwarded to the cells of its returns."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.desk.lower import Lower, Version, of_period, roles
from pipeline.tables.explain import Explanation, Source
from pipeline.values.files import short
from pipeline.values.machine import MACHINE, MONTH, heading_of

if TYPE_CHECKING:
    import pandas as pd


def followed(explanation: Explanation, lower: Lower) -> Explanation:
    """The explanation with what is below each of its sources, as far as it is at hand."""
    sources = tuple(_followed(source, lower) for source in explanation.sources)
    return replace(explanation, sources=sources, parts=tuple(followed(part, lower) for part in explanation.parts))


def _followed(source: Source, lower: Lower) -> Source:
    version = lower.by_short(source.digest)
    if version is None:
        return source
    own = _cells(source, version) if version.facts is not None else _rows(source, version)
    below = tuple(sorted((_followed(one, lower) for one in own if one.value), key=lambda one: -abs(one.value)))
    return replace(source, below=below)


def _cells(source: Source, version: Version) -> Iterator[Source]:
    """The facts of the version that add up to a source, with their cells."""
    facts = roles(version.facts)  # type: ignore[arg-type]  # asked before
    _, table, line, column = source.number
    own: pd.DataFrame = facts[
        (facts["table"] == table) & (facts["line"] == line) & (facts["column"] == column)
        & (facts["period"] == source.period)
    ].dropna(subset=["value"])  # fmt: skip
    for fact in own.itertuples(index=False):
        steps = source.quantity.read(_decimal(fact.value))
        yield replace(
            source, unit=version.names.get(str(fact.unit), str(fact.unit)), value=steps or 0, file=str(fact.file),
            place=f"{fact.sheet}!{fact.cell}", digest=short(str(fact.return_sha256)), below=(),
        )  # fmt: skip


def _rows(source: Source, version: Version) -> Iterator[Source]:
    """Without the office's papers: the rows of its machine sheet, with the hash of each return."""
    edition, table, line, column = source.number
    for row in of_period(version.rows, source.period):
        number = row.numbers.get(heading_of(line, column))
        if (row.edition, row.table, row.measure) == (edition, table, MONTH) and number is not None:
            steps = source.quantity.read(_decimal(number))
            yield replace(
                source, unit=row.name, value=steps or 0, file=version.manifest.workbook,
                place=f"{MACHINE} 第{row.at}行", digest=row.source, below=(),
            )  # fmt: skip


def _decimal(value: object) -> Decimal:
    return Decimal(str(value)).normalize()

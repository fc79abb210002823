"""Tables about applicants: a cell of one or two of them may tell who they are."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.tables.outcome import Outcome
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.leaks import id_of
from pipeline.values.table import Table

TOLD = 3  # cells that are named


def few(outcome: Outcome) -> list[Finding]:
    """A question for each table that its form calls one about applicants, where a cell counts fewer than it may."""
    fewest = outcome.office.settings.thresholds.fewest_applicants
    return [told for table in outcome.tables if table.annual.applicants for told in _asked(table, fewest)]


def _asked(table: Table, fewest: int) -> Iterator[Finding]:
    cells = list(_cells(table, fewest))
    if cells:
        told = "、".join(cells[:TOLD]) + ("等" if len(cells) > TOLD else "")
        place = Place(sheet=table.annual.sheet)
        facts = {"title": table.annual.title, "count": len(cells), "cells": told, "most": fewest - 1}
        finding = tell("W-LEAK-03", place, value=f"{len(cells)}格", **facts)
        yield replace(finding, id=id_of(table.annual.id, "；".join(cells)))


def _cells(table: Table, fewest: int) -> Iterator[str]:
    """The cells of few, as row, column and number; what is added up is told by its parts."""
    for row in (row for row in table.rows if not row.adds):
        for n, column in enumerate(table.columns):
            number = row.answers[n].number
            if column.ratio is None and number is not None and 0 < number < fewest:
                yield f"{row.label}“{column.name}”{number}{table.quantity(row, n).unit}"

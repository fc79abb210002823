"""Three routes to every printed cell that know nothing of each other: plain Python over the data files, the workbook
recalculated, the tables. Numbers, how many returns they rest on, and reasons.
"""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from pipeline.outbox.publish.machine import MACHINE
from pipeline.tables.outcome import Outcome
from schemas.rules.terms import Ratio
from tests.publish.reading import by_formualizer, differences, shortened, shown

GRAVEST = ("未报", "退回", "待核实", "未填", "当时未列")


def parting(folder: Path, outcome: Outcome) -> dict[object, object]:
    """Every cell on which two of the routes part, over a year's folder of the outbox; none where all agree."""
    (workbook,) = folder.glob("*汇总.xlsx")
    return {**by_hand(folder / "data", outcome), **as_kept(folder / "data", outcome), **recalculated(workbook)}


def by_hand(data: Path, outcome: Outcome) -> dict[object, object]:
    """The cells of the tables that come to something else in plain Python over facts.csv and returns.csv."""
    plain, found = Plain(data, outcome), {}
    for table in outcome.tables:
        for row in table.rows:
            for n, (column, answer) in enumerate(zip(table.columns, row.answers, strict=True)):
                own = plain.cell(row.counts[n], column.months or row.months, row.units)
                told = (answer.number, answer.there, answer.owed, "" if answer.some else answer.why.words)
                if own != told and row.kind != "heading":
                    found[table.annual.id, row.label, column.name] = (own, told)
    return found


def as_kept(data: Path, outcome: Outcome) -> dict[object, object]:
    """The cells of the tables that are kept in printed.csv otherwise, or not, and those kept that are in no table."""
    kept = {(r["table"], r["label"], r["heading"]): r["value"] or r["why"] for r in rows(data / "printed.csv")}
    printed = {
        (table.annual.id, row.label, column.name): (
            str(table.quantity(row, n).exact(answer.steps)) if answer.some else answer.why.words
        )
        for table in outcome.tables
        for row in table.rows
        for n, (column, answer) in enumerate(zip(table.columns, row.answers, strict=True))
    }
    return {at: (kept.get(at), printed.get(at)) for at in kept | printed if kept.get(at) != printed.get(at)}


def recalculated(workbook: Path) -> dict[object, object]:
    """The cells that show something else once every formula is calculated anew."""
    lean = shortened(workbook, MACHINE, workbook.with_name("lean.xlsx"))
    try:
        return dict(differences(shown(lean), shown(by_formualizer(lean))))
    finally:
        lean.unlink()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Plain:
    """Counts cells out of facts.csv and returns.csv by hand, with the form's words about what is asked."""

    def __init__(self, data: Path, outcome: Outcome) -> None:
        self.form, self.office = outcome.form, outcome.office
        registers = {entry.table for entry in self.form.entries.values() if entry.derived}
        self.facts: dict[tuple[str, ...], Decimal] = {}
        self.there: set[tuple[str, str]] = set()
        for fact in rows(data / "facts.csv"):
            self.there.add((fact["unit"], fact["period"]))
            if fact["measure"] == "month" and (fact["role"] == "input" or fact["table"] in registers) and fact["value"]:
                key = (fact["unit"], fact["period"], fact["table"], fact["line"], fact["column"])
                self.facts[key] = Decimal(fact["value"])
        self.states: dict[tuple[str, str], set[str]] = {}
        for one in rows(data / "returns.csv"):
            self.states.setdefault((one["unit"], one["period"]), set()).add(one["state"])

    def cell(self, counted, months, units) -> tuple[int | None, int, int, str]:
        """Number, returns that gave it, returns that owe it, why there is none."""
        if not isinstance(counted, Ratio):
            return self._sum(counted, months, units)
        (top, _, _, over), (bottom, _, _, under), (_, there, owed, _) = (
            self._sum(one, months, units) for one in (counted.top, counted.bottom, counted.sums[2])
        )
        if top is None or bottom is None:
            why = [word for word, number in ((over, top), (under, bottom)) if number is None]
            return None, there, owed, next(word for word in (*GRAVEST, "—") if word in why)
        if not bottom:
            return None, there, owed, "—"
        (above, below), times = counted.counted, 100 if counted.quantity.unit == "%" else 1
        number = times * Decimal(top).scaleb(-above.decimals) / Decimal(bottom).scaleb(-below.decimals)
        exact = number.scaleb(counted.quantity.decimals).quantize(Decimal(1), ROUND_HALF_UP)
        return int(exact), there, owed, ""

    def _sum(self, linear, months, units) -> tuple[int | None, int, int, str]:
        keys = [(u.code, m) for m in months for u in self.office.units_in(m) if units is None or u.code in units]
        total, some, why, owing, lacking = linear.constant, False, set(), set(), set()
        for coefficient, ref in linear.terms:
            entry = self.form.entry(ref)
            asked = [key for key in keys if entry.asked(key[1], key[0])]
            why |= {"当时未列" for _, month in keys if not entry.listed(month)}
            for key in asked if entry.kind == "flow" else self._ends(asked, months, entry.kind):
                owing.add(key)
                number = self._number(key, entry)
                if number is None:
                    lacking.add(key)
                    why.add("未填" if key in self.there else self._state(key))
                else:
                    total, some = total + coefficient * number, True
        gravest = next((word for word in GRAVEST if word in why), "—")
        return (total if some else None, len(owing - lacking), len(owing), "" if some else gravest)

    def _ends(self, asked, months, kind) -> list[tuple[str, str]]:
        """Of a stock the last month that asks it of each unit there at the end, of an opening the first likewise."""
        pick = max if kind == "stock" else min
        there = {unit.code for unit in self.office.units_in(pick(months))}
        return [pick(own) for unit in there if (own := [key for key in asked if key[0] == unit])]

    def _number(self, key, entry) -> int | None:
        number = self.facts.get((*key, entry.table, entry.line, entry.column))
        if number is None and entry.derived and key in self.there:
            return 0
        return None if number is None else int(number.scaleb(entry.quantity.decimals))

    def _state(self, key: tuple[str, str]) -> str:
        states = self.states[key] - {"作废"}
        return "未报" if states == {"未报"} else "退回" if "退回" in states else "待核实"

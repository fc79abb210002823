"""Judge every return on its own: the cover, then the cells, then the rules between them.

Cells that could not be read are not judged further; one cell gets one complaint, the strongest first.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import starmap
from typing import TYPE_CHECKING

from pipeline.judge.block import Block, block_of
from pipeline.judge.copied_reasons import copied_reasons
from pipeline.judge.judging import judge_all, one_a_cell, places_of, remedy, rule_findings
from pipeline.judge.suggestion import suggestion
from pipeline.judge.whole_columns import empty_as_one, together
from pipeline.judge.wide import by_item
from pipeline.values.findings import Finding, Place, make, tell
from pipeline.values.numerals import two_ways
from pipeline.values.taken import AS_TEXT, Taken
from pipeline.values.tally import Tally
from schemas.edition import TRIAL
from schemas.entry import Entry
from schemas.form import Form
from schemas.rules import words
from schemas.rules.terms import Ref, Statement
from schemas.spoken import YES, names_of, zero_report_of

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Rows, Wide
    from schemas.received import Covers


Broken = tuple[Statement, int, int, int]  # with the return, and both sides

EXAMPLE = Decimal("12.5")  # of a number with decimals
TOLD = 5  # cells named in a note
BLANK = "E-MIS-02"


def confirm_zeros(taken: Taken, form: Form) -> Taken:
    """What was taken in, with blanks as confirmed zeros: those of zero reports, and where a table says so by them.

    Every other blank stays a blank, as do all of a return that is empty altogether.
    """
    rows = taken.rows
    silent = rows["table"].isin([table.id for table in form.edition.tables if table.blank == "none"])
    there = set(rows.loc[silent & (rows["role"] == "input") & (rows["state"] != "blank"), "ret"])
    idle = rows["ret"].isin(_zero_reports(taken.covers, form))
    nothing = silent & rows["ret"].isin(there) & (rows["role"] == "input")
    blank = (idle | nothing) & (rows["state"] == "blank") & (rows["measure"] == "month")
    confirmed = rows.assign(value=rows["value"].mask(blank, 0), state=rows["state"].mask(blank, "zero"))
    return replace(taken, rows=confirmed)


def _zero_reports(covers: "DataFrame[Covers]", form: Form) -> set[int]:
    """The returns whose cover says that nothing happened."""
    field = zero_report_of(form.edition)
    return set(covers.loc[(covers["code"] == field.code) & (covers["text"] == YES), "ret"]) if field else set()


def validate(
    taken: Taken, form: Form, limit: int, earlier: "DataFrame[Wide] | None" = None
) -> tuple[list[Finding], Tally]:
    """The findings about each return by itself, and how each rule was judged.

    ``taken`` is as taken in, with zeros confirmed, of one edition; ``limit`` is up to which difference a unit's own
    说明 settles a question. ``earlier`` are returns of other forms in the lines of this one: which cell is wrong is
    also told from the month before.
    """
    import pandas as pd

    places = places_of(taken.returns)
    statements = tuple(s for s in form.judged if not s.spans_months and s.scope == "return")
    wide = possible_block(taken, form).wide
    beside = wide if earlier is None else pd.concat([earlier, wide])
    tally = Tally()
    broken = list(_of_one_cause(judge_all(statements, wide, tally), wide, form))
    findings = [
        *_covers(taken.covers, places, form),
        *empty_as_one(together(_cells(taken, places, form), taken.rows, BLANK), taken.rows, BLANK),
        *copied_reasons(taken.rows, places, form),
        *_busy_zero_reports(taken, places, form),
        *rule_findings(broken, taken.rows, places, form, beside, limit),
        *_register_rules(taken, places, form, tally),
    ]
    told = {(f.ret, f.number) for f in findings if f.level != TRIAL}
    findings += _as_text(taken.rows, places, told)
    return one_a_cell(findings), tally


def _of_one_cause(broken: Iterable[Broken], wide: "DataFrame[Wide]", form: Form) -> Iterator[Broken]:
    """Of what an empty register breaks the first alone: that nothing is in it says the rest."""
    registers = [table.id for table in form.edition.tables if table.shape == "register"]
    empty = {table: set(wide.index[wide[str(Ref(table, "rows"))].eq(0).fillna(False)]) for table in registers}
    told: set[tuple[str, int]] = set()
    for one in broken:
        statement, ret, *_ = one
        causes = {(table, ret) for table in {ref.table for ref in statement.refs} if ret in empty.get(table, ())}
        if not causes & told:
            yield one
        told |= causes


def possible_block(taken: Taken, form: Form) -> Block:
    """Every return that was taken in of a form, all versions, with what is possible of its numbers."""
    known = taken.returns[taken.returns["edition"] != ""]
    return block_of(replace(taken, rows=possible(taken.rows, form)), known, form)


def possible(rows: "DataFrame[Rows]", form: Form) -> "DataFrame[Rows]":
    """The cells without numbers that are too small: they are wrong by themselves, and nothing is judged by them."""
    return rows.assign(value=rows["value"].mask(_too_small(rows, form)))


def _too_small(rows: "DataFrame[Rows]", form: Form) -> "pd.Series[bool]":
    """Which numbers are less than their line can be."""
    below = {f"{table}.{line}" for (table, line), entry in form.entries.items() if entry.least < 0}
    negative = (rows["value"] < 0).fillna(False)
    return negative & ~(rows["table"] + "." + rows["line"]).isin(below) if below else negative


def _covers(covers: "DataFrame[Covers]", places: dict[int, Place], form: Form) -> Iterator[Finding]:
    """What is not filled in on the cover, or is none of the choices; a cover that is not there is told as such."""
    asked = {field.code: field for field in form.edition.cover}
    there = set(covers.loc[covers["sheet"] != "", "ret"])
    for row in covers[covers["ret"].isin(there)].itertuples(index=False):
        field = asked[str(row.code)]
        own, at = places[int(str(row.ret))], Ref("cover", field.code)
        place = replace(own, sheet=str(row.sheet), cell=str(row.cell), number=at)
        text = str(row.text)
        if not text:
            yield tell("E-COV-01", place, label=field.name, prompt=field.prompt)
        elif field.choices and text not in field.choices:
            yield tell("E-COV-02", place, value=text, label=field.name, written=text, choices="、".join(field.choices))


def _cells(taken: Taken, places: dict[int, Place], form: Form) -> Iterator[Finding]:
    """What cannot be a number of that line: text, an error, a fraction, a negative, nothing at all.

    What a formula (本年累计, a total) makes of such a cell is not told again; a zero report may leave cells empty.
    """
    rows = taken.rows
    idle = rows["ret"].isin(_zero_reports(taken.covers, form))
    total = {f"{table}.{line}" for (table, line), entry in form.entries.items() if entry.is_total}
    blank = (rows["state"] == "blank") & ~idle & ~(rows["table"] + "." + rows["line"]).isin(total)
    negative = _too_small(rows, form)
    kinds = rows["problem"].replace(AS_TEXT, "").mask(blank, BLANK).mask(negative, "E-NEG-01")
    wrong = rows.assign(kind=kinds)[kinds != ""]
    causes = {
        (row.ret, str(row.table), str(row.line)) for row in wrong[wrong["role"] == "input"].itertuples(index=False)
    }
    causes |= {(ret, table, form.entries[table, line].parent) for ret, table, line in causes}
    for row in wrong.itertuples(index=False):
        if row.role == "declared" and row.state != "blank" and (row.ret, row.table, row.line) in causes:
            continue
        entry = form.entries[str(row.table), str(row.line)]
        place = places[int(str(row.ret))].at(row)
        yield tell(
            str(row.kind), place, value=str(row.written), **_facts(entry, str(row.measure), str(row.written), form)
        )


def _as_text(rows: "DataFrame[Rows]", places: dict[int, Place], told: Container[object]) -> Iterator[Finding]:
    """The numbers that a return wrote as text, which were read all the same: one note a return."""
    own = rows[rows["problem"] == AS_TEXT]
    numbers = starmap(Ref, zip(own["table"], own["line"], own["measure"], strict=True))
    own = own.loc[[number not in told for number in zip(own["ret"], numbers, strict=True)]]
    for ret, cells in own.groupby("ret"):
        first = [f"{sheet}!{cell}" for sheet, cell in zip(cells["sheet"][:TOLD], cells["cell"][:TOLD], strict=True)]
        some = "、".join(first) + ("等" if len(cells) > TOLD else "")
        yield tell(AS_TEXT, places[int(str(ret))], value=str(len(cells)), count=len(cells), cells=some)


def _facts(entry: Entry, measure: str, written: str, form: Form) -> dict[str, object]:
    label = entry.label if measure == "month" else f"{entry.label}”“{form.edition.words.measure(measure)}"
    facts = {"label": label, "code": entry.line, "unit": entry.unit, "written": written, **names_of(form.edition)}
    example = entry.quantity.read(EXAMPLE)
    facts |= {"places": entry.quantity.places, "example": "" if example is None else entry.quantity.show(example)}
    first, second = two_ways(written) or ("", "")
    return {**facts, "suggestion": suggestion(written), "first": first, "second": second}


def _register_rules(taken: Taken, places: dict[int, Place], form: Form, tally: Tally) -> Iterator[Finding]:
    """Rules about each row of a register, at the field they are answered at."""
    statements = [s for s in form.judged if s.scope == "row"]
    for table in form.edition.tables:
        own = tuple(s for s in statements if s.at.table == table.id)
        if not own:
            continue
        items = by_item(taken.items, taken.returns, table)
        for statement, item, _, _ in judge_all(own, items, tally):
            ret, row = int(items["ret"][item]), int(items["row"][item])
            cells = taken.items[(taken.items["ret"] == ret) & (taken.items["row"] == row)].set_index("field")
            place = replace(places[ret], sheet=cells["sheet"].iloc[0], cell=cells["cell"][statement.at.line])
            texts = {str(field): str(text) for field, text in cells["text"].items()}
            message = words.dates_complaint(statement, form.named, row, texts)
            yield make(
                statement.level, statement.rule, place, texts[statement.at.line], message, remedy(statement, form)
            )


def _busy_zero_reports(taken: Taken, places: dict[int, Place], form: Form) -> Iterator[Finding]:
    """A zero report that has a number in it: one finding a return, at the first."""
    rows, zero = taken.rows, _zero_reports(taken.covers, form)
    there = rows[rows["ret"].isin(zero) & (rows["role"] == "input") & (rows["value"] > 0).fillna(False)]
    for row in there.drop_duplicates("ret").itertuples(index=False):
        entry = form.entries[str(row.table), str(row.line)]
        place = places[int(str(row.ret))].at(row)
        facts = {"label": entry.label, "code": entry.line, "written": row.written, **names_of(form.edition)}
        yield tell("E-ZER-01", place, value=str(row.written), **facts)

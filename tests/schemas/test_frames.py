"""Our own tables, and the schema compiled from a form: many returns judged at once."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest
from pandera.errors import SchemaError, SchemaErrors
from pandera.pandas import DataFrameModel

from schemas import frames, received, reports
from schemas.compiled import schema_for
from schemas.edition import EDITIONS
from schemas.form import Form
from schemas.forms import read_form
from schemas.frames import Facts, Findings, Reconciliation, Returns, columns_of, frame_of
from schemas.office import read_office
from tests.schemas.small import form, verdicts

# DESIGN §4.3: the columns of the data files, which whoever reads them relies on
PUBLISHED = {
    Facts: "period unit table line column measure role value decimals unit_of_measure cell_state quality edition return_sha256 "
    "file sheet cell version ruling",
    Findings: "id level rule unit period file sheet cell value message remedy state",
    Reconciliation: "id title scope unit period left left_value right right_value difference verdict explanation "
    "unit_of_measure",
    Returns: "unit period file sha256 received edition version state days_late must verify typed",
}


@pytest.mark.parametrize(("model", "columns"), PUBLISHED.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_published_table_has_the_columns_that_were_promised(model, columns):
    assert columns_of(model) == columns.split()


MODELS = [
    model
    for module in (frames, received, reports)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, DataFrameModel) and model.__module__ == module.__name__
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_frame_of_a_model_has_its_types_also_when_nothing_lies_in_it(model):
    empty = frame_of(model)

    assert list(empty.columns) == columns_of(model)
    assert "object" not in set(map(str, empty.dtypes))
    assert model.validate(empty).empty


def test_a_frame_of_a_model_is_made_of_tuples_of_mappings_or_of_a_wider_frame():
    row = {"ret": 1, "code": "head", "text": "甲", "sheet": "封面", "cell": "C3"}
    wider = pd.DataFrame([{"else": 0.5, **row}])

    assert frame_of(received.Covers, [tuple(row.values())]).to_dict("records") == [row]
    assert frame_of(received.Covers, [row]).equals(frame_of(received.Covers, wider))


def wide(form: Form, *returns: Mapping[str, int | None], month: int = 1) -> pd.DataFrame:
    """A row a return, as its values by reference; everything else is blank. The rows are numbered from 40."""
    schema = schema_for(form.statements)
    columns = {name: [cells.get(name) for cells in returns] for name in schema.columns if name != "calendar_month"}
    frame = pd.DataFrame(columns, index=range(40, 40 + len(returns)), dtype="Int64")
    return frame.assign(calendar_month=month)


def failures(form: Form, frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Statement, level, rule and row of what is broken."""
    with pytest.raises(SchemaErrors) as failed:
        schema_for(form.statements).validate(frame, lazy=True)
    return [
        (error.check.name, error.check.title, error.check.error, row)
        for error in failed.value.schema_errors
        for row in dict.fromkeys(error.failure_cases["index"])
    ]


def test_what_is_broken_is_told_with_key_level_rule_and_row():
    small = form("T2.11 <= T2.10", "T2.12 <= T2.10", level="verify")
    frame = wide(small, {"T2.10": 3, "T2.11": 3}, {"T2.10": 3, "T2.11": 4}, {"T2.10": 3, "T2.12": 9})

    assert failures(small, frame) == [("R0@T2.11", "verify", "R0", 41), ("R1@T2.12", "verify", "R1", 42)]


def test_each_part_is_told_by_its_own_line():
    small = form("each part of T2.11..13 <= T2.10")
    frame = wide(small, {"T2.10": 3, "T2.11": 1, "T2.12": 4, "T2.13": 5})

    assert [key for key, *_ in failures(small, frame)] == ["R0@T2.12", "R0@T2.13"]


def test_what_is_missing_passes_and_is_not_judged():
    small = form("T2.11 <= T2.10")
    frame = wide(small, {"T2.11": 4}, {"T2.10": 4}, {})

    assert len(schema_for(small.statements).validate(frame, lazy=True)) == 3
    assert verdicts(small.statements[0], frame) == [None, None, None]


def test_a_blank_that_means_zero_is_judged():
    small = form("T2.11 <= T2.10", blank="zero")

    assert [row for *_, row in failures(small, wide(small, {"T2.11": 4}, {"T2.10": 4}, {}))] == [40]


@pytest.mark.parametrize(("month", "broken"), [(1, [False]), (2, [True]), (12, [True])])
def test_outside_its_months_a_rule_holds(month, broken):
    small = form("T2.11 <= T2.10", months=[1])
    frame = wide(small, {"T2.11": 4, "T2.10": 1}, month=month)

    assert verdicts(small.statements[0], frame) == broken


def test_another_month_is_a_column_of_its_own():
    small = form("T2.10:year_to_date = T2.10:year_to_date@-1 + T2.10")
    cells = {"T2.10": 2, "T2.10:year_to_date@-1": 5, "T2.10:year_to_date": 7}

    assert verdicts(small.statements[0], wide(small, cells, cells | {"T2.10": 3})) == [True, False]


def test_numbers_beyond_two_to_the_53_stay_exact():
    small = form("T2.11 <= T2.10")
    frame = wide(small, {"T2.10": 2**53, "T2.11": 2**53 + 1})

    assert [row for *_, row in failures(small, frame)] == [40]


@pytest.mark.parametrize("values", [[12.5], ["12"], [True]], ids=["fraction", "text", "truth"])
def test_a_column_that_is_no_whole_number_is_refused(values):
    small = form("T2.11 <= T2.10")

    with pytest.raises(SchemaError, match="Int64"):
        schema_for(small.statements).validate(wide(small, {}).assign(**{"T2.10": values}))


def test_a_line_that_is_not_there_is_refused():
    small = form("T2.11 <= T2.10")

    with pytest.raises(SchemaError, match=r"T2\.10"):
        schema_for(small.statements).validate(wide(small, {}).drop(columns="T2.10"))


def test_the_schema_asks_for_the_lines_of_its_statements_alone():
    small = form("T2.20 <= T2.10 when T2.11:year_to_date >= 1", "T2.20 <= T2.10@-1", "T8.801_charged <= 5")

    assert list(schema_for(small.statements[:2]).columns) == [
        "T2.10",
        "T2.10@-1",
        "T2.11:year_to_date",
        "T2.20",
        "calendar_month",
    ]


def test_rows_of_a_register_are_judged_day_by_day():
    small = form("each row T6.reviewed <= T6.disclosed", "each row T6.made <= T6.disclosed when T6.made >= T6.reviewed")
    days = ["T6.made:item", "T6.disclosed:item", "T6.reviewed:item"]
    rows = [(1, 3, 3), (1, 3, 4), (5, 3, 4), (5, 3, None), (None, 3, 2), (1, None, 1)]
    frame = wide(small, *(dict(zip(days, row, strict=True)) for row in rows))
    reviewed, made = (verdicts(statement, frame) for statement in small.statements)

    assert reviewed == [True, False, False, None, True, None]
    assert made == [True, True, False, None, None, None]
    assert failures(small, frame) == [
        ("R0@T6.reviewed:item", "must", "R0", 41),
        ("R0@T6.reviewed:item", "must", "R0", 42),
        ("R1@T6.made:item", "must", "R1", 42),
    ]


@pytest.mark.parametrize("name", sorted(path.stem for path in EDITIONS.glob("*.toml")))
def test_the_schema_of_every_edition_passes_blank_returns_and_asks_for_what_its_rules_read(name):
    ours = read_form(name, read_office())
    frame = wide(ours, {}, {})

    assert len(schema_for(ours.statements).validate(frame, lazy=True)) == 2
    assert set(frame.columns) == {str(ref) for s in ours.statements for ref in s.refs} | {"calendar_month"}
    if ours.edition.id.endswith("-2012"):  # the two monthly forms with everything that a form may have
        some = {"T1.100", "T2.31", "T3.305@-1", "T6.rows", "T6.208", "T8.total_charged", "T9.905"}
        assert some <= set(frame.columns)

"""Where each unit's 核实单 lies: a unit that took over another's name has one of its own."""

from types import SimpleNamespace

from pipeline.outbox.publish import inquiry
from pipeline.values.periods import parse_month


def test_two_units_of_one_name_have_a_file_each(monkeypatch):
    shorts = {"A1": "市商务局", "B1": "市商务局", "C1": "市教育局"}
    outcome = SimpleNamespace(
        months=[parse_month("2012-12")], office=SimpleNamespace(short=lambda unit, _: shorts[unit])
    )
    monkeypatch.setattr(inquiry, "asked_of", lambda _: {unit: [] for unit in shorts})

    assert inquiry.inquiry_names(outcome) == {
        "A1": "2012-12/市商务局（A1）_2012-12_核实单.xlsx",
        "B1": "2012-12/市商务局（B1）_2012-12_核实单.xlsx",
        "C1": "2012-12/市教育局_2012-12_核实单.xlsx",
    }

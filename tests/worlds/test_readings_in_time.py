"""Channels exclude each other in one form and may overlap in the next: each month is judged as its own form reads them."""

import pytest

from pipeline.paper.templates.stated import stated
from schemas.forms import forms_of
from schemas.mistake import Mistake
from schemas.office import read_office
from tests.worlds.forms_in_time import HEALTH, SCHOOLS, desk_of, form, send

pytestmark = pytest.mark.slow

OVERLAP = '\n[[table]]\nid = "T1"\nblock = [{ id = "channels", reading = "overlap" }]\n'
OF_LINES = """
[[agreement]]
id = "A-20"
title = "申请总数与各方式之和"
level = "must"
left = "T2.10"
right = "T2.11..16"
reading = "overlap"
"""


def channels(desk, unit, month, total, **of):
    """A return that has this total, and these numbers by channel."""
    changes = {f"T1.{code[1:]}": number for code, number in of.items()}
    categories = {f"T1.{code}": 0 for code in range(202, 209)}
    send(desk, unit, month, {"T2.01": total, "T1.201": total, **categories, **changes})


@pytest.fixture
def desk(tmp_path):
    return desk_of(tmp_path, form("a", "2012-01", "2012-01"), form("b", "2012-02", "2012-06", OVERLAP, "a"))


def test_each_month_is_judged_as_its_own_form_reads_its_channels(desk):
    zero = {f"c{n}": 0 for n in range(103, 108)}
    channels(desk, HEALTH, "2012-01", 10, c101=8, c102=6, **zero)  # more than the total: wrong of parts that exclude
    channels(desk, SCHOOLS, "2012-01", 9, c101=5, c102=4, **zero)
    channels(desk, HEALTH, "2012-02", 11, c101=8, c102=6, **zero)  # the same, now twice on channels
    channels(desk, SCHOOLS, "2012-02", 12, c101=5, c102=4, **zero)  # less than the total: wrong however it is read
    outcome = desk.examine("2012-03-20", "2012-02")
    found = {(f.rule, f.unit, f.period) for f in outcome.findings if f.rule == "A-01"}
    codes = {name: desk.unit(name).code for name in (HEALTH, SCHOOLS)}
    met = {
        (d.scope, d.unit, d.period): d.verdict for d in outcome.differences if d.id == "A-01" and d.scope == "return"
    }

    assert found == {("A-01", codes[HEALTH], "2012-01"), ("A-01", codes[SCHOOLS], "2012-02")}
    assert met == {("return", codes[HEALTH], "2012-01"): "不一致", ("return", codes[SCHOOLS], "2012-02"): "不一致"}
    assert [f.message for f in outcome.findings if f.level == "must"] == []


def test_a_channel_of_more_than_the_total_is_wrong_also_where_they_overlap(desk):
    zero = {f"c{n}": 0 for n in range(103, 108)}
    channels(desk, HEALTH, "2012-02", 10, c101=12, c102=6, **zero)
    outcome = desk.examine("2012-03-20", "2012-02")

    assert [(f.rule, f.cell) for f in outcome.findings if f.rule == "A-01"] == [
        ("A-01", desk.cell("T1.101", "2012-02", HEALTH)[1])
    ]


def test_lines_may_overlap_as_blocks_do(tmp_path):
    base = form("a", "2012-01", "2012-06", 'without = { rule = ["T2-10"] }\n' + OF_LINES)
    desk = desk_of(tmp_path, base)
    over = {"T2.10": 3, "T2.11": 2, "T2.14": 2, "T2.17": 3, "T2.18": 3}
    send(desk, HEALTH, "2012-01", over)
    send(desk, SCHOOLS, "2012-01", over | {"T2.14": 0})
    outcome = desk.examine("2012-02-20")

    assert [(f.rule, f.unit) for f in outcome.findings if f.rule == "A-20"] == [("A-20", desk.unit(SCHOOLS).code)]


def test_a_reading_that_nothing_reads_is_told(tmp_path):
    told = '\n[[agreement]]\nid = "A-09"\nreading = "overlap"\n'
    desk = desk_of(tmp_path, form("a", "2012-01", "2012-06", told))

    with pytest.raises(Mistake, match='mode = "months" 不用 reading'):
        forms_of(read_office(desk.office.folder, desk.office.editions))


# One form whose definition of a channel changes in mid-year: the same two counts, read otherwise from February on.
BY_DATE = """
[[agreement]]
id = "A-01"
valid = { to = "2012-01" }

[[agreement]]
id = "A-01B"
title = "主动公开信息数与各渠道（可在几个渠道公开）"
level = "verify"
left = "T2.01"
right = "T1.channels"
at = "T1.100"
reading = "overlap"
valid = { from = "2012-02" }
"""


def test_one_form_may_read_its_channels_otherwise_from_a_month_on(tmp_path):
    desk = desk_of(tmp_path, form("a", "2012-01", "2012-06", BY_DATE))
    zero = {f"c{n}": 0 for n in range(103, 108)}
    for month in ("2012-01", "2012-02"):
        channels(desk, HEALTH, month, 10 if month == "2012-01" else 20, c101=8, c102=6, **zero)
    channels(desk, SCHOOLS, "2012-01", 9, c101=5, c102=4, **zero)
    channels(desk, SCHOOLS, "2012-02", 12, c101=13, c102=4, **zero)
    outcome = desk.examine("2012-03-20", "2012-02")
    codes = {name: desk.unit(name).code for name in (HEALTH, SCHOOLS)}
    found = {(f.rule, f.unit, f.period, f.cell) for f in outcome.findings if f.rule.startswith("A-01")}
    met = {(d.id, d.unit, d.period) for d in outcome.differences if d.id.startswith("A-01") and d.scope == "return"}
    total, first = (desk.cell(name, "2012-01", HEALTH)[1] for name in ("T1.100", "T1.101"))

    assert found == {
        ("A-01", codes[HEALTH], "2012-01", total),  # 14 on channels of 10
        ("A-01B", codes[HEALTH], "2012-02", total),  # 14 on channels of 20: some are on none
        ("A-01B", codes[SCHOOLS], "2012-02", first),  # 13 on one channel of 12
    }
    assert met == {("A-01", codes[HEALTH], "2012-01"), ("A-01B", codes[HEALTH], "2012-02")}


def test_the_blank_form_of_a_month_checks_what_holds_in_it(tmp_path):
    desk = desk_of(tmp_path, form("a", "2012-01", "2012-06", BY_DATE))
    checked = {
        month: {s.rule for s in stated(desk.layout(month, HEALTH)) if s.rule.startswith("A-01")}
        for month in ("2012-01", "2012-02")
    }

    assert checked == {"2012-01": {"A-01"}, "2012-02": {"A-01B"}}


def test_an_agreement_that_ends_before_it_begins_is_told(tmp_path):
    turned = BY_DATE.replace('{ to = "2012-01" }', '{ from = "2012-05", to = "2012-01" }')
    desk = desk_of(tmp_path, form("a", "2012-01", "2012-06", turned))

    with pytest.raises(Mistake, match="从 2012-05 到 2012-01，还没有开始就结束了"):
        forms_of(read_office(desk.office.folder, desk.office.editions))

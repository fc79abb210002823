"""A statement in Chinese: what must hold, what was found, and the short form for a template's check cell."""

import pytest

from schemas.edition import EDITIONS
from schemas.forms import read_form
from schemas.office import read_office
from schemas.rules import words
from tests.schemas.small import CODES, code, form


@pytest.mark.parametrize(
    ("holds", "sentence"),
    [
        ("T2.11 <= T2.10", "“当面申请数”（11行）应不大于“申请总数”（10行）"),
        ("T2.10 = sum(T2.11..13)", "“申请总数”（10行）应等于11—13行之和"),
        ("T2.10 = T2.11 + T2.12 + T2.20", "“申请总数”（10行）应等于11—12、20行之和"),
        ("T2.20 - T2.10 = 0", "“答复总数”（20行）减“申请总数”（10行）应等于0"),
        ("2 * T2.11 - 3*T2.12 >= -5", "2倍的“当面申请数”（11行）减3倍的“传真申请数”（12行）应不小于-5"),
        ("T2.20 <= T2.10 - 1000", "“答复总数”（20行）应不大于“申请总数”（10行）减1,000"),
        (
            "T1.100:year_to_date = sum(T1.channels:year_to_date)",
            "“渠道合计”（100行）本年累计应等于101—103行本年累计之和",
        ),
        (
            "T2.10 <= T2.10@-1 + T2.10@-12",
            "“申请总数”（10行）应不大于上月“申请总数”（10行）加上年同月“申请总数”（10行）",
        ),
        ("T2.20 >= 1 when T2.10 >= 2", "当“申请总数”（10行）不小于2时，“答复总数”（20行）应不小于1"),
        (
            "T2.20 >= 1 when T2.10 >= 1 and T2.11 = T2.12",
            "当“申请总数”（10行）不小于1，且“当面申请数”（11行）等于“传真申请数”（12行）时，“答复总数”（20行）应不小于1",
        ),
        ("T2.13 <= T2.10", "“网上申请数”（13行）应不大于“申请总数”（10行）"),
        ("T8.801_payers >= T8.802_payers@-1", "“检索·收费人次”（801行）应不小于上月“复制·收费人次”（802行）"),
        ("T8.total_charged = sum(T8.charged)", "“合计·收费金额”应等于801—802行“收费金额”之和"),
        (
            "T8.total_waived <= sum(T8.charged) - sum(T8.waived)",
            "“合计·减免金额”应不大于801—802行“收费金额”之和减801—802行“减免金额”之和",
        ),
        (
            "T8.801_payers >= 1 when T8.801_charged >= 1500",
            "当“检索·收费金额”（801行）不小于1,500.00时，“检索·收费人次”（801行）应不小于1",
        ),
        (
            "T8.801_charged <= 2 * T8.801_waived + 0.05",
            "“检索·收费金额”（801行）应不大于2倍的“检索·减免金额”（801行）加0.05",
        ),
        ("sum(T7.102) = T1.102", "U1—U3行“102”之和应等于“渠道102”（102行）"),
        ("T2.10 = T6.rows", "“申请总数”（10行）应等于“台账行数”"),
        ("T1.201 = T6.201", "“渠道201”（201行）应等于“台账·渠道201”"),
        ("each row T6.reviewed <= T6.disclosed", "每一行的“审查日期”应不晚于“公开日期”"),
        (
            "each row T6.disclosed >= T6.made when T6.reviewed = T6.disclosed",
            "当“审查日期”同于“公开日期”时，每一行的“公开日期”应不早于“制作日期”",
        ),
    ],
)
def test_a_rule_is_a_chinese_sentence(holds, sentence):
    small = form(holds)

    assert words.sentence(small.statements[0], small.named) == sentence


def test_a_guard_keeps_the_names_of_its_lines():
    emergency = code("101").model_copy(update={"name": "应急管理"})
    small = form("T2.20 >= 1 when T1.101 >= 1", codes={**CODES, "channels": (emergency,)})

    assert words.sentence(small.statements[0], small.entries).startswith("当“应急管理”（101行）不小于1时")


@pytest.mark.parametrize(
    ("holds", "left", "right", "complaint"),
    [
        ("T2.10 = sum(T2.11..13)", 7, 1012, "“申请总数”（10行）是 7 条，11—13行之和是 1,012 条，少 1,005 条。"),
        ("T2.11 <= T2.10", 12, 7, "“当面申请数”（11行）是 12 条，“申请总数”（10行）是 7 条，多 5 条。"),
        ("T2.20 >= 1 when T2.10 >= 1", 0, 1, "“答复总数”（20行）是 0 条。"),
        (
            "T8.total_charged = sum(T8.charged)",
            123456,
            123406,
            "“合计·收费金额”是 1,234.56 元，801—802行“收费金额”之和是 1,234.06 元，多 0.50 元。",
        ),
        (
            "T5.501 <= T2.10",
            3,
            2,
            "“供热报道”（501行）是 3 篇，“申请总数”（10行）是 2 条，多 1 篇。",
        ),
        ("T8.801_charged >= 100", 99, 100, "“检索·收费金额”（801行）是 0.99 元。"),
    ],
)
def test_a_complaint_names_both_sides_and_how_far_apart_they_are(holds, left, right, complaint):
    small = form(holds)

    assert words.complaint(small.statements[0], small.entries, left, right) == complaint


def test_a_complaint_begins_with_the_words_of_its_rule():
    small = form("T2.20 >= 1", ask="本月没有答复。")

    assert words.complaint(small.statements[0], small.entries, 0, 1) == "本月没有答复。“答复总数”（20行）是 0 条。"


def test_a_complaint_about_a_row_names_its_dates():
    small = form("each row T6.reviewed <= T6.disclosed", ask="先审查、后公开。")
    dates = {"title": "通知", "made": "2012-09-01", "reviewed": "2012-09-13", "disclosed": "2012-09-12"}

    assert words.dates_complaint(small.statements[0], small.named, 7, dates) == (
        "先审查、后公开。第 7 行“审查日期”是2012年9月13日，“公开日期”是2012年9月12日。"
    )


@pytest.mark.parametrize(
    ("holds", "brief"),
    [
        ("T2.10 = sum(T2.11..13)", "10=11—13之和"),
        ("T2.20 >= 1", "20≥1"),
        ("T2.10 + T1.101 - 2*T2.11 <= 5", "10+101-2×11≤5"),
        ("T8.total_charged = sum(T8.charged)", "合计收费金额=801—802收费金额之和"),
        ("T8.801_waived - T8.801_charged <= 12.5", "801减免金额-801收费金额≤12.50"),
    ],
)
def test_the_check_cell_of_a_template_says_it_by_codes(holds, brief):
    small = form(holds)

    assert words.brief(small.statements[0].claim, small.entries) == brief


@pytest.mark.parametrize("name", sorted(path.stem for path in EDITIONS.glob("*.toml")))
def test_every_statement_of_every_edition_can_be_said(name):
    ours = read_form(name, read_office())
    said = [words.sentence(s, ours.named) + words.brief(s.claim, ours.named) for s in ours.statements]

    assert all("应" in sentence for sentence in said)
    assert len({s.key for s in ours.statements}) == len(ours.statements)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("T2-05@T2.05", "当“各部门网站”（103行）不小于1时，“网站专栏页面访问量”（05行）应不小于1"),
        ("T2-17@T2.17", "“对申请的答复总数”（17行）应等于18—20行之和"),
        (
            "C-05@T1.101:year_to_date",
            "“省级政府及部门网站”（101行）本年累计应等于上月“省级政府及部门网站”（101行）本年累计加“省级政府及部门网站”（101行）",
        ),
        ("A-02@T1.200", "“主动公开信息数”（01行）应等于201—208行之和"),
        ("T8-01@T8.total_charged", "“合计·收费金额”应等于801—804行“收费金额”之和"),
        ("T8-02@T8.total_payers", "当“合计·收费金额”不小于0.01时，“合计·收费人次”应不小于1"),
        ("T9-905@T9.905", "“实际支出（上年末起累计）”（905行）应不大于“专项经费（上年末起累计）”（904行）"),
        ("T6-01@T6.reviewed:item", "每一行的“审查日期”应不晚于“公开日期”"),
        ("A-04@T1.208", "“其他”（208行）应等于“主动公开信息台账·其他”"),
        ("A-06@T3.301", "“上月结转申请数”（301行）应等于上月“结转下月申请数”（305行）"),
    ],
)
def test_our_own_rules_read_as_the_office_would_write_them(key, sentence):
    ours = read_form("jyg-2012", read_office())
    (statement,) = (s for s in ours.statements if s.key == key)

    assert words.sentence(statement, ours.named) == sentence

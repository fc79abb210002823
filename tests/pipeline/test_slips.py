"""The likely slip behind a broken balance: named where the arithmetic singles it out, else nothing is said."""

from collections.abc import Mapping
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.judge.figures import Figures
from pipeline.judge.slips import Suspects, hint
from schemas.form import Form
from schemas.forms import read_form
from schemas.office import OFFICES, read_office
from schemas.rules.judge import judge
from schemas.rules.terms import Ref
from tests.bench.mistakes import LOOKED_FOR
from tests.bench.planting import ELSEWHERE, NOTHING, TWO_NEAR
from tests.bench.slips import OUTCOMES, measure
from tests.bench.worlds import World
from tests.builders import Desk, ref
from tests.pipeline.overtype import overtype
from tests.schemas import small

pytestmark = pytest.mark.slow

BALANCE = "T2.10 = T2.11 + T2.12 + T2.13"
CHANNELS = {"T1.101": 172, "T1.102": 3555, "T1.103": 9088, "T1.104": 14, "T1.105": 3541, "T1.106": 15, "T1.107": 3237}


@cache
def report() -> Form:
    return read_form("jyg-2012", read_office())


def named(form: Form, numbers: Mapping[str, int], rule: str = "R0", month: int = 7) -> list[tuple[str, int, int, str]]:
    """Who is suspected of breaking a rule: line, what is written, what would mend it, and the slip."""
    values = {written(form, text): number for text, number in numbers.items()}
    statement = next(s for s in form.statements if s.rule == rule)
    return [(str(s.ref), s.written, s.expected, s.how) for s in Suspects(form).of(statement, values, month)]


def written(form: Form, text: str) -> Ref:
    """The number that a text names; T2.11@-1 is last month's."""
    name, _, shift = text.partition("@")
    line = ref(form, name)
    return Ref(line.table, line.line, line.measure, int(shift or 0))


def of_lines(*numbers: int) -> dict[str, int]:
    return dict(zip(("T2.10", "T2.11", "T2.12", "T2.13"), numbers, strict=True))


# ---- the report of 2012


def test_the_consultations_are_one_digit_off_in_the_total_or_in_one_part():
    assert named(small.form(BALANCE), of_lines(154_855, 87_200, 519, 67_156)) == [
        ("T2.10", 154_855, 154_875, "一位数字之误"),
        ("T2.13", 67_156, 67_136, "一位数字之误"),
    ]


def test_the_gazettes_swapped_digits_explain_the_items_without_a_channel():
    assert named(report(), {"T2.01": 19_649, **CHANNELS}, "A-01") == [("T1.104", 14, 41, "相邻两位数字颠倒")]


def test_where_another_figure_says_14_the_gazette_is_not_named():
    assert named(report(), {"T2.01": 19_649, **CHANNELS, "T6.104": 14}, "A-01") == []


# ---- each slip by its name


@pytest.mark.parametrize(
    ("numbers", "suspect"),
    [
        (of_lines(660, 120, 213, 309), ("T2.12", 213, 231, "相邻两位数字颠倒")),
        (of_lines(689, 128, 239, 317), ("T2.10", 689, 684, "一位数字之误")),
        (of_lines(660, -120, 231, 309), ("T2.11", -120, 120, "正负号相反")),
        (of_lines(6600, 120, 231, 309), ("T2.10", 6600, 660, "差一个 0")),
        (of_lines(660, 12, 231, 309), ("T2.11", 12, 120, "差一个 0")),
        (of_lines(660, 120, 2_310_000, 309), ("T2.12", 2_310_000, 231, "差一个“万”")),
        (of_lines(891, 120, 231, 309), ("T2.10", 891, 660, "算了两次")),
        ({**of_lines(660, 120, 184, 309), "T2.12@-1": 184}, ("T2.12", 184, 231, "仍是上月的数")),
    ],
)
def test_a_slip_is_named(numbers, suspect):
    assert named(small.form(BALANCE), numbers) == [suspect]


def test_small_numbers_that_would_fit_by_chance_are_not_named():
    assert named(small.form(BALANCE), of_lines(9, 3, 2, 1)) == []


def test_a_small_number_is_named_where_two_figures_say_the_same():
    form = small.form(BALANCE, "T2.20 = T2.11")

    assert named(form, {**of_lines(9, 3, 2, 1), "T2.20": 6}) == [("T2.11", 3, 6, "一位数字之误")]


def test_a_small_number_is_named_where_every_other_line_is_vouched_for():
    form = small.form(BALANCE, "T2.11 = T5.501", "T2.12 = T5.502", "T2.20 = T2.13")
    vouched = {"T5.501": 3, "T5.502": 2, "T2.20": 1}

    assert named(form, {**of_lines(9, 3, 2, 1), **vouched}) == [("T2.10", 9, 6, "一位数字之误")]


def test_a_line_that_does_not_explain_all_that_is_broken_is_not_named():
    form = small.form(BALANCE, "T2.10 = T2.20")

    assert named(form, {**of_lines(760, 120, 231, 309), "T2.20": 650}) == []


def test_up_to_three_lines_are_named_and_of_more_none():
    assert named(small.form(BALANCE), of_lines(550, 110, 295, 135)) == [
        ("T2.10", 550, 540, "一位数字之误"),
        ("T2.11", 110, 120, "一位数字之误"),
        ("T2.13", 135, 145, "一位数字之误"),
    ]
    assert named(small.form(BALANCE), of_lines(550, 110, 210, 220)) == []


def test_a_part_larger_than_its_total_is_named_where_one_slip_alone_brings_it_back():
    form = small.form("T2.11 <= T2.10", "T2.10 = T2.20")

    assert named(form, {"T2.10": 25, "T2.20": 25, "T2.11": 81}) == [("T2.11", 81, 18, "相邻两位数字颠倒")]
    assert named(form, {"T2.10": 25, "T2.20": 25, "T2.11": 90}) == [("T2.11", 90, 9, "差一个 0")]
    assert named(form, {"T2.10": 25, "T2.11": 81}) == []  # or 25 was 52 … or 250


def test_what_the_form_computes_moves_with_the_cell_that_it_follows():
    form = small.form("T1.100 = sum(T1.channels)", "T2.20 = sum(T1.channels)")
    numbers = {"T1.101": 12, "T1.102": 35, "T1.103": 297, "T1.100": 344, "T2.20": 353}

    assert named(form, numbers, "R1") == [("T1.101", 12, 21, "相邻两位数字颠倒")]
    assert named(form, {**numbers, "T1.100": 341}, "R1") == []  # a second slip


def test_last_months_figure_may_be_the_wrong_one():
    form = small.form("T2.10:year_to_date = T2.10:year_to_date@-1 + T2.10")
    numbers = {"T2.10": 37, "T2.10:year_to_date": 460, "T2.10:year_to_date@-1": 4230}

    assert named(form, numbers) == [("T2.10:year_to_date@-1", 4230, 423, "差一个 0")]


def test_last_months_figure_is_not_named_where_its_own_month_vouches_for_it():
    form = small.form("T2.10 = T2.20@-1", "T2.20 = T2.11", "T2.10 = T2.12")
    numbers = {"T2.10": 210, "T2.12": 210, "T2.20@-1": 120}

    assert named(form, numbers) == [("T2.20@-1", 120, 210, "相邻两位数字颠倒")]
    assert named(form, {**numbers, "T2.11@-1": 120}) == []


def test_the_sentence_names_line_slip_and_number():
    form = small.form(BALANCE, "T8.total_charged = sum(T8.charged)")
    suspects, (balance, money) = Suspects(form), form.statements

    def told(statement, numbers):
        values = {written(form, text): number for text, number in numbers.items()}
        return hint(suspects.of(statement, values, 7), form.entries)

    assert told(balance, of_lines(660, 120, 213, 309)) == (
        "疑为“传真申请数”（12行）相邻两位数字颠倒：213 应为 231。"
    )  # fmt: skip
    assert told(balance, of_lines(891, 120, 231, 309)) == (
        "疑为“申请总数”（10行）把“传真申请数”（12行）算了两次：891 应为 660。"
    )  # fmt: skip
    assert told(balance, of_lines(154_855, 87_200, 519, 67_156)) == (
        "可能是其中一处：“申请总数”（10行）一位数字之误：154,855 应为 154,875；"
        "“网上申请数”（13行）一位数字之误：67,156 应为 67,136。"
    )
    assert told(money, {"T8.total_charged": 45_000, "T8.801_charged": 1_200, "T8.802_charged": 3_300}) == (
        "疑为“合计·收费金额”差一个 0：450.00 应为 45.00。"
    )


# ---- what holds for any numbers

numbers = st.tuples(*[st.one_of(st.integers(0, 60), st.integers(-99, 99_999))] * 4)


@settings(deadline=None)
@given(numbers)
def test_a_named_slip_always_mends_the_balance(lines):
    form = small.form(BALANCE)
    values = {ref(form, text): number for text, number in of_lines(*lines).items()}

    for suspect in Suspects(form).of(form.statements[0], values, 7):
        assert judge(form.statements[0], {**values, suspect.ref: suspect.expected})
        assert 0 <= suspect.expected != suspect.written == values[suspect.ref]


@settings(deadline=None)
@given(numbers, st.permutations(["T2.11", "T2.12", "T2.13"]), st.booleans())
def test_the_order_of_lines_and_sides_does_not_matter(lines, order, turned):
    parts = " + ".join(order)
    other = small.form(f"{parts} = T2.10" if turned else f"T2.10 = {parts}")

    assert sorted(named(other, of_lines(*lines))) == sorted(named(small.form(BALANCE), of_lines(*lines)))


@settings(deadline=None)
@given(numbers)
def test_nothing_is_named_where_the_balance_holds(lines):
    _, *parts = lines

    assert named(small.form(BALANCE), of_lines(sum(parts), *parts)) == []


# ---- how often it is right (python -m tests.bench.slips prints the whole table)


@pytest.fixture(scope="module")
def rates():
    """What became of the planted slips, by kind, in a small year."""
    tally = measure(World("sfs-2012", read_office(OFFICES / "shifan"), range(2)), KINDS, 60, 1)
    return {kind: {o: sum(n for k, n in tally.items() if k[::2] == (kind, o)) for o in OUTCOMES} for kind in KINDS}


KINDS = (*LOOKED_FOR, TWO_NEAR, *ELSEWHERE, NOTHING)


def test_the_wrong_cell_is_hardly_ever_named(rates):
    caught = sum(sum(rates[kind].values()) - rates[kind]["unseen"] for kind in LOOKED_FOR)

    assert sum(rates[kind]["wrong"] for kind in LOOKED_FOR) <= 0.02 * caught
    assert sum(rates[kind]["alone"] for kind in LOOKED_FOR) >= 0.6 * caught


def test_what_is_no_single_slip_is_left_alone(rates):
    assert rates[TWO_NEAR]["silent"] >= 0.75 * sum(rates[TWO_NEAR].values())
    assert {rates[kind]["wrong"] for kind in (*ELSEWHERE, NOTHING)} == {0}


# ---- in a finding

ITEMS = {"T1.102": 4, "T1.103": 17, "T1.202": 14, "T1.208": 7}


def remedies(outcome) -> dict[str, str]:
    return {finding.rule: finding.remedy for finding in outcome.findings}


def test_a_unit_that_swapped_two_digits_is_told_which(desk):
    desk.send(changes={**ITEMS, "T2.01": 12})

    told = "疑为“主动公开信息数”（01行）相邻两位数字颠倒：12 应为 21。"
    assert remedies(desk.examine())["A-02"] == f"请核对这几行，改正后重新报送。{told}"


def test_a_unit_that_left_last_months_number_standing_is_told_so(desk):
    desk.send()
    desk.send(month="2012-02", changes={**ITEMS, "T2.05": 100})

    remedy = remedies(desk.examine(through="2012-02"))["A-02"]
    assert remedy.endswith("疑为“主动公开信息数”（01行）仍是上月的数：10 应为 21。")


def test_where_months_are_compared_the_slip_is_named_too(desk):
    desk.send()
    desk.send(month="2012-02", changes={"T2.05": 100}, edit=overtype("基本情况", E9=100))

    remedy = remedies(desk.examine(through="2012-02"))["C-06"]
    assert remedy.endswith("疑为“提供服务类信息数”（04行）本年累计差一个 0：100 应为 10。")


def test_who_has_explained_the_number_is_not_told_what_it_might_have_been(desk: Desk):
    desk.send(changes={**ITEMS, "T2.01": 12}, notes={"T2.01": "台账多记了9条。"})

    explained = next(finding for finding in desk.examine().findings if finding.rule == "A-03")
    assert (explained.state, "疑为" in explained.remedy) == ("已说明", False)


def test_of_several_returns_of_last_month_counts_what_they_agree_on():
    form = small.form(BALANCE)
    wide = pd.DataFrame(
        {"T2.10": pd.array([5, 6, None], dtype="Int64"), "T2.11": pd.array([4, 4, 9], dtype="Int64"),
         "unit": "U1", "period": ["2012-01", "2012-01", "2012-02"], "calendar_month": [1, 1, 2]},
        index=[10, 11, 12],
    )  # fmt: skip

    numbers, month = Figures(form, wide, [12]).of(12)

    assert month == 2
    assert [numbers.get(Ref("T2", line, shift=s)) for line in ("10", "11") for s in (0, -1)] == [None, None, 9, 4]

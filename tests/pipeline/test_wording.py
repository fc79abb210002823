"""What people read: one catalogue, plain words, no blame; the examples that the wording was designed on."""

import re

import pytest

from schemas.messages import catalogue
from tests.builders import Desk
from tests.pipeline.drifting import encrypted
from tests.pipeline.overtype import overtype

NEVER = re.compile(r"非法|无效|异常|失败|错误|null|None|nan|类型|你|我(?!们)", re.IGNORECASE)
OF_MONTHS = re.compile(r"月报|本月|上月|[这那上]个月|各月|月份")  # a form may be of a quarter or a year
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,:;()?!]|[,:;()?!][\u4e00-\u9fff]")


@pytest.mark.parametrize("message", catalogue().values(), ids=lambda message: message.id)
def test_no_message_blames_or_speaks_the_machines_language(message):
    for text in (message.title, message.says, *message.remedy):
        bare = re.sub(r"\{\w+\}", "", text)
        assert not NEVER.search(bare), text
        assert not OF_MONTHS.search(bare), text
        assert not HALF_WIDTH.search(bare), text
    assert message.says.endswith("。")
    assert all(remedy.endswith(("。", "{prompt}")) for remedy in message.remedy)


EXAMPLES = {
    "a number with its unit": (
        {"changes": {"T1.105": "14条"}},
        ("E-NUM-02", "主动公开", "D11"),
        "“新闻媒体”（105行）写了文字“14条”，读不出数字。",
        "只填数字，不带单位和文字（疑为 14）。",
    ),
    "a blank": (
        {"changes": {"T2.35": None}},
        ("E-MIS-02", "基本情况", "D44"),
        "“对首次处理不满意的申诉数”（35行）没有填。",
        "没有发生填 0；各项都没有发生的，把“本月零报告”选“是”。",
    ),
    "a negative number": (
        {"changes": {"T2.33": -1}},
        ("E-NEG-01", "基本情况", "D42"),
        "“行政诉讼数”（33行）填了 -1，件不能是负数。",
        "没有发生填 0；要冲减以前各期的，请改报以前那一期的表，不要在这一期填负数。",
    ),
    "half a visitor": (
        {"edit": overtype("基本情况", D12=640.5, E12=640.5)},
        ("E-NUM-03", "基本情况", "D12"),
        "“现场接待人数”（06行）填了 640.5，人次不能有小数。",
        "请改为整数。",
    ),
    "more closed than there was to close": (
        {"changes": {"T3.301": 1, "T3.302": 5, "T3.303": 5, "T2.10": 2, "T2.11": 2}},
        ("T3-305", "主动公开", "D29"),
        "“上月结转申请数”（301行）加“申请总数”（10行）是 3 条，302、305行之和是 5 条，少 2 条。",
        "请核对这几行，改正后重新报送。疑为“上月结转申请数”（301行）一位数字之误：1 应为 3。",
    ),
    "a form that is only half saved": (
        {"edit": lambda path: path.write_bytes(path.read_bytes()[:9000])},
        ("E-FIL-01", "", ""),
        "损坏或没有下载完整，系统读不出来。",
        "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”，不设密码，再发一次。",
    ),
    "a file with a password": (
        {"edit": encrypted},
        ("E-FIL-02", "", ""),
        "加了打开密码，系统打不开。",
        "请用 Excel 或 WPS 打开，另存为“Excel 文件（.xlsx）”，不设密码，再发一次。",
    ),
    "a code that stands twice": (
        {"edit": overtype("主动公开", A10="103")},
        ("E-LAY-03", "主动公开", "A10"),
        "代码“103”出现了两次（第 9、10 行），可能插入或复制了行。",
        "请删去多出的一行；如不好改，把数字抄到新模板。",
    ),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What is found where each example comes from a unit of its own."""
    desk = Desk(tmp_path_factory.mktemp("wording"))
    units = [unit.short for unit in desk.office.units[5:]]
    for unit, (name, (how, *_)) in zip(units, EXAMPLES.items(), strict=False):
        desk.send(unit, name=f"{name}.xlsx", **how)
    return desk.examine().findings


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_a_department_is_told(found, example):
    _, place, says, remedy = EXAMPLES[example]
    own = [f for f in found if f.file == f"{example}.xlsx" and f.level == "must"]

    told = {(f.rule, f.sheet, f.cell): f for f in own}
    assert place in told
    assert told[place].message.endswith(says)
    assert told[place].remedy == remedy

"""A small form built in memory, its tables named as in ours.

T1 has two blocks, T2 lines of its own, T5 lines of a duty or of some months, T6 is a register, T7 and T8 are matrices:
what the owners of channels count for each unit, and fees.
"""

import tomllib
from collections.abc import Mapping
from typing import Any

import pandas as pd

from schemas.codes import Code
from schemas.edition import EDITIONS, Edition
from schemas.form import Form
from schemas.rules.judge import Numbers, judge_many
from schemas.rules.terms import Statement
from schemas.units import UnitRow

Codes = Mapping[str, tuple[Code, ...]]

WORDS_OF_A_FORM = tomllib.loads((EDITIONS / "jyg-2012.toml").read_text(encoding="utf-8"))
BLOCKS = [
    {"id": "channels", "title": "渠道", "codes": "channels", "total": "100", "total_name": "渠道合计", "unit": "条"},
    {
        "id": "categories",
        "title": "类别",
        "codes": "categories",
        "total": "200",
        "total_name": "类别合计",
        "unit": "条",
    },
]
LINES = [
    {"code": "10", "name": "申请总数", "unit": "条"},
    {"code": "11", "name": "其中：1.当面申请数", "unit": "条", "parent": "10"},
    {"code": "12", "name": "2.传真申请数", "unit": "条", "parent": "10"},
    {"code": "13", "name": "（3）网上申请数", "unit": "条", "parent": "10"},
    {"code": "20", "name": "答复总数", "unit": "条"},
]
SOME_ARE_ASKED = [
    {"code": "501", "name": "供热报道", "unit": "篇", "duty": "heat"},
    {"code": "502", "name": "供水信息", "unit": "条", "duty": "water"},
    {"code": "511", "name": "工作人员数", "unit": "人", "kind": "stock", "months": [6, 12]},
    {"code": "512", "name": "年初经费", "unit": "元", "kind": "opening", "decimals": 2, "months": [1]},
]
FIELDS = [
    {"code": "title", "name": "信息名称", "kind": "text", "required": True},
    {"code": "category", "name": "信息类别", "kind": "code", "codes": "categories"},
    {"code": "channel", "name": "首发渠道", "kind": "code", "codes": "channels"},
    {"code": "made", "name": "制作日期", "kind": "date"},
    {"code": "disclosed", "name": "公开日期", "kind": "date"},
    {"code": "reviewed", "name": "审查日期", "kind": "date"},
]
COLUMNS = [
    {"code": "charged", "name": "收费金额", "unit": "元", "decimals": 2},
    {"code": "payers", "name": "收费人次", "unit": "人次"},
    {"code": "waived", "name": "减免金额", "unit": "元", "decimals": 2},
]


def code(number: str, **more: Any) -> Code:
    return Code(code=number, name=f"渠道{number}", short=number, **more)


def fee(number: str, name: str) -> Code:
    return Code(code=number, name=f"{name}费", short=name)


def unit(number: str, name: str) -> UnitRow:
    return UnitRow(code=number, name=f"嘉峪关市{name}", short=name, kind="市政府部门")


CODES: Codes = {
    "channels": (code("101"), code("102", owner="U1"), code("103", owner="U2")),
    "categories": (code("201"), code("202")),
    "fees": (fee("801", "检索"), fee("802", "复制")),
    "units": (unit("U1", "建设局"), unit("U2", "水务局"), unit("U3", "档案局")),
}
DUTIES = {"heat": frozenset({"U1"}), "water": frozenset({"U1", "U2"})}


def table(name: str, shape: str = "list", **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name, "sheet": name, "shape": shape, "measures": ["month", "year_to_date"], **more}


def tables(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    month = {"measures": ["month"]}
    return [
        table("T1", block=blocks),
        table("T2", line=LINES),
        table("T5", line=SOME_ARE_ASKED),
        table("T6", "register", **month, title="台账", field=FIELDS, cross=["category", "channel"]),
        table("T7", "matrix", **month, rows="units", columns_from="channels", unit="条"),
        table("T8", "matrix", **month, rows="fees", total="合计", column=COLUMNS),
    ]


def edition(rules: list[dict[str, Any]], agreements: list[dict[str, Any]], blocks: list[dict[str, Any]]) -> Edition:
    asked = {"table": tables(blocks), "rule": rules, "agreement": agreements, "annual": []}
    asked["report"] = {**WORDS_OF_A_FORM["report"], "headline": [], "printed": []}
    return Edition.model_validate(WORDS_OF_A_FORM | asked)


def form(*holds: str, codes: Codes = CODES, **rule: Any) -> Form:
    """The small form with these rules, called R0, R1, …; ``rule`` is what they have in common."""
    rules = [{"id": f"R{n}", "level": "must", "holds": text, **rule} for n, text in enumerate(holds)]
    return Form(edition(rules, [], BLOCKS), codes, DUTIES)


def agreeing(left: str, right: str, reading: str = "partition", **more: Any) -> Form:
    """The small form with one agreement, its blocks read as partition or overlap."""
    blocks = [{**block, "reading": reading} for block in BLOCKS]
    agreement = {"id": "A0", "title": "两数相符", "level": "verify", "left": left, "right": right, **more}
    return Form(edition([], [agreement], blocks), CODES, DUTIES)


def statement(holds: str, **rule: Any) -> Statement:
    """The only statement of a rule."""
    (only,) = form(holds, **rule).statements
    return only


def verdicts(statement: Statement, wide: pd.DataFrame) -> list[bool | None]:
    """Whether a statement holds, return by return; None where it is not judged."""
    holds, lacking = judge_many(statement, Numbers(wide, statement.refs))
    return [None if lacks else bool(held) for held, lacks in zip(holds, lacking, strict=True)]

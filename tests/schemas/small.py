"""A small form of two tables, built in memory: T1 of two blocks, T2 of lines of its own."""

import tomllib
from collections.abc import Mapping
from typing import Any

from schemas.codes import Code
from schemas.edition import EDITIONS, Edition
from schemas.form import Form
from schemas.rules.terms import Statement

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
    {"code": "13", "name": "(3)网上申请数", "unit": "条", "parent": "10"},
    {"code": "20", "name": "答复总数", "unit": "条"},
]


def code(number: str, **more: Any) -> Code:
    return Code(code=number, name=f"渠道{number}", short=number, **more)


CODES: Codes = {"channels": (code("101"), code("102"), code("103")), "categories": (code("201"), code("202"))}


def table(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name, "sheet": name, "shape": "list", "measures": ["month", "year_to_date"], **more}


def edition(rules: list[dict[str, Any]], agreements: list[dict[str, Any]], blocks: list[dict[str, Any]]) -> Edition:
    tables = [table("T1", block=blocks), table("T2", line=LINES)]
    asked = {"table": tables, "rule": rules, "agreement": agreements, "annual": []}
    asked["report"] = {**WORDS_OF_A_FORM["report"], "headline": [], "printed": []}
    return Edition.model_validate(WORDS_OF_A_FORM | asked)


def form(*holds: str, codes: Codes = CODES, **rule: Any) -> Form:
    """The small form with these rules, called R0, R1, …; ``rule`` is what they have in common."""
    rules = [{"id": f"R{n}", "level": "must", "holds": text, **rule} for n, text in enumerate(holds)]
    return Form(edition(rules, [], BLOCKS), codes)


def agreeing(left: str, right: str, reading: str = "partition") -> Form:
    """The small form with one agreement, its blocks read as partition or overlap."""
    blocks = [{**block, "reading": reading} for block in BLOCKS]
    agreement = {"id": "A0", "title": "两数相符", "level": "verify", "left": left, "right": right, "at": left}
    return Form(edition([], [agreement], blocks), CODES)


def statement(holds: str, **rule: Any) -> Statement:
    """The only statement of a rule."""
    (only,) = form(holds, **rule).statements
    return only

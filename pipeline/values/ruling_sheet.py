"""The sheet 处理意见 as it is written: what the office fills in first, codes last.

A row says what a row of the older form did.

The older form (rulings.HEADINGS: a column a field, codes first) is read as it is.
"""

import re
from collections.abc import Mapping

from pipeline.values.rulings import HEADINGS, Cover, Waive
from pipeline.values.spoken_of import parse_period

WHERE, CODES, DAY = "在哪里", "编号", "日期"
COLUMNS = ("意见", "理由", "经办人", DAY, "内容", "数值", WHERE, "填的值", "问题", CODES)
YELLOW = COLUMNS[: COLUMNS.index(WHERE)]
# Where a field stands that has no column of its own.
STANDS = {
    "单位": WHERE, "报告期": WHERE, "文件": WHERE, "位置": WHERE, "校验码": CODES, "有效期至": DAY,
} | {heading: heading for heading in COLUMNS if heading in HEADINGS}  # fmt: skip
LAPSED = "【失效：{}】"  # in front of the question of a row that is no longer obeyed
_LAPSED = re.compile(LAPSED.format("[^】]*"))
QUESTION, FILE, TO = "问题", "文件", "至"
FILE_LINE, PLACE_LINE = "文件：", "位置："
_CELL = re.compile(r"(.+?)(?:!|！|\s+|表)?\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_CODE = re.compile(rf"(?:({QUESTION}|{FILE})[\s:：]*)?([A-Za-z0-9][\w.-]*)")
_UNTIL = re.compile(rf"\s*(?:{TO}|到|—+|～|~)\s*")


def in_columns(fields: Mapping[str, str]) -> dict[str, str]:
    """A row of fields as it is written."""
    whose = " ".join(part for part in (fields.get("单位", ""), fields.get("报告期", "")) if part)
    file, place = fields.get("文件", ""), in_chinese(fields.get("位置", ""))
    lines = [whose, f"{FILE_LINE}{file}" if file else "", f"{PLACE_LINE}{place}" if place else ""]
    codes = [f"{QUESTION} {fields['编号']}" if fields.get("编号") else ""]
    codes += [f"{FILE} {fields['校验码']}" if fields.get("校验码") else ""]
    until = fields.get("有效期至", "")
    day = f"{fields.get(DAY, '')}{TO}{until}" if until else fields.get(DAY, "")
    plain = {heading: fields.get(heading, "") for heading in COLUMNS}
    return plain | {WHERE: "\n".join(filter(None, lines)), CODES: "\n".join(filter(None, codes)), DAY: day}


def in_fields(columns: Mapping[str, str]) -> dict[str, str]:
    """A row as it is written, as the fields that it says."""
    fields = {heading: columns.get(heading, "") for heading in HEADINGS if heading in COLUMNS and heading != CODES}
    day, *until = _UNTIL.split(columns.get(DAY, ""), maxsplit=1)
    fields |= {DAY: day, "有效期至": until[0] if until else ""}
    fields |= _where(columns.get(WHERE, ""))
    return dict.fromkeys(HEADINGS, "") | fields | _codes(columns.get(CODES, ""), columns.get("意见", ""))


def lapsed(fields: Mapping[str, str], why: str) -> dict[str, str]:
    """A row of fields that says in front why it is no longer obeyed; "": as it was written."""
    question = _LAPSED.sub("", fields.get(QUESTION, ""))
    return {**fields, QUESTION: f"{LAPSED.format(why)}{question}" if why else question}


def in_chinese(place: str) -> str:
    """A cell without the sign that only a spreadsheet writes: 主动公开 D8."""
    sheet, _, cell = place.rpartition("!")
    return f"{sheet} {cell}" if sheet and cell else place


def as_cell(place: str) -> str:
    """A cell however it is written (主动公开 D8, 主动公开!D8, 主动公开表D8), as 主动公开!D8; else as it is."""
    found = _CELL.fullmatch(place.strip())
    return f"{found[1].rstrip()}!{found[2].upper()}{found[3]}" if found else place


def _where(text: str) -> dict[str, str]:
    """What is said to be where: whose return of which period, which file, which cell."""
    fields = dict[str, str]()
    for line in filter(None, (part.strip() for part in re.split(r"[\n；;]", text))):
        if line.startswith(FILE_LINE):
            fields["文件"] = line.removeprefix(FILE_LINE)
        elif line.startswith(PLACE_LINE):
            fields["位置"] = as_cell(line.removeprefix(PLACE_LINE))
        elif "单位" not in fields:
            fields |= _whose(line)
    return fields


def _whose(line: str) -> dict[str, str]:
    words = re.split(r"[\s，,、]+", line)
    if parse_period(line):
        return {"报告期": line}
    if len(words) > 1 and parse_period(words[-1]):
        return {"单位": " ".join(words[:-1]), "报告期": words[-1]}
    if len(words) > 1 and parse_period(words[0]):
        return {"单位": " ".join(words[1:]), "报告期": words[0]}
    return {"单位": line}


def _codes(text: str, kind: str) -> dict[str, str]:
    """Which question and which file are meant; a code without a word is the one that the ruling is about."""
    of_kind = "编号" if kind in {Waive.kind, Cover.kind} else "校验码"
    named = {QUESTION: "编号", FILE: "校验码"}
    return {named.get(word, of_kind): code for word, code in _CODE.findall(text)}

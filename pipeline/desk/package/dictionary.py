"""The dictionary of a form: its lines, the codes that it asks for, its rules as sentences."""

import csv
import io
from collections.abc import Iterator

from schemas.form import Form
from schemas.rules import words

HEADS = ("类别", "编号", "名称", "计量单位", "说明")
LEVELS = {"must": "必须改", "verify": "请核实", "trial": "试行"}
SOURCES = {"": "", "official": "名称照官方表式", "literal": "名称见于公布的报告", "recalled": "名称凭记忆，待核对"}


def dictionary_of(form: Form) -> bytes:
    """The dictionary as CSV that Excel opens."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows(_rows(form))
    return ("\ufeff" + text.getvalue()).encode("utf-8")


def _rows(form: Form) -> Iterator[tuple[str, str, str, str, str]]:
    titles = {table.id: table.title for table in form.edition.tables}
    for entry in form.entries.values():
        if not entry.derived and not entry.asked_of:
            told = [titles[entry.table], "由分项相加" if entry.is_total else "", SOURCES[entry.source]]
            yield "指标", f"{entry.table}.{entry.code}", entry.label, entry.unit, "，".join(filter(None, told))
    seen: set[str] = set()
    for statement in form.judged:
        if statement.rule not in seen:
            seen.add(statement.rule)
            yield "校验规则", statement.rule, LEVELS[statement.level], "", words.sentence(statement, form.named)

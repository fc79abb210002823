"""For whoever checks: the data dictionary and the sources with their hashes."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.judge.last_year import HEADINGS, LAST_YEAR
from pipeline.outbox.publish.checks import LEVELS
from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.outbox.publish.trace import SOURCES, Trace
from pipeline.paper.theme import Styles
from pipeline.tables.outcome import Outcome
from pipeline.values.files import short
from schemas.entry import Entry
from schemas.form import Form
from schemas.messages import catalogue
from schemas.rules import words
from schemas.rules.terms import Statement
from schemas.spoken import names_of, there_is

DICTIONARY = "数据字典"

SOURCES_OF = {
    "": "",
    "official": "，名称照官方表式",
    "literal": "，名称见于公布的报告",
    "recalled": "，名称凭记忆，待核对",
}


def entries(outcome: Outcome) -> list[tuple[str, str, str, str, str]]:
    """Every line, rule, message and data column: kind, id, name, unit, meaning."""
    rows = [row for form in _newest_first(outcome) for row in _lines(form, outcome)]
    seen: set[str] = set()
    for form in _newest_first(outcome):
        for statement in form.judged:
            if statement.rule not in seen:
                seen.add(statement.rule)
                level = LEVELS[statement.level]
                not_judged = outcome.not_judged.get(statement.rule, 0)
                many = sum(one.rule == statement.rule for one in form.judged) > 1
                meaning = words.sentence(statement, form.named) + ("（各行同）" if many else "") + _while(statement)
                told = f"{meaning}；未判断{not_judged}次{_of(form, outcome)}"
                rows.append(("校验规则", statement.rule, level, "", told))
    names, there = names_of(outcome.form.edition), there_is(outcome.walk.forms)
    raised = (message for message in catalogue().values() if message.needs is None or message.needs in there)
    rows += [("校验信息", m.id, m.title, "", _general(m.wording(names), names)) for m in raised]
    return rows + [("数据栏", f"{file}.{column}", column, "", meaning) for file, column, meaning in data_columns()]


def _newest_first(outcome: Outcome) -> list[Form]:
    """The form of the tables, then those that were in use before it in the year."""
    return [outcome.form, *(form for form in reversed(outcome.walk.forms) if form is not outcome.walk.target)]


def _lines(form: Form, outcome: Outcome) -> Iterator[tuple[str, str, str, str, str]]:
    """The lines of a form; of one that was in use before, those that nothing continues."""
    titles = {table.id: table.title for table in form.edition.tables}
    own = form.entries.values() if form is outcome.form else outcome.walk.gone(form)
    for e in own:
        if not (e.derived and e.column) and e.asked_of is None:
            yield (
                "指标",
                f"{e.table}.{e.code}",
                e.label,
                e.unit,
                titles[e.table] + _made(e) + SOURCES_OF[e.source] + _of(form, outcome),
            )


def _while(statement: Statement) -> str:
    """The months in which a rule holds, where these are not all of its form."""
    since = f"自 {statement.first} 起" if statement.first else ""
    return f"（{since}{f'至 {statement.last} 止' if statement.last else ''}）" if since or statement.last else ""


def _of(form: Form, outcome: Outcome) -> str:
    """Which months a form was in use, where it is not that of the tables."""
    valid = form.edition.valid
    return "" if form is outcome.form else f"（表式 {form.edition.id}，用到 {valid.last}）"


def _general(remedy: str, names: Mapping[str, str]) -> str:
    """What to do, with … for what only a finding knows."""
    return re.sub(r"\{(\w+)\}", lambda place: names.get(place[1], "…"), remedy.replace("{suggestion}", ""))


def _made(entry: Entry) -> str:
    return "，由分项相加" if entry.is_total else "，由台账逐条汇总" if entry.derived else ""


def data_columns() -> list[tuple[str, str, str]]:
    """The columns of the data files, and of 上年数据.xlsx, which the office fills in: file, column, meaning."""
    from pipeline.outbox.publish.columns import MEANINGS
    from pipeline.outbox.publish.package import MODELS
    from schemas import frames

    known = [(file, column, MEANINGS[column]) for file, model in MODELS.items() for column in frames.columns_of(model)]
    return known + [(LAST_YEAR, heading, meaning) for heading, meaning in HEADINGS.items()]


def write_dictionary(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    """One row a thing that has a code."""
    page = Page(workbook, styles, DICTIONARY, 5)
    page.head(
        "数 据 字 典", "指标、校验规则、校验信息和数据文件的各栏", "", ["类别", "编号", "名称", "计量单位", "说明"]
    )
    rows, widths = entries(outcome), (10, 26, 28, 10, 56)
    for n, texts in enumerate(rows):
        row, kind = BODY_ROW + n, "end" if n == len(rows) - 1 else "item"
        for column, text in enumerate(texts):
            page.text(row, column, text, kind, text_wrap=True)
        page.sheet.set_row(row, page.height(list(zip(texts, widths, strict=True))))
    page.widths(widths)
    page.filtered(len(rows))
    page.print_setup(BODY_ROW + len(rows) - 1, outcome.imprint, landscape=True, freeze_columns=2)


def write_sources(workbook: Any, styles: Styles, outcome: Outcome, trace: Trace) -> None:
    """One row a file received: its name, size, hash, arrival and state."""
    page = Page(workbook, styles, SOURCES, 8)
    program = "，".join(f"{name} {version}" for name, version in outcome.versions.items())
    meta = f"运行编号 {outcome.fingerprint}    程序：{program}"
    heads = ["报告期", "单位", "文件", "字节", "校验码（SHA-256 前12位）", "收到", "版本", "状态"]
    page.head("来源与校验码", meta, "", heads)
    received = trace.received
    for n, item in enumerate(received.itertuples(index=False)):
        row, kind = BODY_ROW + n, "end" if n == len(received) - 1 else "item"
        version = "" if str(item.version) == "<NA>" else f"第{item.version}版"
        whose = outcome.office.short(str(item.unit), str(item.period))
        texts = {
            0: item.period, 1: whose, 2: item.file, 4: short(str(item.sha256)),
            5: item.received, 6: version, 7: item.state,
        }  # fmt: skip
        for column, text in texts.items():
            page.text(row, column, str(text), kind)
        page.number(row, 3, outcome.sizes[str(item.file)], kind)
    page.widths((10, 15, 42, 10, 22, 12, 9, 10))
    page.filtered(len(received))
    page.print_setup(BODY_ROW + max(len(received) - 1, 0), outcome.imprint, landscape=True, freeze_columns=2)

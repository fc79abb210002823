"""质量: the year's quality on one page, under the headings of European quality reports (SIMS)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.theme import MUTED, Styles
from pipeline.tables.outcome import Outcome
from pipeline.tables.quality import CHECKED, ENDS, LineQuality, by_line, revised, settled
from pipeline.values.differences import ACCOUNTED, AGREE, DIFFER, UNJUDGED
from pipeline.values.rulings import Adjust
from schemas.day import in_words
from schemas.quantity import Quantity

QUALITY = "质量"
HEADS, WIDTHS = ("标题", "指标", "数", "怎样计的"), (26, 30, 16, 62)
LINES = ("行", "问了的数", "没有数", "查出", "调高／调低／合计改变")
DOUBLE = "W-UPW-04"  # that a body is counted in two places
MOST = 14  # lines that are named
NOTE = (
    "标题后的编号是欧洲统计质量报告的概念编号（SIMS）；各数都由这次运行得出，"
    "明细见“考核”“规则效用”“校验发现”和数据文件。"
)


class Figure(NamedTuple):
    """A row: the heading it stands under, what it counts, how much, how it was counted."""

    heading: str
    name: str
    told: str
    how: str


def write_quality(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    """The figures, then the lines of which there is something to say."""
    page = Page(workbook, styles, QUALITY, len(HEADS))
    page.head(f"{outcome.year}年质量一页", f"{outcome.span}    截至{in_words(outcome.as_of)}", "", HEADS)
    row, above = BODY_ROW, ""
    for figure in figures(outcome):
        heading = figure.heading if figure.heading != above else ""
        above = figure.heading
        for column, text in enumerate((heading, figure.name, figure.told, figure.how)):
            look: dict[str, Any] = {"align": "center", "indent": 0} if column == 2 else {}
            page.text(row, column, text, text_wrap=column == 3, **look)
        page.sheet.set_row(row, page.height([(figure.how, WIDTHS[3])]))
        row += 1
    row = _lines(page, row, list(by_line(outcome)))
    page.widths(WIDTHS)
    end = page.notes(row, [NOTE], page.breadth * 1.05)
    page.print_setup(end, outcome.imprint, landscape=True, pages=1)


def figures(outcome: Outcome) -> Iterator[Figure]:
    """What is said of the year as a whole."""
    yield from _complete(outcome)
    yield from _checked(outcome)
    yield from _coherent(outcome)
    yield from _revised(outcome)


def _complete(outcome: Outcome) -> Iterator[Figure]:
    cover, punctual = outcome.coverage, "准时性（S.14.2）"
    owed, on_time, late = (sum(getattr(one, name) for one in outcome.assessed) for name in ("owed", "on_time", "late"))
    days = sorted(one.days_late for one in outcome.assessed if one.days_late)
    yield Figure(
        punctual, "按时报送", _share(on_time, owed), "第一次报送不迟且没有退回未改的份数，除以应报日期已过的份数。"
    )
    yield Figure(punctual, "迟报", f"{late}份", f"按第一次报送计；各单位迟报天数最多{days[-1] if days else 0}天。")
    lost = "单位无回答（S.13.3.3.1）"
    yield Figure(lost, "入汇", _share(cover.counted, cover.owed), f"{cover.words}。")
    lines = list(by_line(outcome))
    blank, asked = sum(one.blank for one in lines), sum(one.asked for one in lines)
    how = "入汇的报表里要填而没有数的格，除以要填的格。"
    yield Figure("项目无回答（S.13.3.3.2）", "没有数的格", _share(blank, asked), how)
    doubled = sum(finding.rule == DOUBLE for finding in outcome.findings)
    units = len(outcome.office.owing(map(str, outcome.months)))
    yield Figure("覆盖误差（S.13.3.1）", "可能计了两次的单位", f"{doubled}个", f"名录里应报的单位{units}个。")


def _checked(outcome: Outcome) -> Iterator[Figure]:
    measured, names = "计量误差（S.13.3.2）", {"must": "必须改的", "verify": "请核实的"}
    told = settled(outcome)
    for level in CHECKED:
        ends = "，".join(f"{end}{told[level][end]}处" for end in (*ENDS, "待办") if told[level][end]) or "没有"
        yield Figure(measured, names[level], f"{told[level].total()}处", f"后来：{ends}。")
    checked = "数据审核（S.18.4）"
    judged, not_judged = sum(r.judged for r in outcome.rules), sum(r.not_judged for r in outcome.rules)
    fired = sum(r.fired for r in outcome.rules)
    yield Figure(checked, "规则查出", _share(fired, judged), "每条规则判过的每一份算一次。")
    yield Figure(checked, "缺数没有判", _share(not_judged, judged + not_judged), "没有判的不当作通过。")
    adjusted = [one for one in outcome.rulings.every if isinstance(one, Adjust)]
    processed = "处理误差（S.13.3.4）"
    yield Figure(processed, "办公室调整", f"{len(adjusted)}处", "另加一行，不改单位填的数。")
    yield Figure(processed, "暂列的报表", f"{outcome.coverage.provisional}份", "有必须改的问题，先按能读出的数计入。")


def _coherent(outcome: Outcome) -> Iterator[Figure]:
    own = [one.verdict for one in outcome.differences if one.scope == "city"]
    told = "，".join(f"{verdict}{own.count(verdict)}项" for verdict in (AGREE, DIFFER, ACCOUNTED, UNJUDGED))
    yield Figure("内部一致性（S.15.4）", "核对过的合计", f"{len(own)}项", f"{told}。")


def _revised(outcome: Outcome) -> Iterator[Figure]:
    heading, moves = "数据修订（S.17.2）", revised(outcome)
    up, down = (sum(one[n] for one in moves.values()) for n in (0, 1))
    yield Figure(heading, "后来的版本改的数", f"{up + down}个", f"调高{up}个，调低{down}个；各行见下。")
    changes = outcome.revisions.changes
    higher = sum(one.difference > 0 for one in changes)
    words = outcome.revisions.words or "没有上报过"
    lower = sum(one.difference < 0 for one in changes)
    how = f"与{words}相比：调高{higher}个，调低{lower}个。" if outcome.revisions.words else "没有上报过。"
    yield Figure(heading, "上报以后改的数", f"{len(changes)}个", how)


def _lines(page: Page, row: int, lines: list[LineQuality]) -> int:
    """The lines with most to say, and how many more there are; the row below them."""
    telling = sorted((one for one in lines if one.says_something), key=lambda one: (-one.blank - one.found, one.code))
    for column, text in enumerate(("分行（查出和没有数最多的在前）", *LINES[1:3], "，".join(LINES[3:]))):
        page.text(row, column, text, "group")
    for line in telling[:MOST]:
        row += 1
        decimals = Quantity(line.unit, max(0, -int(line.net.as_tuple().exponent)))
        net = f"{line.net:+,.{decimals.decimals}f}{line.unit}" if line.up or line.down else "没有改变"
        told = f"查出{line.found}处，调高{line.up}个，调低{line.down}个，{net}"
        texts = (f"{line.table}.{line.code} {line.label}", f"{line.asked}", f"{line.blank}", told)
        for column, text in enumerate(texts):
            page.text(row, column, text, shrink=not column)
    rest = len(lines) - min(MOST, len(telling))
    more = len(telling) - min(MOST, len(telling))
    told = f"其余{rest}行" + (f"里还有{more}行有话可说，见数据文件。" if more else "没有缺数，没有查出，没有改过。")
    page.text(row + 1, 0, told, font_color=MUTED)
    return row + 2


def _share(part: int, whole: int) -> str:
    """A share in percent with both numbers; of nothing there is none."""
    return f"{part}/{whole}（{100 * part / whole:.1f}%）" if whole else "—"

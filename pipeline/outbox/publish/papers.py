"""工作底稿: what only the office needs of a year, with filters; what is forwarded is in workbook.py."""

from functools import partial
from pathlib import Path

from pipeline.outbox.publish.assessment import ASSESSMENT, write_assessment
from pipeline.outbox.publish.broken_rules import BROKEN_RULES, broken, write_broken_rules
from pipeline.outbox.publish.checks import FINDINGS, write_findings
from pipeline.outbox.publish.contents import Leaf, bind, describe
from pipeline.outbox.publish.quality import QUALITY, write_quality
from pipeline.outbox.publish.reference import DICTIONARY, entries, write_dictionary, write_sources
from pipeline.outbox.publish.rule_record import RULE_RECORD, write_rule_record
from pipeline.outbox.publish.trace import PAPERS, SOURCES, Trace
from pipeline.paper.theme import Styles
from pipeline.paper.xlsx import Workbook
from pipeline.tables.outcome import Outcome


def papers_name(outcome: Outcome) -> str:
    """The file name of a year's working papers."""
    return f"{outcome.year}年度{PAPERS}.xlsx"


def write_papers(path: Path, outcome: Outcome) -> None:
    """Write the working papers; same outcome, same bytes."""
    with Workbook(path) as workbook:
        describe(workbook, outcome, PAPERS, "供办公室核对，不上报。")
        book = (workbook, Styles(workbook), outcome)
        waiting, found, fired = len(outcome.open_findings), len(outcome.findings), len(broken(outcome))
        leaves = [
            Leaf(
                FINDINGS, "校验发现的问题和处理情况", partial(write_findings, *book),
                f"{found}条", check=f"{waiting}条待办" if waiting else "通过",
            ),
            Leaf(BROKEN_RULES, "按规则列出两边的数和差额", partial(write_broken_rules, *book), f"{fired}处", "各行"),
            Leaf(
                ASSESSMENT, "各单位报送的完整、及时、准确和时效", partial(write_assessment, *book),
                f"{len(outcome.assessed)}个单位", "份",
            ),
            Leaf(
                RULE_RECORD, "每条规则查出多少份、后来怎样", partial(write_rule_record, *book),
                f"{len({r.rule for r in outcome.rules})}条", "份",
            ),
            Leaf(QUALITY, "全年的完整、准时、缺数、审核和修订，一页", partial(write_quality, *book), "一页"),
            Leaf(
                SOURCES, f"每份{outcome.spoken['report']}的文件名和校验码",
                partial(write_sources, *book, Trace(outcome)), f"{len(outcome.sizes)}个文件",
            ),
            Leaf(
                DICTIONARY, "指标、规则和数据栏的含义", partial(write_dictionary, *book), f"{len(entries(outcome))}条"
            ),
        ]  # fmt: skip
        said = f"{outcome.span}工作底稿，供办公室核对，不上报；点击表名跳转，各表可以筛选"
        bind(*book, leaves, cover=None, said=said)
        workbook.get_worksheet_by_name("目录").activate()

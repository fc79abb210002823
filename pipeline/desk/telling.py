"""What a run and an explanation come to, told on the terminal or as JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from os.path import commonpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from schemas.day import in_words

if TYPE_CHECKING:
    from pipeline.desk.check import Checked
    from pipeline.desk.verifying import Verified
    from pipeline.outbox.written import Kept
    from pipeline.tables.explain import Explanation, Source
    from pipeline.tables.outcome import Outcome
    from schemas.office import Office
    from schemas.quantity import Quantity

SOURCES_SHOWN, FILES_SHOWN, BELOW_SHOWN = 20, 3, 5
LEFT_ALONE = "N-FIL-02"


def tell(outcome: "Outcome", written: list[Path], kept: "Sequence[Kept]" = (), before: Sequence[str] = ()) -> None:
    """Print what a run came to."""
    for line in (*before, *told(outcome, written, kept)):
        typer.echo(line)


def told(outcome: "Outcome", written: list[Path], kept: "Sequence[Kept]" = ()) -> Iterator[str]:
    """The verdict in a sentence, what to do first, and where the workbook is."""
    yield f"{outcome.span}：{outcome.coverage.words}。"
    alone = [finding.file for finding in outcome.findings if finding.rule == LEFT_ALONE]
    if alone:
        more = "等" if len(alone) > FILES_SHOWN else ""
        yield f"有{len(alone)}个文件没有读：{'、'.join(alone[:FILES_SHOWN])}{more}。"
    yield from _replied(outcome)
    if outcome.outside:
        yield f"另有{outcome.outside}份其他报告期的报表，没有计入。"
    yield from [outcome.calendar] * bool(outcome.calendar)
    yield outcome.verdict
    things = outcome.first_things()
    yield from ["先办这几件："] * bool(things)
    yield from (f"  {number}. {thing}" for number, thing in enumerate(things, start=1))
    yield from asked(outcome)
    yield from _beside(written, kept)
    yield from _places(outcome, written)


def _beside(written: Sequence[Path], kept: "Sequence[Kept]") -> Iterator[str]:
    """What could not be put in its place: a file that is open, one that a person has changed."""
    for path in written:
        if path.stem.endswith("）") and path.stem[-2].isdigit():
            meant = path.with_stem(path.stem.rpartition("（")[0]).name
            yield f"“{meant}”正被打开，这次写成了“{path.name}”。请关闭后再运行一次。"
    yield from (one.words for one in kept)


def _drafts(written: list[Path]) -> Iterator[str]:
    """Where the drafts are."""
    from pipeline.outbox.publish import DRAFT, NOTE

    for name in (DRAFT, NOTE):
        yield from (f"{name}：{path}" for path in written if path.suffix == ".docx" and name in path.stem)


def _places(outcome: "Outcome", written: list[Path]) -> Iterator[str]:
    """Where the workbook and the report are, what to rule on, whom to remind, and what goes back to units."""
    from pipeline.outbox.publish import CHASE_ENDING, INQUIRY_ENDING, NOTICE_ENDING, PAPERS
    from pipeline.values.rulings import RULINGS

    yield f"汇总工作簿：{written[0]}"
    yield from (f"工作底稿（供核对，不上报）：{path}" for path in written if PAPERS in path.stem)
    yield from (f"运行报告：{path}" for path in written if path.suffix == ".html")
    yield from _drafts(written)
    rulings = [path for path in written if path.stem.startswith(Path(RULINGS).stem)]
    if outcome.open_findings and rulings:
        yield f"需要办公室定的，填在：{rulings[0]}"
    chase = [path for path in written if path.stem.endswith(CHASE_ENDING)]
    if chase:
        several = f"一个月一份，共{len(chase)}份，在“{chase[0].parent}”。"
        yield f"催报单：{several if len(chase) > 1 else chase[0]}"
    yield from (f"发到工作群里的通知：{path}" for path in written if path.stem.endswith(NOTICE_ENDING))
    asked = [path for path in written if path.stem.endswith(INQUIRY_ENDING)]
    if asked:
        yield f"核实单：{len(asked)}份，在“{asked[0].parent}”，请发给单位；答好收回的放进收件夹。"
    back = written[-len(outcome.sent_back) :] if outcome.sent_back else []
    if back:
        folder = commonpath([path.parent for path in back])
        yield f"退回修改的文件：{len(back)}份，在“{folder}”，请发还给单位。"


def _replied(outcome: "Outcome") -> Iterator[str]:
    """What became of what units answered on a 核实单."""
    from pipeline.values.replies import STATES

    counts = Counter(one.state for one in outcome.replies)
    if counts:
        told = "，".join(f"{state}{counts[state]}处" for state in STATES if counts[state])
        yield f"核实单的答复{sum(counts.values())}处：{told}（逐处见 data 文件夹的 replies.csv）。"


def asked(outcome: "Outcome") -> Iterator[str]:
    """The numbers that look odd: how many, and the first of them one a line."""
    every, first = outcome.open_questions, outcome.first_questions
    if every:
        rest = f"先看这 {len(first)} 处，其余见 data 文件夹的 questions.csv" if len(every) > len(first) else "请留意"
        yield f"有 {len(every)} 处与往常不同，不影响上报，{rest}："
    for number, question in enumerate(first, start=1):
        yield f"  {number}. {outcome.todo(question)}"
    yield from [outcome.not_compared] * bool(outcome.not_compared)


def explained(explanation: "Explanation") -> Iterator[str]:
    """The number, what it counts, and its largest sources one a line; of a ratio, both its sums the same way."""
    quantity = explanation.quantity
    answer = explanation.answer
    yield f"{explanation.title} = {answer.show(quantity)}{f' {quantity.unit}' if answer.some else ''}"
    if not answer.is_whole:
        yield f"应报 {answer.owed} 份，入汇 {answer.there} 份，没有收齐（{answer.why.words}）。"
    if explanation.parts:
        yield f"计数：{explanation.counts}。"
        for part in explanation.parts:
            yield from explained(part)
        return
    there, zeros = len(explanation.sources), explanation.zeros
    yield f"计数：{explanation.counts}。由 {there} 个不是 0 的数合成，另有 {zeros} 个 0。"
    for source in explanation.sources[:SOURCES_SHOWN]:
        sign = "-" if source.times < 0 else ""
        whose, own = f"{source.unit} {source.period}", source.quantity
        number = own.show(source.value) if quantity.is_as_large_as(own) else f"{own.show(source.value)} {own.unit}"
        yield f"  {whose}  {sign}{number}  {source.file} {source.place}  {source.digest}"
        yield from _below(source, quantity, "    ")
    rest = explanation.sources[SOURCES_SHOWN:]
    if rest:
        total = sum(source.value * source.times for source in rest)
        yield f"  其余 {len(rest)} 个合计 {quantity.show(total)}；全部见 --json 或 data 文件夹的 facts.csv。"


def _below(source: "Source", quantity: "Quantity", indent: str) -> Iterator[str]:
    """What a source adds up itself, the largest first, and the same of each of these."""
    for one in source.below[:BELOW_SHOWN]:
        yield f"{indent}{one.unit} {one.period}  {one.quantity.show(one.value)}  {one.file} {one.place}  {one.digest}"
        yield from _below(one, quantity, f"{indent}  ")
    rest = source.below[BELOW_SHOWN:]
    if rest:
        yield f"{indent}其余 {len(rest)} 个合计 {source.quantity.show(sum(one.value for one in rest))}"
    added = sum(one.value for one in source.below)
    if source.below and added != source.value:
        own, above = (source.quantity.show(number) for number in (added, source.value))
        yield f"{indent}下级各数相加是 {own}，与上一级的 {above} 不同。"


def explanation_in_json(explanation: "Explanation") -> dict[str, Any]:
    """The same for machines: every number in its own unit; ``times`` is how often a source counts."""
    answer, quantity = explanation.answer, explanation.quantity
    told = asdict(explanation) | {"value": answer.shown(quantity), "unit": quantity.unit}
    told |= {"there": answer.there, "owed": answer.owed}
    told |= {"parts": [explanation_in_json(part) for part in explanation.parts]}
    sources = [_source_in_json(source, quantity) for source in explanation.sources]
    told.pop("answer")
    told.pop("quantity")
    return told | {"sources": sources}


def _source_in_json(source: "Source", quantity: "Quantity") -> dict[str, Any]:
    """A source, and what is below it where that is known."""
    own = _in_its_unit(source.value, source.quantity)
    told = asdict(source) | {"value": own["value"], "unit_of_measure": own["unit"]}
    told |= {"times": source.times // quantity.steps_of(source.quantity)}
    told.pop("quantity")
    told.pop("number")
    below = [_source_in_json(one, source.quantity) | {"times": 1} for one in told.pop("below") and source.below]
    return told | ({"below": below} if below else {})


def _in_its_unit(value: int, quantity: "Quantity") -> dict[str, object]:
    return {"value": quantity.number(value), "unit": quantity.unit}


def checked(found: "Sequence[Checked]", office: "Office") -> Iterator[str]:
    """Each file's verdict, and what to do about it, one finding a line."""
    from pipeline.values.findings import SIGNS

    for one in found:
        whose = f"{office.short(one.unit, one.period)} {one.period}  " if one.unit and one.period else ""
        must, asked = one.open("must"), one.open("verify")
        waiting = "，".join([f"必须改 {must} 处"] * bool(must) + [f"请核实 {asked} 处"] * bool(asked))
        verdict = "√ 可以报送。" if one.fit else f"× 还不能报送：{waiting}。" if must else f"! 请先核实：{waiting}。"
        yield f"{whose}{one.file}"
        yield from [] if one.attached else [f"  {verdict}"]
        for finding in sorted(one.findings, key=lambda f: f.level):
            where = f"{finding.sheet}!{finding.cell} " if finding.cell else ""
            yield f"  {SIGNS[finding.level]} {where}{finding.message}{finding.remedy}"


def checked_as_json(found: "Sequence[Checked]") -> dict[str, Any]:
    """The same for a machine."""
    from dataclasses import asdict

    return {"files": [{**asdict(one), "fit": one.fit} for one in found]}


def verified_told(verified: "Verified") -> Iterator[str]:
    """What a forwarded folder is, and whether it is as it was."""
    manifest = verified.manifest
    coverage = f"{manifest.coverage}。" if manifest.coverage else ""
    yield f"上报版本 {manifest.name}，截至{in_words(manifest.as_of)}。{coverage}"
    yield f"上报时的结论：{manifest.verdict}" + (f"保留意见：{manifest.reservations}" if manifest.reservations else "")
    kept = "" if verified.papers is None else f"，底稿 {verified.papers} 个"
    again = (
        f"汇总数 {verified.totals} 个，由机读表重算，并与表里印的数核对" if verified.totals else "没有可重算的汇总数"
    )
    yield f"核对了文件 {verified.files} 个{kept}；{again}。"
    nodes = verified.nodes
    if nodes:
        yield f"节点检查：{nodes.versions}个上报版本，{nodes.numbers}个数，逐项与下级各单位之和核对。"
        yield from (f"  缺：{one}" for one in nodes.absent)
    yield from (f"  {n}. {one}" for n, one in enumerate(verified.wrong, start=1))
    yield f"有 {len(verified.wrong)} 处不符，请向报送单位核实。" if verified.wrong else "都相符。"


def tell_json(outcome: "Outcome", **more: object) -> None:
    """Print the run in figures as one JSON object."""
    from pipeline.outbox.publish.data import summary

    print_json({**summary(outcome), **more})


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON object on a line."""
    import json

    typer.echo(json.dumps(value, ensure_ascii=False))

"""What a run and an explanation come to, told on the terminal or as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from os.path import commonpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from pipeline.values.findings import SIGNS
from pipeline.values.rulings import RULINGS

if TYPE_CHECKING:
    from pipeline.desk.check import Checked
    from pipeline.outbox.written import Kept
    from pipeline.tables.explain import Explanation
    from pipeline.tables.outcome import Outcome
    from schemas.office import Office
    from schemas.quantity import Quantity

SOURCES_SHOWN, FILES_SHOWN = 20, 3
LEFT_ALONE = "N-FIL-02"


def tell(outcome: "Outcome", written: list[Path], kept: "Sequence[Kept]" = (), before: Sequence[str] = ()) -> None:
    """The verdict in a sentence, what to do first, and where the workbook is."""
    for line in before:
        typer.echo(line)
    typer.echo(f"{outcome.span}：{outcome.coverage.words}。")
    alone = [finding.file for finding in outcome.findings if finding.rule == LEFT_ALONE]
    if alone:
        more = "等" if len(alone) > FILES_SHOWN else ""
        typer.echo(f"有{len(alone)}个文件没有读：{'、'.join(alone[:FILES_SHOWN])}{more}。")
    if outcome.outside:
        typer.echo(f"另有{outcome.outside}份其他报告期的报表，没有计入。")
    if outcome.calendar:
        typer.echo(outcome.calendar)
    typer.echo(outcome.verdict)
    things = outcome.first_things()
    if things:
        typer.echo("先办这几件：")
        for number, thing in enumerate(things, start=1):
            typer.echo(f"  {number}. {thing}")
    for line in asked(outcome):
        typer.echo(line)
    for line in _beside(written, kept):
        typer.echo(line)
    for line in _places(outcome, written):
        typer.echo(line)


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
    from pipeline.outbox.publish import CHASE_ENDING, NOTICE_ENDING

    yield f"汇总工作簿：{written[0]}"
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
    back = written[-len(outcome.sent_back) :] if outcome.sent_back else []
    if back:
        folder = commonpath([path.parent for path in back])
        yield f"退回修改的文件：{len(back)}份，在“{folder}”，请发还给单位。"


def asked(outcome: "Outcome") -> Iterator[str]:
    """The numbers that look odd: how many, and the first of them one a line."""
    every, first = outcome.open_questions, outcome.first_questions
    if every:
        rest = f"先看这 {len(first)} 处，其余见 data 文件夹的 questions.csv" if len(every) > len(first) else "请留意"
        yield f"有 {len(every)} 处与往常不同，不影响上报，{rest}："
    for number, question in enumerate(first, start=1):
        yield f"  {number}. {outcome.todo(question)}"


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
    rest = explanation.sources[SOURCES_SHOWN:]
    if rest:
        total = sum(source.value * source.times for source in rest)
        yield f"  其余 {len(rest)} 个合计 {quantity.show(total)}；全部见 --json 或 data 文件夹的 facts.csv。"


def explanation_in_json(explanation: "Explanation") -> dict[str, Any]:
    """The same for machines: every number in its own unit; ``times`` is how often a source counts."""
    answer, quantity = explanation.answer, explanation.quantity
    told = asdict(explanation) | {"value": answer.shown(quantity), "unit": quantity.unit}
    told |= {"there": answer.there, "owed": answer.owed}
    told |= {"parts": [explanation_in_json(part) for part in explanation.parts]}
    sources = []
    for source in explanation.sources:
        times = source.times // explanation.quantity.steps_of(source.quantity)
        own = _in_its_unit(source.value, source.quantity)
        sources.append(asdict(source) | {"value": own["value"], "unit_of_measure": own["unit"], "times": times})
    told.pop("answer")
    for one in (told, *sources):
        one.pop("quantity")
    return told | {"sources": sources}


def _in_its_unit(value: int, quantity: "Quantity") -> dict[str, object]:
    return {"value": quantity.number(value), "unit": quantity.unit}


def checked(found: "Sequence[Checked]", office: "Office") -> Iterator[str]:
    """Each file's verdict, and what to do about it, one finding a line."""
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


def tell_json(outcome: "Outcome", **more: object) -> None:
    """Print the run in figures as one JSON object."""
    from pipeline.outbox.publish.data import summary

    print_json({**summary(outcome), **more})


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON object on a line."""
    import json

    typer.echo(json.dumps(value, ensure_ascii=False))

"""What a run and an explanation come to, told on the terminal or as JSON."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from pipeline.explain import Explanation
    from pipeline.outcome import Outcome

SOURCES_SHOWN = 20


def tell(outcome: "Outcome", written: list[Path], before: list[str] | None = None) -> None:
    """The verdict in a sentence, what to do first, and where the workbook is."""
    for line in before or []:
        typer.echo(line)
    typer.echo(f"{outcome.span}：{outcome.coverage.words}。")
    if outcome.outside:
        typer.echo(f"另有{outcome.outside}份其他月份的月报，没有计入。")
    typer.echo(outcome.verdict)
    things = outcome.first_things()
    if things:
        typer.echo("先办这几件：")
        for number, thing in enumerate(things, start=1):
            typer.echo(f"  {number}. {thing}")
    for path in written:
        if path.stem.endswith("）") and path.stem[-2].isdigit():
            meant = path.with_stem(path.stem.rpartition("（")[0]).name
            typer.echo(f"“{meant}”正被打开，这次写成了“{path.name}”。请关闭后再运行一次。")
    typer.echo(f"汇总工作簿：{written[0]}")


def explained(explanation: "Explanation") -> Iterator[str]:
    """The number, what it counts, and its largest sources one a line."""
    money = explanation.unit == "元"

    def shown(value: int) -> str:
        return f"{value / 100:,.2f}" if money else f"{value:,}"

    yield f"{explanation.title} = {shown(explanation.value)} {explanation.unit}"
    there, zeros = len(explanation.sources), explanation.zeros
    yield f"计数：{explanation.counts}。由 {there} 个不是 0 的数合成，另有 {zeros} 个 0。"
    for source in explanation.sources[:SOURCES_SHOWN]:
        sign = "-" if source.times < 0 else ""
        whose = f"{source.unit} {source.period}"
        yield f"  {whose}  {sign}{shown(source.value)}  {source.file} {source.place}  {source.digest}"
    rest = explanation.sources[SOURCES_SHOWN:]
    if rest:
        total = sum(source.value * source.times for source in rest)
        yield f"  其余 {len(rest)} 个合计 {shown(total)}；全部见 --json 或 data 文件夹的 facts.csv。"


def tell_json(outcome: "Outcome", **more: object) -> None:
    """Print the run in figures as one JSON object."""
    from pipeline.publish.data import summary

    print_json({**summary(outcome), **more})


def print_json(value: dict[str, Any]) -> None:
    """Print one JSON object on a line."""
    import json

    typer.echo(json.dumps(value, ensure_ascii=False))

"""The page: every table with caption, headings, definitions, coverage; for keyboards and readers of screens too."""

from pathlib import Path
from typing import Any

from pipeline.outbox.publish.open_release.visible import Shown
from pipeline.outbox.publish.open_release.words import cells, definitions, heads, notes, revised
from pipeline.paper import theme
from pipeline.tables.outcome import Outcome

HERE = Path(__file__).parent


def page(outcome: Outcome, shown: list[Shown], files: dict[str, str]) -> str:
    """The whole page; ``files`` are the CSV files by the table's id. Same outcome, same text."""
    from base64 import b64encode
    from hashlib import sha256

    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    colours = {name.lower(): value for name, value in vars(theme).items() if str(value).startswith("#")}
    look = made.get_template("open.css.j2").render(**colours)
    policy = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(look.encode()).digest()).decode()}'"
    told = made.get_template("open.html.j2").render(
        outcome=outcome,
        policy=f"{policy}; base-uri 'none'; form-action 'none'",
        look=Markup(look),  # noqa: S704  # our own file
        tables=[_table(outcome, one, files) for one in shown],
        revised=revised(outcome, shown),
        coverage=outcome.coverage.words,
    )
    return f"{told}\n"


def _table(outcome: Outcome, shown: Shown, files: dict[str, str]) -> dict[str, Any]:
    annual = shown.table.annual
    return {
        "id": annual.id, "title": annual.title, "unit": shown.table.unit or "见各栏", "file": files[annual.id],
        "heads": heads(shown), "rows": [(row.kind, _shown(shown, row)) for row in shown.rows],
        "definitions": list(definitions(outcome, shown)), "notes": notes(outcome, shown),
    }  # fmt: skip


def _shown(shown: Shown, row: Any) -> list[str]:
    """A row as people read it: thousands apart."""
    plain = cells(shown, row)
    quantities = [shown.table.quantity(row, n) for n in range(len(row.answers))]
    numbers = [
        quantity.show(answer.steps) if answer.some else text
        for quantity, answer, text in zip(quantities, row.answers, plain[1:], strict=False)
    ]
    return [plain[0], *(numbers if row.kind != "heading" else plain[1 : 1 + len(numbers)]), *plain[1 + len(numbers) :]]

"""The report as one text: no request to anywhere, nothing that a return's text could add to it."""

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.outbox.publish.highlights import highlights
from pipeline.outbox.publish.report_html.charts import charts
from pipeline.outbox.publish.report_html.compared import compared
from pipeline.outbox.publish.report_html.found import found, questions
from pipeline.outbox.publish.report_html.head import tiles, todos
from pipeline.outbox.publish.report_html.origin import facts_of, received
from pipeline.outbox.publish.report_html.revised import revised
from pipeline.outbox.publish.report_html.sent import status
from pipeline.outbox.publish.report_html.written import Written
from pipeline.paper import theme
from pipeline.tables.outcome import Outcome
from schemas.day import in_words

if TYPE_CHECKING:
    from jinja2 import Environment

NAME = "运行报告.html"
PAGE = Path(__file__).parent / "page"


@dataclass(frozen=True)
class Section:
    """A section: its address on the page, which is its template's name too, and its title."""

    id: str
    title: str


SECTIONS = (
    Section("first", "先办这几件"),
    Section("reconciliation", "对账"),
    Section("revisions", "修订记录"),
    Section("findings", "校验发现"),
    Section("questions", "与往常不同的"),
    Section("status", "报送情况"),
    Section("charts", "汇总结果"),
    Section("sources", "来源与版本"),
)


def report_html(outcome: Outcome, written: Written) -> str:
    """The whole page; same outcome and file names, same text."""
    from markupsafe import Markup

    made = _environment()
    colours = {name.lower(): value for name, value in vars(theme).items() if re.fullmatch("#[0-9A-F]{6}", str(value))}
    look = made.get_template("look.css.j2").render(**colours, fingerprint=outcome.fingerprint)
    script = (PAGE / "filter.js").read_text(encoding="utf-8")
    page = made.get_template("run_report.html.j2").render(
        outcome=outcome,
        written=written,
        policy=_policy(look, script),
        look=Markup(look),  # noqa: S704  # our own file
        script=Markup(script),  # noqa: S704  # our own file
        sections=SECTIONS,
        **_contents(outcome, written),
    )
    return f"{page}\n"


def _contents(outcome: Outcome, written: Written) -> dict[str, Any]:
    """What the sections show."""
    every = found(outcome, written)
    first, later = questions(outcome, written)
    return {
        "tiles": tiles(outcome),
        "highlights": highlights(outcome),
        "todos": todos(outcome, written),
        "compared": compared(outcome),
        "revised": revised(outcome),
        "found": every,
        "first_questions": first,
        "later_questions": later,
        "status": status(outcome, every),
        "charts": charts(outcome),
        "facts": facts_of(outcome),
        "as_of": in_words(outcome.as_of),
        "received": received(outcome),
    }


def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["grouped"] = lambda value: f"{value:,}"
    made.filters["signed"] = lambda value: f"{value:+,}" if value else "0"
    return made


def _policy(look: str, script: str) -> str:
    """What a browser lets the page do: show our style, run our script, ask nobody for anything."""
    own = (b64encode(sha256(text.encode()).digest()).decode() for text in (look, script))
    style_src, script_src = (f"'sha256-{digest}'" for digest in own)
    return f"default-src 'none'; style-src {style_src}; script-src {script_src}; base-uri 'none'; form-action 'none'"

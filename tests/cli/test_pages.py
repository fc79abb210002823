"""The pages for their readers: each command on them can be typed, each link leads somewhere, what is shown is said."""

import re
import shlex
from pathlib import Path

import openpyxl
import pytest
import typer.main

from pipeline.desk.cli import app
from tests.cli.running import PROGRAM, Command

ROOT = PROGRAM.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
_TYPED = re.compile(r"(?:run_pipeline\.py|(?<![\w.])yuebao(?:\.exe)?)((?: +[^`\n（，。]+)?)")


def commands(page: Path) -> list[str]:
    """What is typed behind the program's name, in blocks of code and between backticks."""
    text = page.read_text("utf-8")
    spans = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL) + re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
    typed = (found[1].split("#")[0].strip() for span in spans for found in _TYPED.finditer(span))
    return [line for line in typed if not line.startswith("[")]


TYPED = [(page.name, line) for page in PAGES for line in dict.fromkeys(commands(page)) if "…" not in line]


def test_the_pages_have_commands():
    assert len(TYPED) > 25
    assert {"README.md", "README.zh-CN.md", "commands.md", "上级.md", "审计.md", "填报单位.md"} <= {
        name for name, _ in TYPED
    }


@pytest.mark.parametrize(("page", "line"), TYPED)
def test_a_command_on_a_page_can_be_typed(page, line):
    words = shlex.split(line.replace("\\", "/"))
    if not words or words[0].startswith("-"):
        words = ["run", *words]
    group = typer.main.get_command(app)
    name, command, rest = group.resolve_command(typer.Context(group), words)
    while hasattr(command, "commands"):
        name, command, rest = command.resolve_command(typer.Context(command), rest)

    assert command.make_context(name, rest)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_on_a_page_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8"))

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_what_the_page_shows_of_new_office_is_what_it_says(tmp_path):
    book = openpyxl.Workbook()
    for name in ("单位名称", "临水县人民政府办公室", "临水县教育局", "临水县水务局", "河湾镇人民政府"):
        book.active.append([name])
    book.save(tmp_path / "单位通讯录.xlsx")
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    typed, _, shown = text.partition("$ yuebao new-office")[2].partition("```")[0].partition("\n")

    said = Command(tmp_path, "yuebao")("new-office", *typed.split())

    assert said.out == shown

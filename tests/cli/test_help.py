"""Help answers at once and in Chinese."""

import re
import runpy
import tomllib
from itertools import chain
from pathlib import Path

import pytest
import typer.core

from pipeline.desk.cli import app
from tests.cli.running import PROGRAM, Command, in_a_process
from tests.cli.words import CATALOGUE, catalogue, words

COMMANDS = [command.callback.__name__.replace("_", "-") for command in app.registered_commands]
GROUPS = {
    group.name: [c.callback.__name__ for c in group.typer_instance.registered_commands]
    for group in app.registered_groups
}
HELPED = [[name] for name in COMMANDS] + [[group, name] for group, names in GROUPS.items() for name in names]
HEAVY = [
    "pandas",
    "pandera",
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "pyarrow",
    "lark",
    "chinese_calendar",
    "docx",
    "pypdf",
    "lxml",
    "scipy",
]

LOADED = f"""
import sys
import pipeline.desk.cli
try:
    pipeline.desk.cli.main()
except SystemExit as ended:
    print(ended.code or 0, [name for name in {HEAVY} if name in sys.modules])
"""


def test_the_commands_are_those_we_speak_of():
    own = [
        "run",
        "demo",
        "templates",
        "check",
        "explain",
        "publish",
        "verify",
        "unit-years",
        "backtest",
        "proof",
        "new-office",
    ]
    assert own == COMMANDS
    assert GROUPS == {"edition": ["check", "draft", "pack", "unpack"]}


@pytest.mark.parametrize(
    "arguments",
    [["--help"], *(pytest.param(one, marks=pytest.mark.slow) for one in [["-h"], *([*w, "--help"] for w in HELPED)])],
)
def test_help_loads_nothing_heavy(arguments):
    said = in_a_process(*arguments, code=LOADED)

    assert said.err == ""
    assert said.out.splitlines()[-1] == "0 []"


@pytest.mark.parametrize("arguments", [["--help"], *([*words, "--help"] for words in HELPED)])
def test_help_is_in_chinese(command, arguments):
    said = command(*arguments)
    names = "|".join(
        [*COMMANDS, *GROUPS, *chain.from_iterable(GROUPS.values()), "zip", "docx", "txt", "html", "pdf", "xlsx", "csv"]
    )
    kept = rf"run_pipeline\.py|--?[a-z-]+|schemas/offices/jyg|inbox|outbox|\.toml|\b({names})\b"

    assert said.code == 0
    assert re.findall(r"[A-Za-z]{2,}", re.sub(kept, "", said.out)) == []


@pytest.mark.parametrize("words", HELPED, ids=" ".join)
def test_every_option_has_its_words(command, words):
    options = [line for line in command(*words, "--help").out.splitlines() if line.strip().startswith("-")]

    assert len(options) >= 2
    assert [line for line in options if not re.search(r" {2,}[^ -].*[\u3400-\u9fff]", line)] == []


def test_every_command_says_what_it_does(command):
    said = command("--help").out

    for name in [*COMMANDS, *GROUPS]:
        assert re.search(rf"^  {name} +[\u3400-\u9fff].*。$", said, re.MULTILINE)


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["runn"], ["templates"]], ids=" ".join)
def test_the_installed_command_says_the_same_under_its_own_name(command, arguments):
    by_file = command(*arguments)
    by_name = Command(command.folder, "C:/月报/Scripts/yuebao.exe")(*arguments)

    assert by_name.code == by_file.code
    shown = [re.sub(r"(python )?run_pipeline\.py", "yuebao", text) for text in by_file[1:]]
    assert [re.sub(r"\s+", "", text) for text in by_name[1:]] == [re.sub(r"\s+", "", text) for text in shown]


def test_the_installed_command_is_that_of_the_file():
    project = tomllib.loads((PROGRAM.parent / "pyproject.toml").read_text("utf-8"))["project"]

    start = runpy.run_path(str(PROGRAM))["main"]

    assert project["scripts"] == {"yuebao": f"{start.__module__}:{start.__name__}"}


def test_a_process_that_reads_returns_does_not_load_the_command_line():
    """It runs the file anew under this name (multiprocessing), once a process."""
    begun = (
        f"import runpy, sys; runpy.run_path({str(PROGRAM)!r}, run_name='__mp_main__'); print('typer' in sys.modules)"
    )

    assert in_a_process(code=begun).out.strip() == "False"


def test_the_catalogue_that_gettext_reads_is_made_of_the_words_that_people_read():
    assert CATALOGUE.read_bytes() == catalogue(words())


@pytest.mark.parametrize("english", [english for english in words() if english])
def test_every_word_is_one_that_typer_marks(english):
    assert f'_("{english}")' in Path(typer.core.__file__).read_text(encoding="utf-8")

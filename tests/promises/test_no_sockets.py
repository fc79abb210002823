"""No command asks another machine for anything: a hook in it, and in every process that it starts, refuses sockets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from schemas.office import OFFICES, read_office
from tests.builders import Desk

HERE, ROOT = Path(__file__).parent, Path(pipeline.__file__).parents[1]
COMMANDS = {
    "run": ["run", "--workers", "2"],
    "publish --open": ["publish", "--through", "2012-01", "--with-reservations", "试一试", "--open"],
    "explain": ["explain", "2012", "表1", "1月", "渠道合计"],
    "unit-years": ["unit-years"],
    "templates": ["templates", "--period", "2012-02"],
    "check": ["check", "inbox/2012-01/东区_2012-01.xlsx"],
    "verify": ["verify", "outbox/上报/2012-01_v1"],
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("sockets"), read_office(OFFICES / "shifan"))
    for unit in (unit.short for unit in desk.office.units):
        desk.send(unit, "2012-01")
    return desk


def in_a_process(folder, *arguments):
    """What a command came to, and what it asked of other machines."""
    told = folder / "sockets.txt"
    told.write_text("", "utf-8")
    paths = [str(HERE), str(ROOT)]
    own = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "SOCKETS_TOLD": str(told)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False)  # noqa: S603  # ours
    return done, told.read_text("utf-8")


def test_whoever_asks_another_machine_is_told(tmp_path):
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done, told = in_a_process(tmp_path, "-c", code)

    assert "no sockets at run time" in done.stderr
    assert "socket.getaddrinfo" in told


def test_a_child_is_told_too(tmp_path):
    (tmp_path / "child.py").write_text(
        "import multiprocessing, urllib.request\n"
        "def ask(): urllib.request.urlopen('http://127.0.0.1:9')\n"
        "if __name__ == '__main__':\n"
        "    child = multiprocessing.get_context('forkserver').Process(target=ask)\n"
        "    child.start(); child.join()\n"
    )

    assert "urllib.Request" in in_a_process(tmp_path, "child.py")[1]


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_opens_a_socket(desk, name):
    if name == "verify" and not (desk.outbox / "上报").exists():
        in_a_process(
            desk.folder, str(ROOT / "run_pipeline.py"), *COMMANDS["publish --open"], "--office", str(OFFICES / "shifan")
        )
    office = [] if name == "verify" else ["--office", str(OFFICES / "shifan")]
    done, told = in_a_process(desk.folder, str(ROOT / "run_pipeline.py"), *COMMANDS[name], *office)

    assert told == ""
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_of_ours_imports_what_speaks_to_other_machines():
    import ast

    forbidden = {"socket", "http", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "telnetlib"}
    found = [
        (path.name, name)
        for package in ("pipeline", "schemas")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in _names(node)
        if name in forbidden or name.split(".")[0] in forbidden - {"urllib.request"}
    ]

    assert found == []


def _names(node):
    import ast

    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []

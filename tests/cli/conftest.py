import pytest

from tests.cli.running import Command


@pytest.fixture
def command(monkeypatch, capsys, tmp_path):
    """The command line, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return Command(monkeypatch, capsys)

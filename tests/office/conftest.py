import pytest

from tests.cli.running import Command


@pytest.fixture
def command(tmp_path):
    """The command line, in a folder of its own."""
    return Command(tmp_path)

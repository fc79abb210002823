import pytest

from tests.cli.running import Command
from tests.cli.settings import Settings


@pytest.fixture
def command(tmp_path):
    """The command line, in a folder of its own."""
    return Command(tmp_path)


@pytest.fixture
def settings(tmp_path):
    """The settings of an office, to be changed by one test."""
    return Settings(tmp_path)


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """The settings of an office, to be changed once for the tests of a module: ``changed("rule")``."""
    return lambda name: Settings(tmp_path_factory.mktemp(name))

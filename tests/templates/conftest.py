import pytest

from tests.publish.reading import load, shown
from tests.templates.writing import TEMPLATES, draft_of, write


@pytest.fixture(params=TEMPLATES, scope="module")
def blank(request):
    """The blank return of a kind."""
    return draft_of(request.param)


@pytest.fixture(scope="module")
def template(blank, tmp_path_factory):
    """The blank return as a file."""
    return write(tmp_path_factory.mktemp("template"), blank)


@pytest.fixture(scope="module")
def book(template):
    """The file with formulas and formats."""
    return load(template)


@pytest.fixture(scope="module")
def cells(template):
    """What the file shows."""
    return shown(template)

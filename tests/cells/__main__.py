"""Keep every printed cell of both demonstration years: `python -m tests.cells`, when a change of a figure is wanted."""

from pathlib import Path
from tempfile import TemporaryDirectory

from schemas.office import OFFICES, read_office
from tests.builders import demo_year
from tests.cells.cells import keep

YEARS = {"demo": "jyg", "shifan": "shifan"}

if __name__ == "__main__":
    for year, office in YEARS.items():
        with TemporaryDirectory() as folder:
            keep(year, demo_year(Path(folder), read_office(OFFICES / office)))

"""Small offices whose form changes within a year, and what their units send: each month on the form of that month.

Two units and the little form (tests/little), so that a year of returns is written and read in seconds.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from pipeline.paper.templates import Prior
from schemas.edition import EDITIONS
from schemas.office import OFFICES, read_office
from tests.builders import Desk

LITTLE = Path(__file__).parents[1] / "little" / "little.toml"
HEALTH, SCHOOLS = "市卫生局", "市教育局"
Was = Mapping[str, tuple[str, ...]]  # what lines of the last form were on the one before


def desk_of(folder: Path, *forms: str, codes: Mapping[str, str] | None = None) -> Desk:
    """The desk of an office with these editions, whose ids are in their texts; ``codes`` are more files of the office.

    ``little`` can be extended, and is valid from 2010 on itself where it is given as "little".
    """
    editions, office = folder / "editions", folder / "office"
    shutil.copytree(EDITIONS, editions)
    shutil.copytree(OFFICES / "jyg", office)
    text = LITTLE.read_text("utf-8").replace("../../schemas/editions/jyg-2012", "jyg-2012")
    (editions / "little.toml").write_text(text, "utf-8")
    ids = []
    for form in forms:
        ids.append(form.split('"')[1])
        (editions / f"{ids[-1]}.toml").write_text(form, "utf-8")
    for name, lines in (codes or {}).items():
        (office / f"{name}.csv").write_text(lines, "utf-8")
    settings = (office / "office.toml").read_text("utf-8")
    settings = settings.replace('editions = ["jyg-2012"]', f"editions = {ids}".replace("'", '"'))
    more = "".join(f'{name} = "{name}.csv"\n' for name in codes or {})
    (office / "office.toml").write_text(settings.replace("[codes]\n", f"[codes]\n{more}"), "utf-8")
    office = read_office(office, editions)
    units = [unit for unit in office.units if unit.short in {HEALTH, SCHOOLS}]
    return Desk(folder, office._replace(units=tuple(units)))


def form(name: str, first: str, last: str, more: str = "", base: str = "little") -> str:
    """An edition of these months that extends another."""
    return f'id = "{name}"\nextends = "{base}"\nvalid = {{ from = "{first}", to = "{last}" }}\n{more}'


def lines(*written: str, table: str = "T2") -> str:
    """Lines of a table of an edition, each as the inside of an inline table."""
    inside = "\n".join(f"    {{ {line} }}," for line in written)
    return f'\n[[table]]\nid = "{table}"\nline = [\n{inside}\n]\n'


def send(
    desk: Desk, unit: str, month: str, changes: Mapping[str, int | str] | None = None, was: Was | None = None, **more
):
    """A unit sends a return whose 本年累计 goes on from what its lines were (``was``) in the month before."""
    prior = desk.prior(unit, month)
    known = dict(prior.cumulative or {})
    for line, before in (was or {}).items():
        numbers = [(prior.cumulative or {}).get(tuple(text.split(".")), 0) for text in before]
        known[tuple(line.split("."))] = sum(numbers)
    return desk.send(unit, month, changes, prior=Prior(known), **more)


def year(desk: Desk, through: str, change: str = "", was: Was | None = None, **of_month) -> None:
    """Both units send their returns from January to ``through``; ``of_month`` are the changes of some, as m07.

    ``was`` holds for the month ``change``, the first on another form. No two returns say the same.
    """
    for n in range(1, int(through[-2:]) + 1):
        month = f"{through[:4]}-{n:02d}"
        for u, unit in enumerate((HEALTH, SCHOOLS)):
            own = {"T2.91": 100 + 7 * n + u} | of_month.get(f"m{n:02d}", {})
            send(desk, unit, month, own, was if month == change else None)

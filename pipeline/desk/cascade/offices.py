"""The folder of each office of the cascade: settings, its units, the form that all of them use."""

import csv
import io
import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.desk.cascade.plan import FOLDER, Cascade, Place
from schemas.office import HOLIDAYS, OFFICE, OWN_EDITIONS, UNITS, Office, read_office

COLUMNS = ("code", "name", "short", "kind", "parent", "valid_from", "valid_to", "aliases")
Unit = tuple[str, str, str, str]  # code, name, short name, kind


def write_office(folder: Path, plan: Cascade, place: Place, units: Iterable[Unit]) -> Office:
    """An office in its folder, which holds all it needs; read again."""
    folder.mkdir(parents=True)
    (folder / OWN_EDITIONS).mkdir()
    shutil.copy(FOLDER / "editions" / f"{plan.edition}.toml", folder / OWN_EDITIONS)
    (folder / OFFICE).write_text(_settings(plan, place), encoding="utf-8")
    rows = [COLUMNS, *((*unit, "", "", "", "") for unit in units)]
    _write(folder / UNITS.csv, rows)
    _write(folder / HOLIDAYS.csv, [("date", "kind", "name")])
    return read_office(folder)


def units_of(plan: Cascade, county: Place, count: int) -> list[Unit]:
    """The units of a county."""
    return [
        (f"{county.region_code}-{n:03}", f"{county.area}{name}", name, plan.units.kind)
        for n, name in enumerate(plan.units.names[:count], start=1)
    ]


def below(places: Sequence[Place]) -> list[Unit]:
    """Offices as the units of the one above, under their region codes."""
    return [(place.region_code, place.name, place.area, place.kind) for place in places]


def _settings(plan: Cascade, place: Place) -> str:
    known = {
        "id": place.id, "name": place.name, "area": place.area, "region_code": place.region_code,
        "reports_to": place.reports_to, "contact": plan.contact, "scope": "下级各单位",
        "units_note": "单位和数字都是编造的，仅供演示。", "editions": [plan.edition],
    }  # fmt: skip
    told = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in known.items()]
    return "\n".join([*told, "", "[deadline]", f"day = {plan.due}", ""])


def _write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")

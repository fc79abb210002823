"""A forwarded workbook held against its manifest: whose it is, whether it is as it was, what it brings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.intake.attachments import meant
from pipeline.intake.book import Book
from pipeline.intake.forwarded.machine_sheet import NotOurs, slices_of
from pipeline.intake.forwarded.manifests import Manifests
from pipeline.intake.forwarded.totals import differing
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.forwarded import Below, Forwarded
from pipeline.values.machine import MACHINE
from schemas.form import Form
from schemas.mistake import nearest
from schemas.office import Office
from schemas.period import period_of
from schemas.units import Unit

FEW = 5  # things named in a sentence


@dataclass(frozen=True)
class Held:
    """What became of it: what it brings (None where it does not count), of which unit and period, and what is told."""

    unit: str
    through: str
    below: Below | None
    findings: tuple[Finding, ...]


def held(book: Book, about: Place, manifests: Manifests, forms: Sequence[Form], office: Office) -> Held:
    """What a workbook with a machine sheet is; ``about`` is its file and content."""
    manifest = manifests.of(about.content)
    if manifest is None:
        changed = manifests.beside(about.file)
        if changed is None:
            return Held("", "", None, (tell("E-UPW-02", meant(about, office), name=about.file),))
        place = _place(about, changed, office)
        return Held(place.unit, place.period, None, (tell("E-UPW-01", place, value=about.content, name=about.file),))
    unit, place = unit_of(manifest, office), _place(about, manifest, office)
    if unit is None:
        return Held("", "", None, (_unknown(manifest, about, office),))
    wrong = [*_wrong_totals(book, manifest, place)]
    try:
        slices = tuple(slices_of(book.sheets[MACHINE], manifest.name, forms))
    except NotOurs as error:
        wrong, slices = [tell("E-UPW-04", place, value=str(error), what=str(error))], ()
    return Held(unit.code, manifest.through, None if wrong else Below(manifest, slices), tuple(wrong))


def unit_of(manifest: Forwarded, office: Office) -> Unit | None:
    """The unit that the office which forwarded it is to this one, by its codes and its names, certain or none."""
    found = [u for u in office.units if any(set(row.names) & manifest.names for row in u.rows)]
    return found[0] if len(found) == 1 and manifest.office != office.settings.id else None


def _place(about: Place, manifest: Forwarded, office: Office) -> Place:
    unit, period = unit_of(manifest, office), period_of(manifest.through)
    if unit is None or period is None:
        return about
    return replace(about, unit=unit.code, period=str(period))


def _unknown(manifest: Forwarded, about: Place, office: Office) -> Finding:
    names = [name for unit in office.units for row in unit.rows for name in (row.short, row.name)]
    whose = manifest.area or manifest.office
    facts = {"whose": f"{whose}（{manifest.region_code}）", "nearest": nearest(whose, names)}
    return tell("E-UPW-03", about, value=whose, **facts)


def _wrong_totals(book: Book, manifest: Forwarded, place: Place) -> Iterator[Finding]:
    """The totals that do not add up, a finding a cell."""
    try:
        wrong = list(differing(manifest.totals, book.sheets))
    except (ValueError, IndexError, KeyError, ArithmeticError):
        yield tell("E-UPW-05", place, value=MACHINE, what=f"“{MACHINE}”不完整，汇总数没法重算")
        return
    for total, what in wrong:
        at, told = replace(place, sheet=total.sheet, cell=total.cell), what.removesuffix("。")
        yield tell("E-UPW-05", at, value=total.value, what=told)

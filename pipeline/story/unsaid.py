"""What an edition does not say of its lines: asked of the office, for nothing can be added up until it is said."""

from collections.abc import Sequence

from pipeline.values.findings import Finding, Place, tell
from schemas.family import Family
from schemas.form import Form


def unsaid(forms: Sequence[Form], year: int) -> list[Finding]:
    """A question for every line that kept its code and not its name, of the forms of a year and the one before.

    Until it says whether it is the same, it is taken as a new one: numbers of two meanings never meet in a sum.
    """
    in_time = sorted(forms, key=lambda form: form.edition.valid.first or "")
    found = []
    for one in Family(in_time).unsaid() if len(in_time) > 1 else ():
        place = Place("", str(year), f"{one.later}.toml")
        line = f"{one.table}.{one.code}"
        facts = {"line": line, "was": f"{one.table}.{one.was}", "after": one.after, "before": one.before}
        facts |= {"later": one.later, "earlier": one.earlier}
        found.append(tell("W-FRM-01", place, value=line, **facts))
    return found

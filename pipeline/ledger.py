"""The ledger: which version of each return is in force, how late it was, in which state it stands, and its facts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pipeline.findings import EXPLAINED, MENDED, OPEN, Finding, Place, tell
from pipeline.periods import Month, due_day, parse_month
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd

REJECTED, EXCLUDED, MISSING = "退回", "作废", "未报"
PASSED, OPEN_QUESTIONS, PASSED_EXPLAINED = "通过", "待核实", "核实通过"


def enter(returns: "pd.DataFrame", findings: Iterable[Finding], office: Office) -> "pd.DataFrame":
    """The returns with version, days_late, copy_of and in_force.

    Versions of a unit's month count in the order of arrival; the same content again is no version (copy_of names the
    first). In force is the newest version without a must finding: a rejected one never displaces an accepted one.
    """
    returns = returns.sort_values(["received", "file"], kind="stable")
    first = returns.groupby("sha256")["file"].transform("first")
    returns["copy_of"] = first.where((first != returns["file"]) & (returns["sha256"] != ""), "")
    rejected = {f.file for f in findings if f.level == "must" and f.state == OPEN["must"]}
    returns["rejected"] = returns["file"].isin(rejected) | (returns["edition"] == "")
    own = returns[(returns["copy_of"] == "") & (returns["unit"] != "") & (returns["period"] != "")]
    returns["version"] = (own.groupby(["unit", "period"]).cumcount() + 1).reindex(returns.index).astype("Int64")
    returns["days_late"] = _days_late(returns, office)
    accepted = own[~returns.loc[own.index, "rejected"]]
    returns["in_force"] = returns.index.isin(accepted.groupby(["unit", "period"]).tail(1).index)
    return returns.sort_values("ret")


def settle(returns: "pd.DataFrame", findings: Iterable[Finding]) -> tuple["pd.DataFrame", list[Finding]]:
    """State and counts of findings of every return, and the findings with those mended by a later version marked.

    What is wrong with a copy is told at the file that it copies, once.
    """
    copies = set(returns.loc[returns["copy_of"] != "", "file"])
    settled = list(_mended(returns, (f for f in findings if f.level == "note" or f.file not in copies)))
    counts = {level: _count(settled, level, (OPEN[level], MENDED)) for level in ("must", "verify")}
    explained = {f.file for f in settled if f.state == EXPLAINED}
    states = []
    for file, copy_of, rejected in zip(returns["file"], returns["copy_of"], returns["rejected"], strict=True):
        if copy_of:
            states.append(EXCLUDED)
        elif rejected:
            states.append(REJECTED)
        elif counts["verify"].get(file):
            states.append(OPEN_QUESTIONS)
        else:
            states.append(PASSED_EXPLAINED if file in explained else PASSED)
    must, verify = ([counts[level].get(file, 0) for file in returns["file"]] for level in ("must", "verify"))
    return returns.assign(state=states, must=must, verify=verify), settled


def arrivals(returns: "pd.DataFrame", office: Office, months: list[Month], as_of: date) -> Iterator[Finding]:
    """What the receipts book tells: copies, late and missing returns, two versions whose order is not known."""
    for row in returns[returns["copy_of"] != ""].itertuples(index=False):
        yield tell("N-DUP-01", Place(str(row.unit), str(row.period), str(row.file)), first=row.copy_of)
    first = returns[(returns["version"] == 1) & (returns["edition"] != "")]
    for row in first[first["days_late"] > 0].itertuples(index=False):
        due = due_day(_month(str(row.period)), office).isoformat()
        place = Place(str(row.unit), str(row.period))
        days = int(str(row.days_late))
        yield tell("N-LATE-01", place, value=str(days), received=row.received, due=due, days=days)
    yield from _unordered(returns)
    there = set(zip(returns["unit"], returns["period"], strict=True))
    for month in months:
        due_on = due_day(month, office)
        for unit in office.units_in(str(month)) if due_on < as_of else ():
            if (unit.code, str(month)) not in there:
                place = Place(unit.code, str(month))
                yield tell("E-ABS-01", place, expected=month.words, due=due_on.isoformat())


def waiting(returns: "pd.DataFrame") -> "pd.DataFrame":
    """The returns that wait to be mended: the newest version of a unit's month where it is rejected, in order of file.

    Of a file whose form is not known nothing can tell whether a later one replaces it; it waits while it lies there.
    """
    rejected = returns[returns["state"] == REJECTED]
    known = returns[returns["version"].notna() & (returns["edition"] != "")].sort_values("version")
    newest = known.groupby(["unit", "period"]).tail(1)
    return rejected[rejected["ret"].isin(newest["ret"]) | (rejected["edition"] == "")].sort_values("file")


def _days_late(returns: "pd.DataFrame", office: Office) -> "pd.Series[int]":
    import pandas as pd

    due = {p: due_day(month, office) for p in set(returns["period"]) if (month := parse_month(p))}
    late = [
        max(0, (date.fromisoformat(received) - due[period]).days) if received and period in due else None
        for received, period in zip(returns["received"], returns["period"], strict=True)
    ]
    return pd.Series(late, index=returns.index, dtype="Int64")


def _mended(returns: "pd.DataFrame", findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings about a version that a later accepted one has replaced are mended."""
    in_force = returns[returns["in_force"]].set_index(["unit", "period"])["version"].to_dict()
    versions = returns.set_index("file")["version"].to_dict()
    for finding in findings:
        newest, own = in_force.get((finding.unit, finding.period)), versions.get(finding.file)
        replaced = newest is not None and own is not None and own < newest
        yield replace(finding, state=MENDED) if replaced and finding.level != "note" else finding


def _unordered(returns: "pd.DataFrame") -> Iterator[Finding]:
    """Accepted versions of one day; a rejected one beside an accepted one leaves no doubt which is in force."""
    own = returns[returns["version"].notna() & ~returns["rejected"]].sort_values(["unit", "period", "version"])
    same_day = own.duplicated(["unit", "period", "received"])
    for n in own.index[same_day]:
        later = own.loc[n]
        earlier = own[
            (own["unit"] == later["unit"]) & (own["period"] == later["period"]) & (own["version"] < later["version"])
        ]
        names = {"first": earlier["file"].iloc[-1], "name": later["file"]}
        yield tell("W-ORD-01", Place(later["unit"], later["period"], later["file"]), **names)


def _count(findings: Iterable[Finding], level: str, states: tuple[str, ...]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for finding in findings:
        if finding.level == level and finding.state in states:
            counts[finding.file] = counts.get(finding.file, 0) + 1
    return counts


def _month(text: str) -> Month:
    return Month(int(text[:4]), int(text[5:]))


def book(returns: "pd.DataFrame", office: Office, months: Sequence[Month]) -> "pd.DataFrame":
    """schemas.frames.Returns: every file received, and a row 未报 for every return that is owed and not there."""
    import pandas as pd

    from schemas.frames import Returns, columns_of

    columns = columns_of(Returns)
    there = set(zip(returns["unit"], returns["period"], strict=True))
    owed = ((unit.code, str(month)) for month in months for unit in office.units_in(str(month)))
    blank = dict.fromkeys(columns, "") | {"state": MISSING, "version": None, "days_late": None, "must": 0, "verify": 0}
    missing = [blank | {"unit": unit, "period": period} for unit, period in owed if (unit, period) not in there]
    received = returns[columns].astype({"version": "Int64", "days_late": "Int64"})
    absent = pd.DataFrame(missing, columns=columns).astype(received.dtypes.to_dict())
    whole = pd.concat([received, absent], ignore_index=True)
    return whole.sort_values(["period", "unit", "received", "file"], kind="stable", ignore_index=True)

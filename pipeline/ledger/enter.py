"""The ledger's rows: of every file whether it counts, as which version, and how late it came."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.ledger.versions import History, histories
from pipeline.paper.check_code import as_typed
from pipeline.values.files import short
from pipeline.values.findings import Finding
from pipeline.values.mails import NO_MAIL, Mail
from pipeline.values.periods import due_day
from pipeline.values.rulings import NONE, TYPED, Bear, Exclude, Receive, Rulings, SendBack
from schemas.office import Office
from schemas.period import period_of

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas.received import Arrivals, Entered, Files


def enter(
    received: "DataFrame[Files]",
    arrivals: "DataFrame[Arrivals]",
    findings: Iterable[Finding],
    office: Office,
    rulings: Rulings = NONE,
    mails: Mapping[str, Mail] = MappingProxyType({}),
) -> "DataFrame[Entered]":
    """The files ``received``, entered; ``mails`` are those that brought them, by the file.

    In force is the newest version without a must finding: a rejected one never displaces an accepted one. Newest ones
    that came together are tied: which of them came last is a question, and none of them is in force meanwhile.
    """
    from schemas.frames import frame_of
    from schemas.received import Entered

    returns = _received(received.assign(digest=received["sha256"].map(short)), arrivals, rulings, mails)
    returns["excluded"] = returns["digest"].isin(rulings.on_files(Exclude))
    known = (returns["unit"] != "") & (returns["period"] != "") & (returns["edition"] != "")
    rejected = {f.ret for f in findings if f.level == "must" and f.pending}
    wrong, sent_back = returns["ret"].isin(rejected), returns["digest"].isin(rulings.on_files(SendBack))
    returns["provisional"] = wrong & known & ~sent_back & returns["digest"].isin(rulings.on_files(Bear))
    returns["rejected"] = (wrong | sent_back | (returns["edition"] == "")) & ~returns["provisional"]
    returns["days_late"] = _days_late(returns, office)
    return frame_of(Entered, _with_versions(returns, arrivals))


def _received(
    returns: "pd.DataFrame", arrivals: "pd.DataFrame", rulings: Rulings, mails: Mapping[str, Mail]
) -> "pd.DataFrame":
    """The returns with the day of their first receipt; a corrected day is that of the first file of its content."""
    import pandas as pd

    first = arrivals.sort_values("position", kind="stable").drop_duplicates("ret").set_index("ret")
    returns = returns.assign(
        received=returns["ret"].map(first["received"]), position=returns["ret"].map(first["position"])
    )
    told = returns["digest"].map({digest: str(ruling.received) for digest, ruling in rulings.arrivals.items()})
    typed = {(r.unit, r.period, as_typed(r.expected)): str(r.received) for r in rulings.of(Receive) if r.typed}
    keys = pd.Series(
        list(zip(returns["unit"], returns["period"], returns["check_code"], strict=True)), index=returns.index
    )
    later = keys.reindex(returns.sort_values(["position", "ret"]).index).duplicated().reindex(returns.index)
    by_hand = [
        None if after else typed.get(key) for key, after in zip(keys, later, strict=True)
    ]  # a later one is its own
    told = told.where(told.notna(), pd.Series(by_hand, index=returns.index, dtype="object"))
    whole = pd.Series(list(_of_months(returns, rulings, mails)), index=returns.index, dtype="object")
    told = told.where(told.notna(), whole)
    returns = returns.assign(typed=[TYPED if day else "" for day in by_hand])
    again = returns.sort_values(["position", "ret"]).duplicated("digest").reindex(returns.index)
    corrected = told.notna() & ~again
    return returns.assign(received=returns["received"].mask(corrected, told), corrected=corrected)


def _of_months(returns: "pd.DataFrame", rulings: Rulings, mails: Mapping[str, Mail]) -> Iterator[str | None]:
    """The day that the office gave to all files of a month, of each return; None where it gave none."""
    for row in returns.itertuples(index=False):
        ruling = rulings.of_month(str(row.unit), str(row.period))
        yield (ruling.day_of(str(row.received), mails.get(str(row.file), NO_MAIL).sent) or None) if ruling else None


def _with_versions(returns: "pd.DataFrame", arrivals: "pd.DataFrame") -> "pd.DataFrame":
    """The returns with version, copy_of, tied, in_force and again, from the histories of the units' months."""
    import pandas as pd

    of = {"excluded": returns["excluded"], "unknown": (returns["unit"] == "") | (returns["period"] == "")}
    counted = returns[~of["excluded"] & ~of["unknown"]]
    columns = ["ret", "unit", "period", "sha256", "rejected", "corrected", "received"]
    arrived = arrivals.merge(counted[columns], on="ret", suffixes=("", "_first"))
    first = ~arrived.sort_values("position", kind="stable").duplicated("ret").reindex(arrived.index)
    arrived["corrected"] &= first
    arrived["received"] = arrived["received"].mask(arrived["corrected"], arrived["received_first"])
    told = list(histories(arrived).values())
    files = dict(zip(returns["ret"], returns["file"], strict=True))
    version, in_force, tied, again = _standing(told)
    copies = {ret: files[first] for history in told for ret, first in history.copies.items() if ret not in version}
    copies |= _copies(returns[of["excluded"] | of["unknown"]])
    rets = returns["ret"]
    return returns.drop(columns="position").assign(
        version=pd.Series([version.get(ret) for ret in rets], index=returns.index, dtype="Int64"),
        copy_of=pd.Series([copies.get(ret, "") for ret in rets], index=returns.index, dtype="str"),
        tied=rets.isin(tied), in_force=rets.isin(in_force), again=rets.isin(again),
    )  # fmt: skip


def _standing(told: Iterable[History]) -> tuple[dict[int, int], set[int], set[int], set[int]]:
    """The version of every file that is one, the files in force, those tied, and those that came again in doubt."""
    version: dict[int, int] = {}
    in_force, tied, again = set[int](), set[int](), set[int]()
    for history in told:
        version |= {one.ret: number for number, one in enumerate(history.versions, start=1)}
        tied |= {one.ret for one in history.tied}
        in_force |= {history.in_force.ret} if history.in_force else set()
        again |= set(history.doubted)
    return version, in_force, tied, again


def _copies(returns: "pd.DataFrame") -> dict[int, str]:
    """Of files that are nobody's version: the first of the same content for every other."""
    known = returns[returns["sha256"] != ""].sort_values(["position", "ret"])
    same = ["sha256", "unit", "period"]  # of what was forwarded each period is a return
    first, again = known.groupby(same)["file"].transform("first"), known.duplicated(same)
    return dict(zip(known.loc[again, "ret"], first[again], strict=True))


def _days_late(returns: "pd.DataFrame", office: Office) -> "pd.Series[int]":
    import pandas as pd

    due = {p: due_day(month, office) for p in set(returns["through"]) if (month := period_of(p))}
    late = [
        max(0, (date.fromisoformat(received) - due[period]).days) if received and period in due else None
        for received, period in zip(returns["received"], returns["through"], strict=True)
    ]
    return pd.Series(late, index=returns.index, dtype="Int64")

"""What becomes of the findings, and the state of every return that follows from them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.ledger.arrivals import AGAIN
from pipeline.values.findings import EXCLUDED, EXPLAINED, MENDED, PROVISIONAL, WAIVED, Finding
from pipeline.values.rulings import NONE, Bear, Exclude, Kind, Rulings
from schemas.edition import TRIAL

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.received import Entered, Standing

REJECTED, PASSED, OPEN_QUESTIONS, PASSED_EXPLAINED = "退回", "通过", "待核实", "核实通过"


def settle(
    returns: "DataFrame[Entered]", findings: Iterable[Finding], rulings: Rulings = NONE
) -> tuple["DataFrame[Standing]", list[Finding]]:
    """State and counts of findings of every return, and the findings with what was mended or ruled upon marked.

    What is wrong with a copy is told at the file that it copies, once; that it came again, at the copy.
    """
    from schemas.frames import frame_of
    from schemas.received import Standing

    copies = set(returns.loc[returns["copy_of"] != "", "ret"])
    told = [f for f in findings if f.level == "note" or f.rule == AGAIN or f.ret not in copies]
    settled = list(_ruled(returns, _mended(returns, told), rulings))
    done = {f.ret for f in settled if f.state == MENDED} & _unread(returns)  # nobody has to do anything about those
    counted = [f for f in settled if _counts(f) and f.ret not in done]
    counts = {level: Counter(f.ret for f in counted if f.level == level) for level in ("must", "verify")}
    explained = {f.ret for f in settled if f.state in {EXPLAINED, WAIVED} and f.level != TRIAL}
    states = [_state(row, counts["verify"], explained) for row in returns.itertuples(index=False)]
    must, verify = ([counts[level][ret] for ret in returns["ret"]] for level in ("must", "verify"))
    return frame_of(Standing, returns.assign(state=states, must=must, verify=verify)), settled


def _state(row: Any, questions: Counter[int | None], explained: set[int | None]) -> str:
    if row.copy_of or row.excluded:
        return EXCLUDED
    if row.rejected:
        return REJECTED
    if row.provisional:
        return PROVISIONAL
    if row.tied or questions[row.ret]:
        return OPEN_QUESTIONS
    return PASSED_EXPLAINED if row.ret in explained else PASSED


def _counts(finding: Finding) -> bool:
    """Whether it counts among those of its return: open, mended by a later version, or borne for the time."""
    return finding.pending or finding.state in {MENDED, PROVISIONAL}


def _ruled(returns: "DataFrame[Entered]", findings: Iterable[Finding], rulings: Rulings) -> Iterator[Finding]:
    """Findings with the office's rulings: those it closes, those of files it excludes or bears for the time."""
    excluded = _by_return(returns[returns["excluded"]], rulings.on_files(Exclude))
    borne = _by_return(returns[returns["provisional"]], rulings.on_files(Bear))
    for finding in findings:
        if not finding.pending:
            yield finding
        elif finding.ret in excluded:
            yield finding.ruled(EXCLUDED, excluded[finding.ret].words)
        elif finding.level == "must":
            yield finding.ruled(PROVISIONAL, borne[finding.ret].words) if finding.ret in borne else finding
        else:
            waiver = rulings.waivers.get(finding.id)
            yield finding.ruled(WAIVED, waiver.words) if waiver else finding


def _by_return(returns: "DataFrame[Entered]", rulings: dict[str, Kind]) -> dict[int | None, Kind]:
    return {ret: rulings[digest] for ret, digest in zip(returns["ret"], returns["digest"], strict=True)}


def _mended(returns: "DataFrame[Entered]", findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings about a version that a later accepted one has replaced are mended.

    So are those of a version that was sent back and that another one followed, which says what is left to do; and those
    of a file that could not be read, where what its name says was sent has an accepted return.
    """
    unread, followed = _unread(returns), _followed(returns)
    in_force = returns[returns["in_force"]].set_index(["unit", "period"])["version"].to_dict()
    versions = returns.dropna(subset=["version"]).set_index("ret")["version"].to_dict()
    for finding in findings:
        newest, own = in_force.get((finding.unit, finding.period)), versions.get(finding.ret)
        replaced = newest is not None and ((own is not None and own < newest) or finding.ret in unread)
        yield (
            replace(finding, state=MENDED)
            if (replaced or finding.ret in followed) and finding.level != "note"
            else finding
        )


def _followed(returns: "DataFrame[Entered]") -> set[int]:
    """The versions that were sent back and that a later version of a known form followed."""
    known = returns[returns["version"].notna() & (returns["edition"] != "")].sort_values("version")
    newest = known.groupby(["unit", "period"]).tail(1)["ret"]
    return set(known.loc[known["rejected"] & ~known["ret"].isin(newest), "ret"])


def _unread(returns: "DataFrame[Entered]") -> set[int]:
    """The files that say of no unit that it sent them."""
    return set(returns.loc[returns["unit"] == "", "ret"])

"""Whatever arrives in whatever order: every file is counted once, and the order in which files are listed is no matter."""

import importlib
import random
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ledger import enter, settle, waiting
from pipeline.values.files import short
from pipeline.values.findings import Place, make
from pipeline.values.rulings import Exclude, Rulings
from schemas.office import read_office
from tests.builders import Desk
from tests.publish.test_same_bytes import contents

OFFICE = read_office()
UNITS = [unit.code for unit in OFFICE.units[:3]]
COLUMNS = ["ret", "unit", "period", "file", "sha256", "bytes", "edition", "check_code", "through"]
CONTENTS = {"sound": "a1", "other": "b2", "wrong": "c3", "dropped": "d4"}

# Who sends what, on which day of February; several may be of one unit, one content, one day.
ARRIVALS = st.lists(
    st.tuples(st.sampled_from(UNITS), st.sampled_from(sorted(CONTENTS)), st.integers(1, 4)), max_size=12
)


def received(arrivals):
    """The returns as taken in; what one unit sends again has the same content, and another name."""
    rows = [
        (n, unit, "2012-01", f"{n:02}.xlsx", f"{CONTENTS[what]}{unit}", 1, "jyg-2012", "K0001", "2012-01")
        for n, (unit, what, _) in enumerate(arrivals)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def receipts(arrivals):
    """The receipts of these arrivals: one run a day sees all that came on it together."""
    order = sorted(range(len(arrivals)), key=lambda n: arrivals[n][2])
    rows = [(n, at, arrivals[n][2], f"2012-02-0{arrivals[n][2]}") for at, n in enumerate(order)]
    return pd.DataFrame(rows, columns=["ret", "position", "batch", "received"])


def excluding(returns):
    contents = returns.loc[returns["sha256"].str.startswith(CONTENTS["dropped"]), "sha256"]
    return Rulings(tuple(
        Exclude("r1", "", "", "", short(content), "", "", "重复", "王芳", date(2012, 2, 9), None, "", "处理意见", 1, "G4")
        for content in sorted(set(contents))
    ))  # fmt: skip


def settled(returns, arrivals):
    wrong = returns[returns["sha256"].str.startswith(CONTENTS["wrong"])]
    findings = [
        make(
            "must",
            "E-NUM-02",
            Place(row.unit, row.period, row.file, "表", "A1", ret=row.ret),
            "4条",
            "写了文字。",
            "请改。",
        )
        for row in wrong.itertuples(index=False)
    ]
    rulings = excluding(returns)
    entered = enter(returns, receipts(arrivals), findings, OFFICE, rulings)
    return settle(entered, findings, rulings)[0]


@pytest.mark.slow
@settings(deadline=None, max_examples=20)
@given(ARRIVALS)
def test_every_file_is_accepted_superseded_rejected_or_excluded_and_only_one_of_these(arrivals):
    returns = settled(received(arrivals), arrivals)
    excluded = returns["excluded"] | (returns["copy_of"] != "")
    rejected = returns["rejected"] & ~excluded
    accepted = (returns["in_force"] | returns["tied"]) & ~excluded
    newest = returns[returns["in_force"] | returns["tied"]].groupby(["unit", "period"])["version"].max()
    last = pd.Series([newest.get(key, 0) for key in zip(returns["unit"], returns["period"], strict=True)])
    superseded = ~excluded & ~rejected & ~accepted & (returns["version"].reset_index(drop=True) < last)

    assert len(returns) == sum(map(int, (accepted.sum(), superseded.sum(), rejected.sum(), excluded.sum())))
    assert not returns[returns["in_force"]].duplicated(["unit", "period"]).any()
    assert set(returns[excluded]["state"]) <= {"作废"}
    assert set(returns[rejected]["state"]) <= {"退回"}


@pytest.mark.slow
@settings(deadline=None, max_examples=20)
@given(ARRIVALS, st.randoms(use_true_random=False))
def test_the_order_in_which_files_are_listed_is_no_matter(arrivals, chance: random.Random):
    returns = received(arrivals)
    shuffled = returns.sample(frac=1, random_state=chance.randrange(1000)).reset_index(drop=True)
    columns = ["file", "version", "copy_of", "state", "in_force", "tied"]

    first, again = (settled(frame, arrivals).sort_values("file")[columns] for frame in (returns, shuffled))
    assert first.astype("str").to_numpy().tolist() == again.astype("str").to_numpy().tolist()


@settings(deadline=None, max_examples=10)
@given(ARRIVALS)
def test_a_units_last_word_decides_and_a_name_never_does(arrivals):
    days = Counter((unit, day) for unit, _, day in arrivals)
    arrivals = [(unit, what, day) for unit, what, day in arrivals if days[unit, day] == 1]
    returns = settled(received(arrivals), arrivals)
    for unit in UNITS:
        versions = told(
            what for _, what in sorted((d, w) for other, w, d in arrivals if other == unit and w != "dropped")
        )
        accepted = [what for what in versions if what != "wrong"]
        there = returns[(returns["unit"] == unit) & returns["in_force"]]["sha256"].tolist()
        assert there == ([f"{CONTENTS[accepted[-1]]}{unit}"] if accepted else [])
        waits = waiting(returns[returns["unit"] == unit])
        assert len(waits) == (versions[-1:] == ["wrong"])


def told(contents: Iterable[str]) -> list[str]:
    """The versions of a month: what came again after one that was accepted since is none."""
    versions: list[str] = []
    for what in contents:
        since = versions[len(versions) - versions[::-1].index(what) :] if what in versions else None
        if since is None or (since and set(since) == {"wrong"}):
            versions.append(what)
    return versions


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Desk:
    """Two units with several versions, copies and a wrong one."""
    desk = Desk(tmp_path_factory.mktemp("tiny"), OFFICE._replace(units=OFFICE.units[:2]))
    for n, (unit, changes, day) in enumerate((
        ("雄关区", {}, 2), ("雄关区", {"T2.04": 6}, 3), ("镜铁区", {"T1.102": "4条"}, 3), ("镜铁区", {}, 3),
        ("雄关区", {}, 4),
    )):  # fmt: skip
        desk.send(unit, changes=changes, received=f"2012-02-0{day}", name=f"{n}/{unit}.xlsx")
    return desk


@pytest.mark.slow
def test_a_run_over_files_listed_in_any_order_writes_the_same_bytes(tiny, monkeypatch):
    listing = importlib.import_module("pipeline.intake.listing")
    below = listing.below
    written = []
    for seed in range(3):
        chance = random.Random(seed)  # noqa: S311  # an order, no secret

        def shuffled(folder: Path, chance: random.Random = chance):
            paths = sorted(below(folder))
            return chance.sample(paths, len(paths))

        monkeypatch.setattr(listing, "below", shuffled)
        _, workbook = tiny.run()
        data = {name: text for name, text in contents(workbook.parent / "data").items() if name.endswith(".csv")}
        written.append((workbook.read_bytes(), data))

    assert written[0] == written[1] == written[2]
    assert len(written[0][1]) > 8

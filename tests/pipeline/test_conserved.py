"""Nothing that was read is lost: cells are facts or told of, returns count or say why, rules judge or say that not."""

from collections import Counter
from dataclasses import replace

import pytest

from pipeline.story import accepted
from pipeline.story.conserved import lost
from tests.builders import Desk, a_little_office
from tests.worlds.units_in_time import STORIES, lived
from tests.worlds.world import grow

ODD = {"T1.102": "不详", "T2.02": None}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """What a run holds against each other: of a return that was accepted, one sent back, and one mended since."""
    desk = Desk(tmp_path_factory.mktemp("conserved"), a_little_office())
    first, second = (unit.name for unit in desk.office.units)
    desk.send(first, changes=ODD, name="odd.xlsx")
    desk.send(first, name="mended.xlsx", received="2012-02-07")
    desk.send(second, changes=ODD, name="back.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        held = []
        patch.setattr(accepted, "lost", lambda *what: held.append(what) or ())
        desk.examine()
    return held[0]


def told(kept, **otherwise):
    """What is said to be lost where one of the things is another: rule, level, file and what."""
    names = ("taken", "returns", "facts", "findings", "forms")
    found = list(lost(**dict(zip(names, kept, strict=True)) | otherwise))
    assert {(f.rule, f.level) for f in found} <= {("W-LOS-01", "verify")}
    return [(f.file, f.message.partition("：")[2].partition("。")[0]) for f in found]


def test_a_run_loses_nothing(kept):
    assert told(kept) == []


def test_a_fact_that_is_missing_is_lost(kept):
    ((file, what),) = told(kept, facts=kept[2].drop(index=5))

    assert file == "mended.xlsx"
    assert what.startswith("读出")


@pytest.mark.parametrize("file", ["odd.xlsx", "back.xlsx"])
def test_a_cell_that_could_not_be_read_is_told_of_also_in_what_does_not_count(kept, file):
    findings = [finding for finding in kept[3] if not (finding.file == file and finding.value == "不详")]

    assert told(kept, findings=findings) == [(file, "主动公开!D8 读不出来，也没有提示")]


def test_a_return_that_is_sent_back_says_why(kept):
    findings = [replace(finding, level="verify") if finding.file == "back.xlsx" else finding for finding in kept[3]]

    assert told(kept, findings=findings) == [("back.xlsx", "没有入汇，也没有说明原因")]


def test_a_sound_return_counts_or_another_does(kept):
    returns = kept[1].assign(in_force=False)

    assert ("mended.xlsx", "没有入汇，也没有说明原因") in told(kept, returns=returns, facts=kept[2][:0])


def every_rule_speaks_of_all(outcome):
    """Judged and not judged are all versions of the month, of every rule about whole returns."""
    sent = Counter(outcome.returns.loc[outcome.returns["version"].notna(), "period"])
    by_item = {s.rule for s in outcome.form.judged if s.scope == "row"}
    whole = [rule for rule in outcome.rules if rule.rule not in by_item]

    assert whole
    assert {(r.rule, r.period): r.judged + r.not_judged for r in whole} == {
        (r.rule, r.period): sent[r.period] for r in whole
    }
    for rule in set(outcome.rules) - set(whole):
        assert rule.judged + rule.not_judged <= sent[rule.period]


@pytest.mark.slow
@pytest.mark.parametrize("year", ["demo_outcome", "shifan_outcome"])
def test_in_both_demonstrations_judged_and_not_judged_are_all(year, request):
    every_rule_speaks_of_all(request.getfixturevalue(year))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(300, 306))
def test_in_random_worlds_judged_and_not_judged_are_all(tmp_path, seed):
    every_rule_speaks_of_all(grow(tmp_path, seed, 2, 2).desk.examine("2012-06-15", "2012-02"))


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
def test_with_units_in_time_judged_and_not_judged_are_all(tmp_path, story):
    every_rule_speaks_of_all(lived(tmp_path, STORIES[story])[1])

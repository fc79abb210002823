"""Every finding of every kind stands in the list and at its cell, in the same words, and what computes is current."""

import pytest

from pipeline.ledger import REJECTED
from pipeline.outbox.returned.lines import BY_HAND, LEVELS
from pipeline.values.findings import OPEN
from tests.publish.reading import by_formualizer, differences, shown

# What is wrong with the file as such: in the clean template it is in order again, and nothing is left to tick off.
OF_THE_FILE = {
    *(f"E-LAY-0{n}" for n in (1, 2, 3, 4, 6, 7, 8, 9)),
    *("E-LAY-10", "E-LAY-11", "E-REG-08", "E-SEE-05"),
    *("E-FML-01", "E-REG-01", "E-COV-03", "E-UNI-01", "E-PER-01"),
}


ELSEWHERE = {"CSV", "网页表格3"}  # what a return that was no workbook calls its sheets


def told(post, file):
    """What is open about a file."""
    own = [f for f in post.outcome.findings if f.file == file and f.level != "note"]
    return [f for f in own if f.state == OPEN[f.level]]


def known(post):
    """The files that go back as a clean template, each with what is open about it."""
    backs = [back for back in post.outcome.sent_back if back.edition]
    assert backs
    return [(post.files[back.file], told(post, back.file)) for back in backs]


def test_every_rejected_return_goes_back(post):
    returns = post.outcome.returns

    assert sorted(post.files) == sorted(returns[returns["state"] == REJECTED]["file"])
    assert len({file.path for file in post.files.values()}) == len(post.files)


def test_the_list_has_every_finding_in_its_own_words(post):
    for file, back in ((post.files[back.file], back) for back in post.outcome.sent_back):
        listed = sorted((line.rule, line.message, line.remedy, line.level) for line in file.lines)

        assert listed == sorted((f.rule, f.message, f.remedy, LEVELS[f.level][0]) for f in told(post, back.file))


def test_a_finding_stands_at_its_cell_with_a_note_in_the_same_words_and_a_frame(post):
    linked = 0
    for file, findings in known(post):
        for finding in findings:
            (line,) = [line for line in file.lines if line.rule == finding.rule and line.message == finding.message]
            assert (line.link is None) == (finding.rule in OF_THE_FILE), finding
            if line.link:
                linked += 1
                assert line.where == "!".join(line.link)
                assert line.link == (finding.sheet, finding.cell) or finding.sheet in ELSEWHERE
                assert f"{finding.message}\n改法：{finding.remedy}" in file.notes[line.link]
                assert (line.link in file.frames) == line.live
                assert line.written == (finding.value or "（空）")
                assert line.state == (OPEN[finding.level] if line.live else BY_HAND)
        assert {line.link for line in file.lines if line.link} == set(file.notes)
        assert set(file.frames) <= set(file.notes)

    assert linked > 4


def test_what_was_wrong_with_the_file_is_listed_with_its_old_place(post):
    lines = [line for file, _ in known(post) for line in file.lines if not line.link]

    assert {line.where.split()[0] for line in lines} <= {"原表", "整份表"}
    assert {line.state for line in lines} <= {BY_HAND}


@pytest.mark.parametrize("rule", sorted(OF_THE_FILE))
def test_the_catalogue_has_an_example_of_what_is_wrong_with_the_file(post, rule):
    if any(finding.rule == rule for finding in post.outcome.findings):
        assert rule in {line.rule for file, _ in known(post) for line in file.lines if not line.link}


def test_every_formula_shows_what_it_computes(post):
    for file in list(post.files.values())[::3]:
        assert differences(file.cells, shown(by_formualizer(file.path))) == {}, file.path


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_computes_what_every_formula_shows(post, libreoffice):
    files = list(post.files.values())
    for file, saved in zip(files, libreoffice.recalculate(*(file.path for file in files)), strict=True):
        assert differences(file.cells, shown(saved)) == {}, file.path


def test_nothing_is_done_when_the_file_arrives(post):
    for file, _ in known(post):
        live = [line for line in file.lines if line.live]
        if live:
            assert file.progress.startswith(f"进度：已改 0 / {len(live)}")
            assert file.progress.endswith("选“已核对”）") == (len(live) < len(file.lines))

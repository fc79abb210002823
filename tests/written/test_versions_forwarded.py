"""What was forwarded is believed only whole: a damaged version is said by its name, with what to do."""

import json
import shutil

import pytest

from pipeline.ledger.published import MANIFEST, read_published
from pipeline.outbox.written import settle, strangers
from pipeline.values.files import sha256
from schemas.mistake import Mistake
from tests.faults import count
from tests.written.putting import contents, damages

FACTS = b"PAR1 facts PAR1"
WHOLE = {
    "name": "2012-01_v1", "through": "2012-01", "as_of": "2012-02-20", "fingerprint": "h0123456789ab", "verdict": "可以上报",
    "reservations": "", "rulings": [], "in": {"收件夹/x.xlsx": sha256(b"x")},
    "out": {"data/facts.parquet": sha256(FACTS), "run.json": sha256(b"{}")},
}  # fmt: skip


@pytest.fixture
def version(tmp_path):
    """A version that was forwarded."""
    folder = tmp_path / "上报" / "2012-01_v1"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "facts.parquet").write_bytes(FACTS)
    (folder / "run.json").write_bytes(b"{}")
    (folder / MANIFEST).write_text(json.dumps(WHOLE, ensure_ascii=False), encoding="utf-8")
    return folder


def outbox(version):
    return version.parents[1]


def test_a_whole_one_is_read(version):
    (read,) = read_published(outbox(version))

    assert (str(read.through), read.number, read.manifest.inputs) == ("2012-01", 1, WHOLE["in"])


def refusal(version) -> str:
    """What is said of the version; "" where it is read."""
    try:
        read_published(outbox(version))
    except Mistake as said:
        return str(said)
    return ""


def test_a_damaged_manifest_is_a_sentence_that_names_the_folder_and_says_restore(version):
    tried = list(damages((version / MANIFEST).read_bytes(), 300, "manifest"))
    said = []
    for damaged in tried:
        (version / MANIFEST).write_bytes(damaged)
        said.append(refusal(version))
    refused = [text for text in said if text]  # of the others a letter of a value is another: it is a manifest still

    assert len(refused) > 200
    assert all(text.startswith(f"{MANIFEST}：上报版本“{version}”的清单") for text in refused)
    assert all("请从备份恢复这个文件夹" in text for text in refused)
    count(
        "records",
        "damaged manifest of a forwarded version",
        len(tried),
        "a sentence with the folder, or still a manifest",
    )


@pytest.mark.parametrize("lacking", ["in", "out", "rulings", "reservations"])
def test_a_manifest_that_lacks_an_entry_is_no_manifest(version, lacking):
    (version / MANIFEST).write_text(json.dumps({k: v for k, v in WHOLE.items() if k != lacking}), encoding="utf-8")

    with pytest.raises(Mistake, match="已经损坏"):
        read_published(outbox(version))


@pytest.mark.parametrize("instead", ["nothing", "a folder", "a link to nothing"])
def test_a_version_without_a_manifest_is_not_whole(version, instead):
    (version / MANIFEST).unlink()
    if instead == "a folder":
        (version / MANIFEST).mkdir()
    if instead == "a link to nothing":
        (version / MANIFEST).symlink_to(version / "gone")

    with pytest.raises(
        Mistake, match=r"清单\.json：上报版本“.*2012-01_v1”.*请从备份恢复这个文件夹；不是上报版本的，请移出"
    ):
        read_published(outbox(version))


def test_damaged_facts_are_a_sentence(version):
    path = version / "data" / "facts.parquet"
    (read,) = read_published(outbox(version))
    tried = [FACTS[:n] + FACTS[n + 1 :] for n in range(len(FACTS))] + [b"", FACTS + b" ", b"[" * 1000]
    for damaged in [*tried, None]:
        path.unlink(missing_ok=True)
        if damaged is not None:
            path.write_bytes(damaged)
        with pytest.raises(Mistake, match=r"facts\.parquet：上报过的数据与清单不符，请从备份恢复文件夹“.*2012-01_v1”"):
            _ = read.facts
    path.mkdir()
    with pytest.raises(Mistake, match="与清单不符"):
        _ = read.facts
    count("records", "damaged facts of a forwarded version", len(tried) + 2, "a sentence with file and folder")


def test_a_damaged_run_json_of_a_version_is_believed_by_nobody(version):
    (version / "run.json").write_bytes(b"{")

    assert read_published(outbox(version))[0].manifest.verdict == "可以上报"


@pytest.mark.parametrize("name", ["2012-02_v1", "2012-01_v2", "2012-12_v1"])
def test_an_empty_version_is_none_and_goes_away_with_the_next_run(version, name):
    empty = version.with_name(name)
    empty.mkdir()

    assert [read.name for read in read_published(outbox(version))] == ["2012-01_v1"]
    settle(outbox(version))
    assert not empty.exists()
    assert version.exists()


def test_where_no_version_is_left_the_folder_goes_too(version):
    shutil.rmtree(version)
    settle(outbox(version))

    assert list(outbox(version).iterdir()) == []


@pytest.mark.parametrize("name", ["2012-01_v1 - 副本", "给市局的", "2012-13_v1"])
def test_a_folder_that_is_no_version_is_said_and_left(version, name):
    (version.with_name(name)).mkdir()
    before = contents(outbox(version))
    settle(outbox(version))

    (one,) = strangers(outbox(version))
    assert one.words == f"“上报”里的“{name}”不是系统存的上报版本，没有读，也没有动它。"
    assert one.path.is_dir()
    assert contents(outbox(version)) == before

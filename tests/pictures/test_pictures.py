"""The pictures of the README are there, small, and shown in both languages."""

import re
import struct
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PICTURES = sorted(HERE.glob("*.png"))


def test_there_is_a_picture_of_each_thing_that_people_get():
    assert {path.stem for path in PICTURES} == {
        "cover", "table", "charts", "status", "reconciliation", "template", "returned", "returned_form", "rulings",
        "report",
    }  # fmt: skip


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_small(picture):
    head = picture.read_bytes()[:24]

    assert head[1:4] == b"PNG"
    assert max(struct.unpack(">II", head[16:24])) <= 900
    assert picture.stat().st_size < 60 * 1024


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_both_readmes_show_every_picture_with_words(readme):
    shown = re.findall(r"!\[([^\]]+)\]\(([^)]+\.png)\)", (ROOT / readme).read_text("utf-8"))

    assert {ROOT / path for _, path in shown} == set(PICTURES)
    assert all(len(words) > 3 for words, _ in shown)

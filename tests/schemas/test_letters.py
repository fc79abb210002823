"""The words of the reminders: plain, and checked where the office edits them."""

import re

import pytest

from schemas.letters import LETTERS, letters
from schemas.mistake import Mistake
from tests.pipeline.test_wording import HALF_WIDTH, NEVER


def test_no_letter_blames_or_speaks_the_machines_language():
    for _, sentence in letters():
        bare = re.sub(r"\{\w+\}", "", sentence)
        assert not NEVER.search(bare), sentence
        assert not HALF_WIDTH.search(bare), sentence
        assert sentence.endswith(("。", "："))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{month}", "{mnth}", "第 5 行：“missing”里的“mnth”没有内容可填，最接近的是“month”。"),
        ("{days}", "{days", "第 5 行：“missing”里的花括号不成对。"),
        ("missing =", "mising =", "第 5 行：不认识的项“mising”，最接近的是“missing”。"),
        ("returned =", "# returned =", "缺少“returned”。"),
    ],
)
def test_a_mistake_in_the_letters_is_named_with_its_line(tmp_path, old, new, says):
    path = tmp_path / "letters.toml"
    head, _, sentences = LETTERS.read_text(encoding="utf-8").partition("\n\n")
    path.write_text(f"{head}\n\n{sentences.replace(old, new, 1)}", encoding="utf-8")

    with pytest.raises(Mistake) as told:
        letters(path)

    assert str(told.value).endswith(says)

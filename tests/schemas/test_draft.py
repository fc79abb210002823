"""The sentences and tables of the drafts are checked when an edition is loaded; the shared templates are as generated."""

import pytest

from schemas.draft import DEFAULTS
from schemas.drafts.__main__ import templates
from schemas.mistake import Mistake
from tests.cli.settings import Settings

pytestmark = pytest.mark.slow


def test_the_shared_templates_are_what_their_words_make():
    there = {path.relative_to(DEFAULTS.parent).as_posix(): path for path in DEFAULTS.parent.rglob("*.docx")}

    assert {name: path.read_bytes() for name, path in there.items()} == dict(templates())


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{T2.04}条", "{T2.4}条", "“some”：表 T2 没有“4”行，最接近的是“04”"),
        ("{T2.04}条", "{T2.04条", "“some”：花括号不成对"),
        ("{ours}主动公开政府信息{T2.01}条", "{ours}主动公开政府信息{spam}条", "“some”：“spam”没有内容可填，最接近的是“span”，指标写成 T2.01 的样子"),
        ("{T2.04}条", "{T1.channels}条", "“some”：“T1.channels”是 7 个数，这里填一个数，合计写成 sum(T1.channels)"),
        ('of = "T2.04"\nsome', 'of = "T2.04@-1"\nsome', "“T2.04@-1”：汇总表和统计稿只用本期数，不写“:”和“@”"),
        ('id = "服务信息"', 'id = "期间"', "名称“期间”已经有了"),
        ('id = "附表2"', 'id = "表2"', "名称“表2”已经有了"),
        ('each = "{name}类信息{value}条"', 'each = "{nam}类{value}条"', "“each”：“nam”没有内容可填，最接近的是“name”"),
        ('\neach = "{name}类信息{value}条"', "", "“信息类别”的“parts”和“each”要一起写"),
        ('{ of = "T2.91", name', '{ of = "T2.99", name', "“T2.99”：表 T2 没有“99”行"),
        ('share_of = "T2.01"', 'share_of = "T2.0l"', "“share_of”：表 T2 没有“0l”行，最接近的是“01”"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_sentence_or_table_of_the_drafts_is_told(tmp_path, old, new, says):
    settings = Settings(tmp_path)
    path = settings.folder / "editions" / "jyg-2012.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    head, mark, rest = text.partition("[[sentence]]")
    path.write_text(head + (mark + rest).replace(old, new, 1), encoding="utf-8")

    with pytest.raises(Mistake) as told:
        settings.desk().forms()

    assert says in str(told.value)
    assert "jyg-2012.toml 第 " in str(told.value)

"""Nothing is said where the same words, read in another way, fit; what does not fit in any way is said."""

import pytest

from pipeline.proof.pasted import blocks_of
from pipeline.proof.proof import compare

TITLE = "某县2020年政府信息公开工作年度报告"


def found(text):
    return [(doubt.kind, doubt.figures[0].written) for doubt in compare(blocks_of([TITLE, text]), 2020).doubts]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "2020年全县新收72件，2019年新收95件，同比减少23件，下降24.2%。", id="now stands before the year before"
        ),
        pytest.param(
            "有效投诉33件，无效13件；有效投诉同比减少8件，降幅19.5%（2019年41件）。", id="another count lies between"
        ),
        pytest.param(
            "承办建议提案31件，其中主办19件、会办12件，主办件答复已公开16件，其余3件不宜公开。",
            id="the first parts are all of it",
        ),
        pytest.param(
            "发布信息842条。按清单10个大类50条，已设立栏目，其中招生203条、人事174条、财务465条。",
            id="the parts are another count's",
        ),
        pytest.param(
            "公布42所小学、23所初中（小学、初中分别计入）招生范围，即56所学校。", id="the same again in other words"
        ),
        pytest.param("2021年目标是覆盖500个以上。", id="a goal of next year"),
        pytest.param("2021年招生季前实现门牌级查询，覆盖全部1,400余个小区。", id="what is to come"),
        pytest.param("复议9件、诉讼5件，分别为3件、2件。", id="each of two"),
        pytest.param("截至2019年12月31日未办结的2件结转本年办理。", id="what was left of the year before"),
        pytest.param(
            "用户11,480人，比截至2019年12月31日的9,860人增加1,620人。", id="held against the end of the year before"
        ),
        pytest.param("全年招收46人，其中计划48人。", id="a plan beside what came"),
        pytest.param("接待2,456人次，日均8人次。", id="as many days as it was open"),
        pytest.param("受理案件 4.71 万件、转办件 8,215 件。", id="spaces around numbers"),
        pytest.param("人均办理5.2件，场均163.5人次，接待4.5万人次。", id="averages and 万 have fractions"),
    ],
)
def test_what_fits_in_another_way_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "at"),
    [
        pytest.param("2020年全县新收72件，2019年新收95件，同比减少23件，下降31.2%。", "growth", "31.2%", id="no pair makes it"),
        pytest.param("承办建议提案33件，分别为主办19件、会办12件、协办3件。", "sum", "33件", id="no part is told twice"),
        pytest.param("摇号4批次、1,860套，分别为512套、488套、540套、420套。", "sum", "1,860套", id="of the last of two alone"),
        pytest.param("上年未办结申请2件，2020年收到申请5件，全年办结6件，年底尚余2件。", "balance", "5件", id="what is left"),
        pytest.param("门急诊48.6万人次，其中门诊43.4万人次、急诊5.2人次。", "fraction", "5.2人次", id="万 left out"),
        pytest.param("截至2019年12月31日，关注用户11,480人，比年初增加1,620人。", "year", "11,480人", id="the end of the wrong year"),
        pytest.param("2021年全县共公开政府信息1,240条。", "year", "1,240条", id="done in a year to come"),
    ],
)  # fmt: skip
def test_what_fits_in_no_way_is_told(text, kind, at):
    assert found(text) == [(kind, at)]

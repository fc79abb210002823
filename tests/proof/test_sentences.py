"""One sentence at a time: what is alarming, and what is none of our business."""

import pytest

from pipeline.proof.proof import compare
from tests.proof.corpus import paragraphs

TITLE = "某市2012年政府信息公开工作年度报告\n"


def kinds(text: str) -> list[str]:
    return [doubt.kind for doubt in compare(paragraphs(TITLE + text)).doubts]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("收到申请46件，其中当面申请21件，网上申请17件，信函申请9件。", "sum"),
        ("收到申请46件，其中当面申请21件，网上申请17件，信函申请7件。", "sum"),
        ("公开信息500条：网站400条，公报90条。", "sum"),
        ("工作人员18人，其中专职6人，兼职11人。", "sum"),
        ("接待3次、培训2次，合计6次。", "sum"),
        ("公开信息98条，其中网站公开120条。", "exceed"),
        ("公开信息1200条（相同信息计1条）。按渠道分，网站公开900条，微信公开100条，其他方式公开150条。", "overlap"),
        ("公开信息1000条，其中网站公开620条，占61.0%。", "share"),
        ("收到来信1180封，办结1172封，办结率98.3%。", "share"),
        ("受理申请120件，比上年的100件增长21%。", "growth"),
        ("受理申请120件，比上年的100件下降20%。", "growth"),
        ("受理申请120件，比上年增加20件，增长25%。", "growth"),
        ("受理申请120件，同比增长21%（上年100件）。", "growth"),
        ("新收申请87件，上年结转3件，办结86件，结转下年度办理5件。", "balance"),
        ("接受咨询45210人次。\n回顾全年，接受咨询42510人次。", "same"),
        ("统计期限自2011年1月1日起至2011年12月31日止。", "year"),
        ("2011年，全市召开会议3次。", "year"),
    ],
)
def test_what_does_not_fit_is_found(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "公开信息500条，其中网站公开400条，公报公开50条。",  # an open list
        "公开信息1200条（相同信息计1条）。按渠道分，网站公开900条，微信公开800条，其他方式公开150条。",
        "受理申请100件，答复98件，其中网上申请60件，信函申请40件。",  # of the applications
        "公开信息8.7万余条，其中县区5.6万条，市直3.1万条。",
        "公开信息1000条，其中网站公开620条，占62%，比上年提高3个百分点。",
        "公开信息3000条，其中网站公开2000条，占66.6%。",  # cut off, not rounded
        "受理申请120件，比上年的100件增长20%。",
        "我市根据国务院令第492号第三十一条，于2012年5月1日下发政办发〔2011〕12号文件3份。",
        "截至2011年底，历年累计公开28000条。2012年，公开5000条。",
        "2011年收到申请100件，2012年收到申请120件，增长20%。",
        "2013年，我市将举办培训班4期。\n2012年举办培训班2期。",
        "教育局接听电话1204次。\n供水公司接听电话1240次。",
        "上半年受理申请1267件，下半年受理申请1276件。",
        "申请主要涉及征地（113件）、拆迁（96件）等。收到申请352件。",
    ],
)
def test_what_may_be_so_is_left_alone(text):
    assert kinds(text) == []


def test_a_list_that_is_given_again_must_be_whole():
    first = "公开信息100条，其中网站公开60条，公报公开20条，媒体公开15条，其他形式公开5条。\n"
    assert kinds(f"{first}（二）形式。通过网站公开60条，通过媒体公开15条，通过其他形式公开5条。") == ["missing"]
    assert kinds(f"{first}（二）形式。通过网站公开60条，通过媒体公开15条。") == []
    assert kinds(f"{first}（二）形式。通过网站公开60条，公报公开12条，媒体公开15条，其他形式公开5条。") == ["same"]


def test_a_list_may_stand_in_paragraphs_of_its_own():
    parts = "1.公报公开12条；\n2.网站公开80条；\n3.其他方式公开8条。"
    assert kinds(f"公开信息100条，情况如下：\n{parts}") == []
    assert kinds(f"公开信息101条，情况如下：\n{parts}") == ["sum"]

"""The kinds of passage that printed reports hold, each in several ways: what is found, at which number, what is right."""

import pytest

from pipeline.proof.proof import compare
from tests.proof.corpus import paragraphs


def found(text: str, year: int = 2022) -> list[tuple[str, str]]:
    """The kind and the printed figure of every doubt."""
    doubts = compare(paragraphs(text), year).doubts
    return [(d.kind, d.figures[0].written if d.figures else d.words) for d in doubts]


def facts(text: str, year: int = 2022) -> str:
    return "；".join(",".join(d.facts.values()) for d in compare(paragraphs(text), year).doubts)


SILENT = {
    "a part without its unit": [
        "全县答复申请320件。其中：同意公开201件，占62.81%；部分公开24，占7.50%；不予公开95件，占29.69%。",
        "全年受理信访事项80件，其中，来信35，来访20件，来电25件。",
        "收到申请60件，其中网上40、信函12、当面8件。",
    ],
    "units that change within a list": [
        "乙市公开信息8820条，其中：政策文件120件，工作动态8700篇。",
        "我局全年公开信息95条，其中文件12件、解读8篇、公告75则。",
    ],
    "the total is what opens the list": [
        "本季度共收到群众来信210件，同比下降3.2%。其中，上级转办52件次，本级登记120件次，乡镇登记38件次。",
        "全年接待来访97批次，环比减少5批次。其中，市级30批，县级67批。",
    ],
    "a share of a total that is not told": [
        "全省收到仲裁申请5120件。当年审结4318件，占受理案件总数的92.3%。",
        "全年公开信息1204条。通过网站发布980条，占发布总量的77.9%，其余见公报。",
    ],
    "a list that goes on in the next sentences": [
        "承办建议48件，集体15件，个人33件。从结果看，已落实的30件，占总数的62.5%。正在落实的12件，占25%。列入规划的6件，占12.5%。",
        "全年收到申请200件。从内容看，征地类120件，占60%。社保类50件，占25%。其他30件，占15%。",
    ],
    "shares in brackets": ["上半年受理投诉200件。分类看，物业90件（45%）；交通60件（30%）；其他50件（25%）。"],
    "thousands apart": ["全年接听来电31 208个，其中咨询20 100个，投诉8 008个，建议3 100个。"],
    "thousands with a wide comma": ["全年接听来电31，208个，其中咨询20，100个，投诉8，008个，建议3，100个。"],
    "a list that may be longer": ["公开权力信息88条，其中许可70条，处罚10条；采购8条。"],
    "from one count to another": [
        "栏目由12个增加到21个。其中，新增政务类5个，服务类3个，互动类1个。",
        "受理量由2021年的300件增加到2022年的360件，增长20%。",
    ],
    "shares of wholes that are not told": [
        "18家区级部门和25家镇街公开了清单，分别占90%、83.33%。20家区级部门和27家镇街公开了指南，分别占100%和90%。"
    ],
    "rounded numbers": [
        "热线受理52.30万件，办结48.12万件，办理中4.18万件。县区热线受理50.11万件，办结46.02万件，办理中4.08万件。"
    ],
    "only the first are named": [
        "收到申请300件，居前三位的是公安80件、住建52件、民政40件。",
        "收到申请300件，其中公安80件、住建52件等。",
    ],
    "a bound": ["公开信息100余条，其中网站80条，微信30条。", "接待群众近2万人次，其中现场1.2万人次，电话8100人次。"],
    "two dimensions of one total": ["收到申请90件，其中自然人80件，法人10件，当面20件，网上70件。"],
    "numbers in Chinese": [
        "全年收到申请二十一件，其中网上十二件，信函九件。",
        "全年收到申请五件，网上三件，信函两件。",
    ],
    "a part that becomes a total": [
        "公开信息500条，其中网站300条，微信200条。在网站公开的信息中，动态250条，公告50条。",
        "公开信息500条，其中网站300条（动态250条，公告50条），微信200条。",
    ],
    "attributes beside the parts": ["举办培训5期，其中法规培训2期200人次，业务培训3期90人次。"],
    "what stands in the office's own notes": ["公开信息50条，其中网站30条，其他20条。【待核对：网站31条，相差1条】"],
    "siblings behind a topic": [
        "各所受理情况：城东所受理512件，城西所受理308件，城南所受理277件，其余各所均不足二百件。",
        "结案件中调解结案31件，占46.3%；判决结案8件，占11.9%；其余28件撤诉。",
    ],
    "a rate ends what is told of": [
        "各站点合计承接120,300件，其中当日办结118,900件，当日办结率98.8%；东站承接37,020件，居首位。",
        "全县进驻事项9,402项，县级1,310项，其中可网办1,275项，可网办率97.3%，“零跑腿”1,302项。",
    ],
    "an item that counts another thing": [
        "全年受理来信来访来电8,400件次。按渠道分：来信1,200件，来访1,900批次7,300人次，网上3,100件，来电2,200件次。",
    ],
    "what is told of each item": [
        "省交办109件，办结100件；市交办311件，办结308件；合计420件，办结408件。",
    ],
    "to sum up is no view of a list": [
        "收到申请52件，办结50件。办结的50件中，网上42件，其余8件。\n总的看，全年收到申请52件。"
    ],
    "headings of one length": [
        "一、受理\n全年窗口受理业务5210件，日均21件。\n二、办理\n全年办结业务5198件，其余次年办理。\n三、回访\n全年回访业务1020件，满意率99%。",
    ],
    "some classes": ["公开信息300条，其中法规类60条、公告类50条、人事类40条、预算类30条。"],
    "numbers of two styles": [
        "（一）全年公开信息90条。公开情况如下：\n1.公报12条；\n2.网站78条。\n（二）公开文件17件。"
    ],
    "a change that makes nothing": [
        "项目\t上年数量\t本年增/减\t处理数量\n许可\t310\t+20\t4120\n处罚\t56\t-3\t873\n强制\t12\t+1\t13",
    ],
    "traditional characters": ["全年主動公開政府信息60條，其中網站40條，其他20條。"],
}

WRONG = [
    ("units change", "我局公开信息300条，其中：动态210条；文件15件；统计4条；财政3条；指南88条。", "sum", "300条", "320"),
    ("comma before a bracket", "我局经网站公开信息120条，（年报1条，指南2条，人事30条，公告90条）。", "sum", "120条", "123"),
    ("万 too much", "全市各级网站公开信息20480万条。市级公开8480条，县区公开12000条。", "sum", "20480万条", "20,480"),
    ("share in a bracket", "全年收到来信200件。分类看，住房80件（40%）；交通64件（23%）；其他56件（28%）。", "share", "23%", "32"),
    ("parts with their shares", "全区立案90件。已办40件，占44.4%；在办31件，占34.4%；缓办9件，占10.0%。", "sum", "90件", "80"),
    ("same channel twice", "一是本局官方网站公开信息18条。\n二是公开渠道。全年本局经官方网站公开文件、公告、预算等信息63条。", "same", "63条", "18"),
    ("a wrapped line", "全年接受咨询8210人次，其中\n现场3100人次，电话4100人次，\n网上1100人次。", "sum", "8210人次", "8,300"),
    ("thousands apart", "接听来电31 208个，其中咨询20 100个，投诉8 008个，建议3 200个。", "sum", "31 208个", "31,308"),
    ("numbers in Chinese", "全年收到申请二十一件，其中网上十二件，信函十二件。", "sum", "二十一件", "24"),
    ("a bare number", "收到申请60件，其中网上40、信函12、当面9件。", "sum", "60件", "61"),
    ("traditional characters", "全年主動公開政府信息60條，其中網站40條，其他21條。", "sum", "60條", "61"),
    ("second list", "公开信息500条，其中网站300条（动态250条，公告60条），微信200条。", "sum", "300条", "310"),
    ("list over sentences", "全年收到申请200件。从内容看，征地类120件，占60%。社保类50件，占25%。其他40件，占20%。", "sum", "200件", "210"),
    ("rate right behind", "窗口收到投诉412件，化解395件，化解率93.9%。", "share", "93.9%", "95.9"),
    ("due and done", "年内收案51件，本年应审结案件62件，已审结47件，尚未审结4件。", "balance", "62件", "51"),
    (
        "shares of a total elsewhere",
        "一、总量\n热线共接听来电60,000个。\n二、分类\n咨询30,000个（50.0%）；求助15,000个（52.0%）；投诉9,000个（15.0%）；其他6,000个（10.0%）。",
        "share", "52.0%", "25.0",
    ),
    ("万 left out", "全年市中心共受理业务218.4万件。\n二、小结\n全年市中心共受理业务218.4件，无投诉。", "same", "218.4件", "218.4万"),
    (
        "row and column",
        "区县\t承接工单\t按时办结\n河东区\t31842\t31020\n河西区\t20417\t20011\n合计\t52259\t51031\n河东区承接38,142件，居首位。",
        "same", "38,142件", "31842",
    ),
    (
        "to sum up",
        "收到申请57件。\n\t自然人\t法人\t总计\n一、本年新收申请\t50\t7\t57\n二、上年结转申请\t0\t0\t0\n总的看，全年收到申请75件。",
        "same", "75件", "57",
    ),
    ("classes", "建议的151件中，工业类42件、农业类38件、文教类26件、财贸类25件。", "sum", "151件", "131"),
    (
        "by class, a line each",
        "一、承办提案36件，其中主办30件、协办6件。按类别看：\n（一）医疗类14件；\n（二）教育类9件；\n（三）交通类8件。",
        "sum", "36件", "31",
    ),
    (
        "last year and its change",
        "项目\t上年数量\t本年增/减\t本年数量\n许可\t310\t+20\t330\n处罚\t256\t-3\t253\n征收\t21\t+3\t24\n强制\t412\t+11\t432",
        "column", "432", "423",
    ),
    ("balance", "新收申请87件，上年结转3件，办结86件，结转下年度办理5件。", "balance", "87件", "90"),
]  # fmt: skip


@pytest.mark.parametrize("text", [pytest.param(t, id=f"{k} {n}") for k, ts in SILENT.items() for n, t in enumerate(ts)])
def test_what_is_right_or_cannot_be_judged_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "at", "right"), [pytest.param(*rest, id=name) for name, *rest in WRONG]
)  # fmt: skip
def test_what_is_wrong_is_found_at_its_number_and_alone(text, kind, at, right):
    assert found(text) == [(kind, at)]
    assert right in facts(text)

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
    "a part of a part": [
        "回访服务对象300人，其中有效回访246人，表示满意的240人，表示一般的5人，表示不满意的1人。",
    ],
    "what lies between a total and its parts": [
        "收到复议申请64件，其中受理58件，不予受理4件，申请人撤回2件。审结55件，其中维持31件，撤销5件，终止17件，另有2件并案。",
    ],
    "two counts side by side": [
        "全市38个部门、9个县区都编制了指南，其中36个部门和9个县区已经更新。",
    ],
    "one item in several forms": [
        "解读政策142件，其中图解61件、视频38件、专家解读17件、媒体解读45件（同一政策可采用多种形式解读）。",
    ],
    "another thing than the count before": [
        "解读政策文件62件，解读率100%，解读材料包括文字84篇、图片56张、视频12个。",
    ],
    "a list of another kind than the total told": [
        "全年收到申请301件。\n办理结果中，予以公开121件，部分公开24件，不予公开31件，其他处理126件。",
    ],
    "shares of a whole that is not told": [
        "收到申请358件，不予受理31件。\n审结案件中：维持189件，占51.8%；驳回47件，占12.9%；终止70件，占19.2%。",
    ],
    "one share alone behind a list": [
        "公开信息38990条，动态类32209条，占82.6%；机构类2363条，占6.1%；规划类最少，占1.4%。",
    ],
    "last year's counts in turn": ["2022年复议7件，诉讼3件。2021年分别为4件和1件。"],
    "what is being done": ["行政复议4件，审结3件，1件尚在审理中；行政诉讼2件，其中1件已上诉。"],
    "a total behind the parts of a list": [
        "收到申请115件，全部答复。按受理单位分，住建委38件、规划分局29件、街道24件，三者合计91件，占79.1%。",
    ],
    "an average": ["全年受理诉求7300件，月均608件，日均20件。"],
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
    ("points", "满意率98.5%，比上年的97.2%提高1.8个百分点。", "growth", "1.8个百分点", "1.3"),
    ("a multiple", "公开信息20316条，是上年8465条的2.6倍。", "growth", "2.6倍", "2.4"),
    ("from one to another", "受理量从300件增至360件，增长25%。", "growth", "25%", "20"),
    ("in two units", "培训16期1840人次，其中县级4期620人次，乡镇12期1320人次。", "sum", "1840人次", "1,940"),
    ("in turn", "事故612起、死亡437人，同比分别下降6.3%和12.2%（2021年731起、498人）。", "growth", "6.3%", "16.3"),
    ("quarters", "四个季度分别公开310条、414条、526条、616条，全年公开1886条。", "sum", "1886条", "1,866"),
    ("an average", "全年受理诉求7300件，月均680件。", "average", "680件", "608"),
    ("two shares", "市直公开2206条，占61.5%；镇街公开1381条，占35.8%。", "share", "35.8%", "38.5"),
    ("a whole with its number", "公开信息3268条，占总量9613条的43%。", "share", "43%", "34"),
    ("a rate of a part", "全市42个部门中，39个部门按时更新目录，更新率为95.1%。", "share", "95.1%", "92.9"),
    ("taken up again", "收到申请89件，已答复87件。\n问题：全年98件申请中，有6件答复有瑕疵。", "same", "98件", "89"),
    ("taken up to be broken down", "市直9754条，县区12439条。县区中，甲县6110条，乙县6229条。", "sum", "12439条", "12,339"),
    (
        "an echo",
        "公开信息5,126条，其中门户网站3,204条、微信1,488条、其他434条。\n二、平台。门户网站全年发布信息3,024条。",
        "same", "3,024条", "3,204",
    ),
    ("the year it begins with", "某区2022年年度报告\n2021年，全区各部门贯彻新条例，推进公开。", "year", "2021年，全区各部门贯彻", "2022"),
    (
        "a list against its column",
        "收到申请160件，其中公安局86件，住建局45件。\n单位\t收到\t办结\n公安局\t86\t84\n住建局\t54\t51\n民政局\t20\t20",
        "same", "45件", "54",
    ),
    (
        "a rate in a table",
        "年度\t受理\t办结\t办结率\n甲\t203\t198\t97.5%\n乙\t247\t243\t89.4%\n丙\t312\t309\t99.0%",
        "share", "89.4%", "98.4",
    ),
    (
        "growth in a table",
        "指标\t2022年\t2021年\t增减\t增幅\n受理\t360\t300\t60\t25.0%\n办结\t352\t296\t56\t18.9%",
        "growth", "25.0%", "20",
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

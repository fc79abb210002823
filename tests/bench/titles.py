"""A thousand ordinary titles, as registers of offices have them: of many patterns, none about a person or a secret.

Among them the ones that look like it: 申请人须知, 商业秘密, 投诉电话, long numbers, document numbers, amounts, days.
"""

from collections.abc import Iterator
from random import Random

UNITS = (
    "市政府", "市政府办公室", "市发改委", "市财政局", "市教育局", "市公安局", "市民政局", "市人社局", "市国土局", "市建设局",
    "市卫生局", "市环保局", "市工商局", "市质监局", "市食药监局", "市安监局", "市统计局", "市房管局", "雄关区", "镜铁区", "长城区",
    "文殊镇", "新城镇", "峪泉镇", "市社保中心", "市政务服务中心", "市住房公积金管理中心", "市司法局", "市法制办", "市信访局",
)  # fmt: skip
DOCS = (
    "嘉政发",
    "嘉政办发",
    "嘉财社",
    "嘉发改",
    "嘉教发",
    "嘉人社发",
    "嘉国土资发",
    "嘉建发",
    "甘政发",
    "国办发",
    "国发",
)
TOPICS = (
    "安全生产大检查", "春季防火", "高考期间交通管制", "义务教育阶段招生", "医疗救助", "城乡居民养老保险", "廉租住房分配", "保障性住房申请",
    "征地补偿安置", "房屋征收", "食品安全专项整治", "农村危房改造", "最低生活保障", "残疾人就业", "节能减排", "环境影响评价",
    "土地利用总体规划", "重大建设项目", "公务员招录", "事业单位公开招聘", "政府采购", "国有土地使用权出让", "冬季供暖", "公共场所卫生",
    "机动车尾号限行", "校车安全", "金融风险防范", "高龄老人补贴", "万人评议机关", "文明城市创建", "白内障免费手术", "马铃薯良种补贴",
    "牛羊定点屠宰", "石油天然气管道保护", "江河湖库安全", "古城墙保护", "方言保护", "安宁疗护", "平安建设", "和谐劳动关系",
)  # fmt: skip
STREETS = ("新华路", "迎宾路", "胜利路", "雄关东路", "五一路", "建设西路", "机场路", "文化路")
SCHOOLS = ("市第一中学", "实验小学", "酒钢三中", "育才学校", "市幼儿园")
COMPANIES = (
    "嘉峪关宏达建筑有限公司",
    "甘肃东兴铝业有限公司",
    "嘉峪关大友公司",
    "王府井百货嘉峪关店",
    "张裕葡萄酒业公司",
    "高台县供销社",
)
FORMS = (
    "关于印发{topic}工作实施方案的通知", "关于做好{topic}工作的通知（{doc}〔{year}〕{n}号）", "{doc}〔{year}〕{n}号 关于{topic}的意见",
    "{unit}关于{topic}的公告（第{n}号）", "{unit}{year}年{topic}工作总结", "{unit}{topic}办事指南更新（{n}）",
    "{unit}关于公布{topic}有关事项的通知", "关于{topic}情况的通报", "{year}年{topic}专项资金{amount}万元安排表",
    "{unit}{year}年部门预算{amount}元", "关于拨付{topic}补助资金{amount}元的批复", "{year}年{month}月{day}日{topic}新闻发布会",
    "{unit}{year}-{month:02}-{day:02}至{year}-{month:02}-28 {topic}公示", "{topic}项目招标公告（编号：{year}{month:02}{day:02}{n:03}）",
    "{street}{n}号棚户区改造公示", "关于{school}{topic}收费标准的批复", "{company}{topic}环境影响评价审批公示",
    "政府信息公开申请人须知", "{unit}依申请公开办理流程", "关于规范依申请公开工作的通知", "{unit}政府信息公开申请表（样表）",
    "申请人应当提交的材料清单（{topic}）", "{topic}申请人资格条件", "低保申请人家庭收入核对办法", "申请人权利和义务告知书（格式）",
    "对公民、法人和其他组织申请公开政府信息的答复格式", "关于保守国家秘密工作的通知", "商业秘密保护工作指引", "{unit}定密管理制度（国家秘密）",
    "涉及国家秘密、商业秘密和个人隐私的信息审查办法", "国家秘密载体管理规定", "关于公民个人信息保护的宣传提纲", "群众来信来访接待日安排",
    "市长信箱{year}年第{n}期办理情况", "12345热线{month}月办理情况通报", "{topic}咨询服务（请拨12333）", "{topic}政策问答{n}条",
    "{unit}公务员职务任免（{year}年第{n}批）", "{unit}高级专业技术职务评审结果", "原告诉被告行政纠纷案件统计（{year}年）", "行政复议和行政诉讼案件情况通报",
    "不服行政处罚的救济途径", "投诉举报办理规程（{topic}）", "信访事项受理范围", "居民身份证办理须知", "村民委员会换届选举办法",
    "市民公约", "职工医疗保险报销比例", "患者就医指南", "拆迁户安置房分配方案", "{topic}第三人参加诉讼的规定", "委托人办理的，须提供授权书",
    "{unit}内部机构设置", "{unit}内部审计工作报告", "内部资料性出版物管理办法", "住址变更登记办理指南", "关于QQ群管理的规定", "微信公众平台{month}月运行情况",
    "护照、港澳通行证办理须知", "银行账户清理工作通知", "机动车号牌（甘B）管理规定", "驾驶证年审通知{year}年第{n}号", "邮箱系统维护公告", "{unit}电子邮箱管理办法",
    "传真电报（{doc}明电〔{year}〕{n}号）", "办公电话号码升级公告", "GB/T 9704-2012 国家标准宣贯", "统一社会信用代码制度建设方案", "编号{year}0{n:04} {topic}",
    "东经98.{n:04}度北纬39.{n:04}度{topic}", "第{n}次常务会议纪要（{topic}）", "一二三产业增加值核算", "“十二五”规划纲要（{year}—2015年）", "{unit}{n}项行政许可目录",
    "人口普查公报：常住人口{people}人", "{year}年财政收入{amount}元，支出{amount2}元", "车辆拍卖公告", "{topic}任务分解表（第{n}—{n2}项）", "邮政编码735100地区{topic}",
    "{unit}关于高效办理{topic}的通知", "任何人不得干预{topic}", "关于成功申请国家卫生城市的公告", "{topic}申请常见问题解答", "党员干部申请报告事项规定", "单位申请公开遴选办法",
    "已电话核实（王芳，{year}-{month:02}-{day:02}）", "与{unit}电话核对，{topic}{n}件属实（李明，{year}-{month:02}-{day:02}）", "本月集中受理{topic}，群众来电{n2}次",
    "联系{unit}核对，{n}条为转发，{year}.{month}.{day}补报", "{topic}咨询电话增加{n2}个，属实", "因{topic}，现场接待比上月多{n}人次",
    "关于方便群众申请公开信息的措施", "企业申请获取补贴资金的条件", "法人申请公开招标公告", "江苏、云南两省申请公开合作的函", "{school}家长来信来访登记办法", "老年人优待证办理（{n}-{n2}号窗口）",
)  # fmt: skip


def ordinary(count: int = 1000, seed: int = 2012) -> Iterator[str]:
    """So many titles, each once."""
    random, seen = Random(seed), set()  # noqa: S311  # a simulation, no secret
    while len(seen) < count:
        form = FORMS[len(seen) % len(FORMS)]
        title = form.format(
            unit=random.choice(UNITS), doc=random.choice(DOCS), topic=random.choice(TOPICS), year=random.randint(2008, 2024),
            month=random.randint(1, 12), day=random.randint(1, 28), n=random.randint(1, 999), n2=random.randint(1000, 1999),
            amount=f"{random.randint(1, 20_000_000_000):,}", amount2=random.randint(100_000, 9_999_999_999),
            street=random.choice(STREETS), school=random.choice(SCHOOLS), company=random.choice(COMPANIES),
            people=random.randint(100_000, 999_999),
        )  # fmt: skip
        title = title if title not in seen else f"{random.choice(UNITS)}：{title}（{random.randint(1, 9999)}）"
        if title not in seen:
            seen.add(title)
            yield title

"""services/<service>/service.yaml: the implementation list (实施清单), and life-events/<event>/event.yaml.

Keys follow GB/T 39046-2020 and published implementation lists; the Chinese element name stands beside each.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import ConfigDict, Field

from zhengtong.charter.model.base import Basis, Id, Limit, LocalText, Part
from zhengtong.charter.model.participation import Moderation

Audience = Literal["person", "enterprise", "association"]
Channel = Literal["web", "counter", "phone", "post", "kiosk", "api"]


PartyAct = Literal[
    "withdraw", "answer-correction", "ask-recusal", "ask-hearing", "own-step", "say-solved", "rate"
]  # what a party does in its case besides applying and contesting


class SpecialProcedure(Part):
    """特别程序: hearing, inspection …, and whether its time counts into the statutory limit."""

    kind: Literal[
        "correction",
        "hearing",
        "inspection",
        "testing",
        "expert-review",
        "publication",
        "extension",
        "consultation",
    ]
    name: LocalText
    limit: Limit
    legal_basis: list[Basis] = Field(min_length=1)
    counts: bool = False  # True: the clock goes on meanwhile
    notice: Limit | None = None  # how long before it is held the party has to be told when and where
    anew: bool = False  # of a correction, True: the limit is counted anew from the day of the answer
    ask_within: Limit | None = None  # of a correction: asked for once, and only so long after receipt
    unanswered: str = ""  # of a correction: the outcome that is taken only once its time is over without an answer
    interested: Limit | None = None  # of a hearing: so long may others whose interests it touches ask for it, once told


class Grounds(Part):
    """By which articles."""

    legal_basis: list[Basis] = Field(min_length=1)


class OutcomeGrounds(Grounds):
    """The articles that an outcome rests on, whoever decides; an officer may cite more."""

    outcome: str


class OutcomeContent(Grounds):
    """What a decision in one of some outcomes has to say; it stands before the reasons, and may be all of them."""

    outcomes: list[str] = Field(min_length=1)
    name: Id
    title: LocalText
    hint: LocalText | None = None
    kind: Literal["text", "date"] = "text"
    required: bool = True


class Disclosing(Part):
    """What those answers to a request for information are called that disclose something."""

    in_full: str  # all of it, by papers from which nothing was taken out
    in_part: str  # a part of it, by papers from which the rest was taken out
    elsewhere: list[str] = []  # all of it, where the answer says how it is had: papers may come with it

    @property
    def answers(self) -> list[str]:
        """All of them."""
        return [self.in_full, self.in_part, *self.elsewhere]


class Exemption(Part):
    """免提交方式: why a material need not be handed in. Exactly one of the three is given."""

    model_config = ConfigDict(populate_by_name=True)

    register_id: Id | None = Field(default=None, alias="register")  # a record of this register says it
    certificate: Id | None = None  # a certificate issued by this service and still valid
    step: Id | None = None  # the result of this service in the same joint case


class Material(Part):
    """材料: one document asked for. Services that name the same id share one document in a joint case."""

    id: Id
    name: LocalText
    type: Literal["form", "original", "copy", "report", "drawing", "photo", "certificate"] = "copy"  # 类型
    medium: Literal["paper", "electronic", "either"] = "electronic"  # 形式
    necessity: Literal["required", "optional", "later"] = "required"  # 必要性; later is 容缺后补
    later_within: Limit | None = None  # for `later`: when it must have come
    source: LocalText | None = None  # 来源渠道
    issuer: LocalText | None = None  # 出具机构
    legal_basis: list[Basis] = Field(min_length=1)  # 依据
    acceptance_standard: LocalText | None = None  # 受理标准
    instructions: LocalText | None = None  # 填报须知
    blank_form: str = ""  # 空白表格
    sample: str = ""  # 示例样表
    originals: int = 0  # 原件份数
    copies: int = 0  # 复印件份数
    paper_format: str = ""  # 规格
    file_types: list[Literal["pdf", "png", "jpeg"]] = ["pdf", "png", "jpeg"]
    keeps_location: bool = False  # photographs keep where and when they were taken; else that is taken out
    show_if: str = ""  # FEEL over the answers
    proves: list[Id] = []  # the data elements that it proves; a register that holds them all does as well
    exemption: Exemption | None = None  # 免提交方式


class FeeItem(Part):
    """收费项目."""

    name: LocalText
    standard: LocalText  # 收费标准
    amount: Decimal
    legal_basis: list[Basis] = Field(min_length=1)
    waivable: bool = False  # 允许减免
    waiver_basis: list[Basis] = []


class CertificateKind(Part):
    """结果: the certificate that a grant issues (电子证照)."""

    name: LocalText
    template: str = ""  # a .typ file beside the service, else the charter's own certificates/standard.typ
    validity: Limit | None = None  # 有效期限; none is until revoked
    fields: list[str] = []  # facts shown on it, in order; each is a question of the form or a rule's output
    public_fields: list[str] = []  # what the verification page shows besides its state


class Simulation(Part):
    """What of the rules a simulation over a population compares: whom a change touches, and what it costs."""

    amount: str  # the decision that gives an amount of money
    times_a_year: int = Field(default=1, ge=1)  # how often it is paid
    entitled: dict[str, list[str]] = {}  # decisions and the outcomes with which it is paid at all; none: always
    day: str = ""  # the input that is the day of the simulation


class Faq(Part):
    """常见问题."""

    question: LocalText
    answer: LocalText


class Jurisdiction(Part):
    """行政管辖: which office's region a case belongs to."""

    by: str = ""  # a question of the form that holds a region code
    region: str = ""  # or always this region


class Body(Part):
    """主体."""

    function: Id  # 实施主体, by function; found in the region of the case
    nature: Literal["statutory", "authorised", "entrusted"] = "statutory"  # 实施主体性质
    entrusting_body: Id | None = None  # 委托部门
    handling_organisation: Id | None = None  # 承办机构
    joint_bodies: list[Id] = []  # 联办机构


class Visits(Part):
    """到办事现场次数."""

    number: int = Field(ge=0)
    reason: LocalText | None = None


class Listed(Part):
    """What every procedure, a service or a life event, tells before one starts."""

    id: Id
    name: LocalText  # 事项名称
    summary: LocalText  # one sentence for people
    keywords: LocalText  # other words that people search for
    audience: list[Audience] = Field(min_length=1)  # 服务对象
    themes: list[Id] = []  # 主题分类
    legal_basis: list[Basis] = Field(min_length=1)  # 设定依据
    acceptance_conditions: LocalText | None = None  # 受理条件
    channels: list[Channel] = ["web", "counter", "api"]  # 办理形式
    jurisdiction: Jurisdiction
    onsite_visits: Visits  # 到办事现场次数
    statutory_limit: Limit  # 法定办结时限
    promised_limit: Limit  # 承诺办结时限
    limit_basis: list[Basis] = Field(min_length=1)
    appeal: Id | None = None  # a procedure; none: the charter's own
    on_request: bool = True  # False: opened by the program or by an office, not listed for applicants
    enquiry: LocalText | None = None  # 咨询方式
    supervision: LocalText | None = None  # 监督投诉方式
    faq: list[Faq] = []
    effective_from: date | None = None  # 计划生效日期
    effective_to: date | None = None  # 计划取消日期


class GeoReport(Part):
    """How other programs' reports (Open311 GeoReport v2) become applications; everything else asked is an attribute."""

    service: str  # the question whose answers are the kinds of report
    description: str  # the question that takes what happened
    place: str  # the question that takes an address or a position
    public: str  # the question by which the reporter lets everybody read the report and its place
    photo: Id | None = None  # the material that a photograph is
    moderation: Moderation | None = None  # of what is public of them; none, as in charters of before: nobody may


class Solved(Grounds):
    """The party alone says whether an answered case is solved; `no` opens this procedure about it."""

    procedure: Id


class Representatives(Grounds):
    """Who speaks for many who apply together: the rows of a question, by `name`, `reach` and perhaps `id_number`.

    Whom the office finds by name and number is asked; once they accept they see the case, and do in it what `may` says.
    """

    question: str
    may: list[PartyAct] = []


class Routing(Grounds):
    """An office to which a case is sent on may contest that once, so long; after that silence takes it."""

    contest_within: Limit


class Procedure(Listed):
    """One service or other procedure that is run as a case."""

    catalog_code: str = ""  # 基本编码
    implementation_code: str = ""  # 实施编码
    handling_item_code: str = ""  # 业务办理项编码
    kind: Literal["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20"]  # 事项类型
    nature: Literal[
        "licence", "benefit", "confirmation", "filing", "petition", "information", "appeal", "rating", "other"
    ]
    exercise_level: Literal["city", "county", "town"]  # 行使层级
    authority_division: LocalText | None = None  # 权限划分
    exercise_content: LocalText | None = None  # 行使内容
    power_source: Literal["statutory", "delegated", "entrusted"] = "statutory"  # 权力来源
    state: Literal["in-force", "suspended", "cancelled"] = "in-force"  # 事项状态
    version: int = 1  # 事项版本
    body: Body
    case_kind: Literal["at-once", "promised"]  # 办件类型: 即办件, 承诺件
    special_procedures: list[SpecialProcedure] = []  # 特别程序
    online_depth: Literal["information", "interaction", "transaction", "integration", "proactive"] = "transaction"
    cross_region_scope: Literal["none", "city", "province", "nation"] = "none"  # 通办范围
    appointment: bool = False  # 预约
    online_payment: bool = False  # 网上支付
    courier: bool = False  # 快递
    kiosk: bool = False  # 自助终端
    service_hall: bool = True  # 进驻大厅
    places_and_hours: LocalText | None = None  # 办理地点/时间; none: the station's and the organisation's own
    quota: LocalText | None = None  # 数量限制
    intermediary: LocalText | None = None  # 中介服务
    tacit_approval: bool = False  # 默示同意
    commitment: LocalText | None = None  # 告知承诺: the wording that the applicant promises
    tolerates_missing: bool = False  # 容缺受理
    proactive: bool = False  # 免申即享
    materials: list[Material] = []
    charged: bool = False  # 是否收费
    fee_items: list[FeeItem] = []
    certificate: CertificateKind | None = None  # 结果
    about: Id | Literal["any"] | list[Id] | None = None  # it is about another case: appeal, review, bad rating
    within: Limit | None = None  # for such a procedure: how long after that case's decision it may be filed
    georeport: GeoReport | None = None
    anonymous_to_public: bool = False  # the name is known to the office only
    solved: Solved | None = None
    routing: Routing | None = None
    representatives: Representatives | None = None
    simulation: Simulation | None = None
    decisions: dict[str, LocalText] = {}  # the kinds of outcome, beside `granted` and `refused`
    adverse: list[str] = ["refused", "rejected"]  # the outcomes that burden the party: reasons, basis, appeal
    grounds: list[OutcomeGrounds] = []  # what each outcome rests on; for requests for information all have one
    contents: list[OutcomeContent] = []  # what each outcome has to say
    disclosing: Disclosing | None = None  # of requests for information: which answers disclose
    withholding: Grounds | None = None  # by which articles a part of a paper may be withheld
    appeal_first: Grounds | None = None  # 复议前置: reconsideration comes before the court

    @property
    def about_ids(self) -> list[str]:
        """The procedures that it can be about, one by one; none where it is about no other case, or about any."""
        return self.about if isinstance(self.about, list) else [self.about] if self.about not in {None, "any"} else []

    def can_be_about(self, procedure: str) -> bool:
        """Whether a case of this procedure can be about one of that."""
        return self.about == "any" or procedure in self.about_ids

    def grounds_of(self, outcome: str) -> list[str]:
        """The articles that an outcome rests on."""
        return [ref for each in self.grounds if each.outcome == outcome for ref in each.legal_basis]

    def contents_of(self, outcome: str) -> list[OutcomeContent]:
        """What a decision in this outcome has to say."""
        return [each for each in self.contents if outcome in each.outcomes]


class EventService(Part):
    """One service of a life event, and when it applies."""

    service: Id
    when: str = ""  # FEEL over the answers; empty: always


class LifeEvent(Listed):
    """一件事: several services applied for as one, run by the event's own process."""

    services: list[EventService] = Field(min_length=2)
    acceptance: str  # function/post that accepts the whole


class Migration(Part):
    """migration.yaml: what running cases of earlier versions of the process do when this one is in force."""

    legal_basis: list[Basis] = Field(min_length=1)  # by what law they follow the new procedure
    places: dict[str, str | None] = {}
    """By the id of a step or flow of an earlier version: the step where the work goes on, or the flow along which the
    case goes on without it; null: that branch is not needed any more. What keeps its id or wording need not be named.
    """

"""A small and faultless charter: one city, two licences, a life event of both, an appeal. Tests break one thing."""

import json

from zhengtong.charter.checks.letters import STANDARD

TONGUES = ("zh-Hans", "en")
OWED = "{{ decision.reasons }} {{ decision.legal_basis }} {{ appeal.where }} {{ appeal.until }}"


def small() -> dict[str, bytes]:
    """The files of the charter, by path."""
    files = {path: content.strip() + "\n" for path, content in YAML.items()}
    for service, title in (("tea-licence", "茶馆许可"), ("sign-licence", "招牌许可")):
        files[f"services/{service}/service.yaml"] = _service(service, title)
        files[f"services/{service}/process.bpmn"] = licence_process(service)
        files[f"services/{service}/form.json"] = json.dumps(FORMS[service], ensure_ascii=False, indent=1)
    files["services/tea-licence/rules.dmn"] = RULES
    for service, verb in (("appeal", "decide"), ("bad-rating", "answer")):
        files[f"services/{service}/process.bpmn"] = short_process(service, verb)
        files[f"services/{service}/form.json"] = json.dumps(FORMS["appeal"], ensure_ascii=False, indent=1)
    files["life-events/open-tea-house/process.bpmn"] = event_process(["tea-licence", "sign-licence"])
    for name in STANDARD:
        for tag in TONGUES:
            files[f"letters/{name}.{tag}.md"] = f"# {{{{ case.name }}}} {name}\n\n{{{{ party.name }}}}\n\n{OWED}\n"
    files["certificates/standard.typ"] = "#sys.inputs.title\n"
    return {path: content.encode() for path, content in files.items()}


def changed(path: str, old: str, new: str, *, count: int = 1) -> dict[str, bytes]:
    """The charter with `old` replaced in one file; it has to be there."""
    files = small()
    source = files[path].decode()
    assert old in source, f"{path} does not hold {old!r}"
    files[path] = source.replace(old, new, count).encode()
    return files


def without(path: str) -> dict[str, bytes]:
    """The charter without one file."""
    files = small()
    del files[path]
    return files


def also(path: str, content: str | bytes) -> dict[str, bytes]:
    """The charter with one file more, or with another content."""
    return small() | {path: content if isinstance(content, bytes) else content.encode()}


YAML = {
    "charter.yaml": """
id: teatown
name: {zh-Hans: 茶城, en: Teatown}
languages: [zh-Hans, en]
time_zone: Asia/Shanghai
notice: {zh-Hans: 虚构, en: Invented}
supervisor: oversight/duty
appeal: appeal
bad_rating: bad-rating
""",
    "calendar.yaml": """
country: CN
decreed_through: 2026-12-31
decrees:
  - title: {zh-Hans: 通知, en: Notice}
    issued_on: 2026-03-01
    closed:
      2026-03-04: {zh-Hans: 茶节, en: Tea day}
    worked:
      2026-03-07: {zh-Hans: 调休, en: In exchange}
""",
    "regions.yaml": """
- code: "990100"
  name: {zh-Hans: 茶城, en: Teatown}
  level: city
- code: "990102"
  name: {zh-Hans: 东区, en: East}
  level: county
  parent: "990100"
""",
    "themes.yaml": """
tea: {zh-Hans: 茶, en: Tea}
""",
    "stations.yaml": """
- id: hall
  name: {zh-Hans: 大厅, en: Hall}
  region: "990100"
  organisation: tea-office
  address: {zh-Hans: 一号, en: No. 1}
  hours: {zh-Hans: 九点, en: From nine}
  counters: 2
  services: [tea-licence]
""",
    "elements.yaml": """
- {id: person-name, name: {zh-Hans: 姓名, en: Name}, about: person}
- {id: person-number, name: {zh-Hans: 号码, en: Number}, about: person}
- {id: left-on, name: {zh-Hans: 迁出日期, en: Left on}, about: person, type: date}
- {id: seats, name: {zh-Hans: 座位, en: Seats}, about: case, type: integer}
- {id: terrace, name: {zh-Hans: 露台, en: Terrace}, about: case, type: boolean}
- {id: width, name: {zh-Hans: 宽, en: Width}, about: case, type: decimal}
- {id: reason, name: {zh-Hans: 理由, en: Reason}, about: case}
""",
    "powers.yaml": """
- id: tea-power
  name: {zh-Hans: 许可, en: Licensing}
  kind: "01"
  matters: [tea-licence, sign-licence, open-tea-house]
  acts: [accept, examine, decide]
  holders: [tea]
  legal_basis: [tea-law/1]
- id: appeal-power
  name: {zh-Hans: 监督, en: Oversight}
  kind: "10"
  matters: []
  acts: [decide, answer, supervise]
  holders: [oversight]
  legal_basis: [tea-law/2]
- id: rating-power
  name: {zh-Hans: 差评整改, en: Following up ratings}
  kind: "10"
  matters: [bad-rating]
  acts: [answer]
  holders: [tea]
  legal_basis: [tea-law/2]
""",
    "laws/tea-law.yaml": """
id: tea-law
title: {zh-Hans: 茶法（虚构）, en: Tea Act (invented)}
short: {zh-Hans: 茶法, en: Tea Act}
kind: local
issuer: {zh-Hans: 茶城, en: Teatown}
in_force_from: 2020-01-01
articles:
  - article: "1"
    wording: {zh-Hans: 开茶馆应当取得许可。, en: Tea houses need a licence.}
  - article: "2"
    wording: {zh-Hans: 可以复议。, en: Decisions may be contested.}
  - article: "12-1"
    wording: {zh-Hans: 旧规定。, en: An old rule.}
    valid_to: 2024-12-31
""",
    "organisations/tea-office.yaml": """
id: tea-office
name: {zh-Hans: 茶务局, en: Tea Office}
short: {zh-Hans: 茶务局, en: Tea Office}
function: tea
level: city
region: "990100"
posts:
  - id: desk
    title: {zh-Hans: 经办, en: Desk}
    powers: [tea-power]
  - id: helper
    title: {zh-Hans: 协办, en: Helper}
  - id: listener
    title: {zh-Hans: 回访, en: Listener}
    powers: [rating-power]
""",
    "organisations/overseer.yaml": """
id: overseer
name: {zh-Hans: 监督办, en: Overseer}
short: {zh-Hans: 监督办, en: Overseer}
function: oversight
level: city
region: "990100"
parent: tea-office
posts:
  - id: duty
    title: {zh-Hans: 值班, en: Duty}
    powers: [appeal-power]
""",
    "privacy.yaml": """
persons: people
question: appeal
legal_basis: [tea-law/1]
watches:
  - {id: bulk, name: {zh-Hans: 批量, en: Bulk}, kind: bulk, legal_basis: [tea-law/1]}
  - {id: idle, name: {zh-Hans: 无办件, en: No case}, kind: no-open-case, legal_basis: [tea-law/1]}
retention:
  - {what: case, keep: P60M, legal_basis: [tea-law/1]}
  - {what: draft, keep: P90D, legal_basis: [tea-law/1]}
  - {what: look, keep: P36M, legal_basis: [tea-law/1]}
  - {what: person, keep: P12M, legal_basis: [tea-law/1]}
""",
    "registers/people.yaml": """
id: people
name: {zh-Hans: 人口库, en: People}
owner: overseer
subject: person
key: number
legal_basis: [tea-law/1]
fields:
  - {name: number, element: person-number}
  - {name: name, element: person-name}
  - {name: left_on, element: left-on, required: false}
retention: {after: left_on, keep: P60M, legal_basis: [tea-law/1]}
sharing:
  - id: own-form
    reader: portal
    fields: [number, name]
    purpose: {zh-Hans: 自动填写, en: Filling in}
    legal_basis: [tea-law/1]
  - id: office
    reader: tea
    fields: [number]
    purpose: {zh-Hans: 核验, en: Checking}
    legal_basis: [tea-law/1]
""",
    "services/appeal/service.yaml": """
id: appeal
name: {zh-Hans: 复议, en: Appeal}
summary: {zh-Hans: 不服决定, en: Contest a decision}
keywords: {zh-Hans: 不服, en: contest}
audience: [person, enterprise]
legal_basis: [tea-law/2]
jurisdiction: {region: "990100"}
onsite_visits: {number: 0}
statutory_limit: P60D
promised_limit: P30D
limit_basis: [tea-law/2]
kind: "09"
nature: appeal
exercise_level: city
body: {function: oversight}
case_kind: promised
about: any
within: P60D
""",
    "services/bad-rating/service.yaml": """
id: bad-rating
name: {zh-Hans: 差评整改, en: Bad rating}
summary: {zh-Hans: 核实差评, en: Look into it}
keywords: {zh-Hans: 差评, en: rating}
audience: [person]
legal_basis: [tea-law/2]
jurisdiction: {region: "990100"}
onsite_visits: {number: 0}
statutory_limit: P5WD
promised_limit: P5WD
limit_basis: [tea-law/2]
on_request: false
kind: "10"
nature: rating
exercise_level: city
body: {function: oversight}
case_kind: promised
about: any
decisions:
  settled: {zh-Hans: 已整改, en: Settled}
""",
    "life-events/open-tea-house/event.yaml": """
id: open-tea-house
name: {zh-Hans: 开茶馆一件事, en: Open a tea house}
summary: {zh-Hans: 一次申请, en: One application}
keywords: {zh-Hans: 开店, en: open}
audience: [person]
themes: [tea]
legal_basis: [tea-law/1]
jurisdiction: {region: "990102"}
onsite_visits: {number: 0}
statutory_limit: P30WD
promised_limit: P20WD
limit_basis: [tea-law/1]
services:
  - service: tea-licence
  - service: sign-licence
    when: seats > 4
acceptance: tea/desk
""",
}


def _service(service: str, title: str) -> str:
    materials = {
        "tea-licence": """
  - id: plan
    name: {zh-Hans: 平面图, en: Floor plan}
    legal_basis: [tea-law/1]
  - id: identity
    name: {zh-Hans: 身份证, en: Identity card}
    legal_basis: [tea-law/1]
    exemption: {register: people}
""",
        "sign-licence": """
  - id: plan
    name: {zh-Hans: 平面图, en: Floor plan}
    necessity: optional
    legal_basis: [tea-law/2]
  - id: tea-paper
    name: {zh-Hans: 茶馆许可证复印件, en: Copy of the tea licence}
    legal_basis: [tea-law/1]
    exemption: {step: tea-licence}
""",
    }[service]
    certificate = (
        """
certificate:
  name: {zh-Hans: 茶馆许可证, en: Tea Licence}
  validity: P60M
  fields: [applicant_name, seats]
  public_fields: [seats]
"""
        if service == "tea-licence"
        else ""
    )
    return f"""id: {service}
name: {{zh-Hans: {title}, en: {service.replace("-", " ").title()}}}
summary: {{zh-Hans: 申请许可, en: Get a licence}}
keywords: {{zh-Hans: 许可, en: licence}}
audience: [person]
themes: [tea]
legal_basis: [tea-law/1]
jurisdiction: {{region: "990102"}}
onsite_visits: {{number: 0}}
statutory_limit: P20WD
promised_limit: P10WD
limit_basis: [tea-law/1]
kind: "01"
nature: licence
exercise_level: city
body: {{function: tea}}
case_kind: promised
special_procedures:
  - kind: correction
    name: {{zh-Hans: 补正, en: Correction}}
    limit: P5WD
    legal_basis: [tea-law/1]
materials:{materials}{certificate}"""


def _two(zh: str, en: str) -> dict[str, str]:
    return {"zh-Hans": zh, "en": en}


NAME = {
    "title": _two("姓名", "Name"),
    "type": "string",
    "x-element": "person-name",
    "x-source": {"register": "people", "field": "name"},
    "x-basis": ["tea-law/1"],
}
SEATS = {
    "title": _two("几个座位？", "How many seats?"),
    "type": "integer",
    "minimum": 1,
    "maximum": 90,
    "x-element": "seats",
    "x-basis": ["tea-law/1"],
}


def _form(**properties: dict) -> dict:
    return {"type": "object", "properties": properties, "required": list(properties)[:2]}


FORMS = {
    "tea-licence": _form(
        applicant_name=NAME,
        seats=SEATS,
        terrace={
            "title": _two("有露台吗？", "Is there a terrace?"),
            "type": "boolean",
            "x-element": "terrace",
            "x-basis": ["tea-law/1"],
            "x-show-if": "seats > 10",
        },
    ),
    "sign-licence": _form(
        seats=SEATS | {"maximum": 50, "x-basis": ["tea-law/2"]},
        width={
            "title": _two("多宽？", "How wide?"),
            "type": "number",
            "x-element": "width",
            "x-basis": ["tea-law/2"],
        },
    ),
    "appeal": _form(
        reason={"title": _two("为什么？", "Why?"), "type": "string", "x-element": "reason", "x-basis": ["tea-law/2"]}
    ),
}


def _texts(zh: str, en: str, more: str = "") -> str:
    return (
        f'<bpmn:extensionElements>\n<zt:text lang="zh-Hans">{zh}</zt:text>\n<zt:text lang="en">{en}</zt:text>\n'
        f"{more}</bpmn:extensionElements>"
    )


def _process(service: str, inside: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zt="https://zhengtong.example/ns/charter" targetNamespace="https://teatown.example/">
<bpmn:process id="{service}" isExecutable="true">
{_texts("流程", "Process")}
<bpmn:startEvent id="start">{_texts("开始", "Start")}</bpmn:startEvent>
{inside}
</bpmn:process>
</bpmn:definitions>
"""


def _user(id_: str, en: str, task: str) -> str:
    return f'<bpmn:userTask id="{id_}">{_texts(en, en, task)}</bpmn:userTask>'


def _end(outcome: str, adverse: str = "false") -> str:
    end = f'<zt:end outcome="{outcome}" adverse="{adverse}"/>\n'
    return f'<bpmn:endEvent id="{outcome}">{_texts(outcome, outcome, end)}</bpmn:endEvent>'


def _flow(source: str, target: str, condition: str = "") -> str:
    inside = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<bpmn:sequenceFlow id="{source}-{target}" {ends}>{inside}</bpmn:sequenceFlow>'


def _choice(id_: str, default: str) -> str:
    return f'<bpmn:exclusiveGateway id="{id_}" default="{default}"/>'


CALL = '<zt:call procedure="{}"/>\n'
ACCEPT = (
    '<zt:task post="tea/desk" act="accept" clock="P5WD" legalBasis="tea-law/1" '
    'outputs="acceptance:accepted|rejected"/>\n'
)
DECIDE = (
    '<zt:task post="tea/desk" act="decide" clock="P3WD" legalBasis="tea-law/1" outputs="decision:granted|refused"/>\n'
)


def licence_process(service: str) -> str:
    """Acceptance, with silence after five days; perhaps rules; a decision."""
    asks = service == "tea-licence"
    rule = '<zt:decision ref="size" into="size"/>\n'
    silence = '<zt:service name="accept" by="silence" legalBasis="tea-law/1"/>\n'
    work = "rate" if asks else "decide"
    return _process(
        service,
        "\n".join(
            [
                _choice("joint", "joint-accept"),
                _user("accept", "Accept", ACCEPT),
                f'<bpmn:boundaryEvent id="late" attachedToRef="accept">{_texts("届满", "Time is up")}'
                "<bpmn:timerEventDefinition><bpmn:timeDuration>P5WD</bpmn:timeDuration></bpmn:timerEventDefinition>"
                "</bpmn:boundaryEvent>",
                f'<bpmn:serviceTask id="silent">{_texts("默认受理", "By silence", silence)}</bpmn:serviceTask>',
                _choice("accepted", f"accepted-{work}"),
                f'<bpmn:businessRuleTask id="rate">{_texts("定级", "Rate", rule)}</bpmn:businessRuleTask>'
                if asks
                else "",
                _user("decide", "Decide", DECIDE),
                _choice("decided", "decided-granted"),
                *(_end("granted"), _end("refused", "true"), _end("rejected", "true")),
                *(_flow("start", "joint"), _flow("joint", work, "accepted_jointly = true"), _flow("joint", "accept")),
                *(_flow("accept", "accepted"), _flow("accepted", "rejected", 'acceptance = "rejected"')),
                *(_flow("accepted", work), _flow("late", "silent"), _flow("silent", work)),
                _flow("rate", "decide") if asks else "",
                *(_flow("decide", "decided"), _flow("decided", "refused", 'decision = "refused"')),
                _flow("decided", "granted"),
            ]
        ),
    )


def short_process(service: str, act: str) -> str:
    """One step and the end."""
    values = "granted|refused" if act == "decide" else "settled"
    task = (
        f'<zt:task post="oversight/duty" act="{act}" clock="P5WD" legalBasis="tea-law/2" outputs="result:{values}"/>\n'
    )
    steps = [_user("do", "Look into it", task), _end("closed"), _flow("start", "do"), _flow("do", "closed")]
    return _process(service, "\n".join(steps))


def event_process(services: list[str]) -> str:
    """Acceptance once, then every service at the same time."""
    calls = [
        f'<bpmn:callActivity id="{each}">{_texts(each, each, CALL.format(each))}</bpmn:callActivity>'
        for each in services
    ]
    ways = [_flow("split", each) + _flow(each, "join") for each in services]
    return _process(
        "open-tea-house",
        "\n".join(
            [
                _user("accept", "Accept the whole", ACCEPT),
                _choice("accepted", "accepted-split"),
                *('<bpmn:parallelGateway id="split"/>', '<bpmn:parallelGateway id="join"/>'),
                *calls,
                *(_end("closed"), _end("rejected", "true")),
                *(_flow("start", "accept"), _flow("accept", "accepted"), _flow("accepted", "split")),
                _flow("accepted", "rejected", 'acceptance = "rejected"'),
                *ways,
                _flow("join", "closed"),
            ]
        ),
    )


RULES = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:zt="https://zhengtong.example/ns/charter"
  id="tea-rules" name="tea-rules" namespace="https://teatown.example/rules">
<inputData id="seats_input" name="seats">
<extensionElements>
<zt:text lang="zh-Hans">座位数</zt:text><zt:text lang="en">Number of seats</zt:text>
</extensionElements>
<variable name="seats" typeRef="number"/></inputData>
<decision id="size_decision" name="size">
<extensionElements>
<zt:text lang="zh-Hans">规模</zt:text>
<zt:text lang="en">Size</zt:text>
</extensionElements>
<variable name="size" typeRef="string"/>
<informationRequirement id="needs_seats"><requiredInput href="#seats_input"/></informationRequirement>
<decisionTable id="size_table" hitPolicy="UNIQUE">
<input id="size_in">
<extensionElements><zt:text lang="zh-Hans">座位</zt:text><zt:text lang="en">Seats</zt:text></extensionElements>
<inputExpression typeRef="number"><text>seats</text></inputExpression>
</input>
<output id="size_out" typeRef="string"/>
<rule id="small">
<extensionElements>
<zt:text lang="zh-Hans">不超过二十座，小</zt:text><zt:text lang="en">At most twenty: small</zt:text>
<zt:legalBasis ref="tea-law/1"/>
</extensionElements>
<inputEntry><text>&lt;= 20</text></inputEntry>
<outputEntry><text>"small"</text></outputEntry>
</rule>
<rule id="large">
<extensionElements>
<zt:text lang="zh-Hans">超过二十座，大</zt:text><zt:text lang="en">More than twenty: large</zt:text>
<zt:legalBasis ref="tea-law/1"/>
</extensionElements>
<inputEntry><text>&gt; 20</text></inputEntry>
<outputEntry><text>"large"</text></outputEntry>
</rule>
</decisionTable>
</decision>
</definitions>
"""

"""The small charter with a consultation that the public takes part in. Tests break one thing."""

import json

from tests.charter.small import FORMS, _choice, _end, _flow, _process, _texts, _user, small

TALK = "participation/tea-talk.yaml"
SERVICE = """
id: tea-talk
name: {zh-Hans: 议茶, en: Tea talk}
summary: {zh-Hans: 征求意见, en: Comments are wanted}
keywords: {zh-Hans: 意见, en: comment}
audience: [person]
legal_basis: [tea-law/1]
jurisdiction: {region: "990100"}
onsite_visits: {number: 0}
statutory_limit: P90D
promised_limit: P60D
limit_basis: [tea-law/1]
on_request: false
kind: "20"
nature: other
exercise_level: city
body: {function: tea}
case_kind: promised
decisions:
  answered: {zh-Hans: 已答复, en: Answered}
"""
DECLARED = """
id: tea-talk
who: {age_from: 16, register: people, born: name, resides: number}
rate: {number: 3, days: 1}
moderator: oversight/duty
appeal: appeal
answered_by: respond
promise: {procedure: tea-duty, within: P60D, at_most: P365D}
rules:
  - id: insult
    name: {zh-Hans: 侮辱, en: Insult}
    wording: {zh-Hans: 侮辱他人, en: It insults somebody.}
    legal_basis: [tea-law/1]
phases:
  - id: comment
    step: wait
    feature: opinions
    name: {zh-Hans: 提意见, en: Comment}
    hint: {zh-Hans: 请提, en: Please do}
    at_least: {limit: P30D, legal_basis: [tea-law/1]}
"""
SURVEY = """    survey:
      - id: drinks
        question: {zh-Hans: 您喝茶吗？, en: Do you drink tea?}
        answers: [{value: never, name: {zh-Hans: 不喝, en: Never}}, {value: daily, name: {zh-Hans: 天天喝, en: Daily}}]
      - id: kind
        question: {zh-Hans: 喝什么？, en: Which?}
        when: drinks = "daily"
        answers: [{value: green, name: {zh-Hans: 绿茶, en: Green}}, {value: black, name: {zh-Hans: 红茶, en: Black}}]
"""
ANSWER = '<zt:task post="tea/desk" act="{}" clock="P5WD" legalBasis="tea-law/1" outputs="{}"/>\n'


DUTY_STEP = (
    '<zt:task post="tea/desk" postFrom="post" act="answer" clock="P30D" clockFrom="limit" '
    'legalBasis="tea-law/1" outputs="result:done"/>\n'
)


def _duty() -> dict[str, bytes]:
    """The procedure by which what is owed is followed."""
    service = (
        SERVICE.strip().replace("tea-talk", "tea-duty").replace("议茶", "茶事责任").replace("Tea talk", "Tea duty")
    )
    service = service.replace("answered: {zh-Hans: 已答复, en: Answered}", "done: {zh-Hans: 已办成, en: Done}")
    form = json.loads(json.dumps(FORMS["appeal"]))
    one = next(iter(form["properties"].values()))
    form["properties"] = {
        name: {**one, "title": {"zh-Hans": name, "en": name}} for name in ("round", "what", "post", "limit")
    }
    form["required"] = list(form["properties"])
    drawn = [_user("do", "Do it", DUTY_STEP), _end("done"), _flow("start", "do"), _flow("do", "done")]
    return {
        "services/tea-duty/service.yaml": (service + "\n").encode(),
        "services/tea-duty/form.json": json.dumps(form, ensure_ascii=False, indent=1).encode(),
        "services/tea-duty/process.bpmn": _process("tea-duty", "\n".join(drawn)).encode(),
    }


def binding(path: str = TALK, old: str = "", new: str = "") -> dict[str, bytes]:
    """The same where people sign, and enough of them bind the office and a council; `old` replaced in one file."""
    files = talking()
    phase = (
        files[TALK].decode().replace(SURVEY, "").replace("    at_least: {limit: P30D, legal_basis: [tea-law/1]}\n", "")
    )
    files[TALK] = (
        (phase.replace("feature: opinions", "feature: proposals") + OBLIGES)
        .replace("answered_by: respond", "answered_by: respond\nbound_by: tea-duty")
        .encode()
    )
    files["organs/tea-licence.yaml"] = TEA_COUNCIL.encode()
    files["powers.yaml"] = files["powers.yaml"].replace(b"answer, open]", b"answer, open, vote]")
    assert old.encode() in files[path], f"{path} does not hold {old!r}"
    return files | {path: files[path].replace(old.encode(), new.encode(), 1)}


OBLIGES = """    obliges:
      - {signatures: 10, to: answer, within: P20WD, post: tea/desk, legal_basis: [tea-law/1]}
      - {signatures: 30, to: debate, within: P60D, organ: tea-licence, legal_basis: [tea-law/1]}
"""
TEA_COUNCIL = """id: tea-licence
name: {zh-Hans: 茶会, en: Tea council}
legal_basis: [tea-law/1]
chair: tea/desk
members: [tea/desk]
agenda: accept
sitting: accept
minutes: decide
"""


def talking() -> dict[str, bytes]:
    """The files, without a fault."""
    files = small()
    files["powers.yaml"] = files["powers.yaml"].replace(
        b"acts: [decide, answer, supervise]", b"acts: [decide, answer, supervise, moderate]"
    )
    files["powers.yaml"] = files["powers.yaml"].replace(
        b"sign-licence, open-tea-house]\n  acts: [accept, examine, decide]",
        b"sign-licence, open-tea-house, tea-duty, tea-talk, appeal]\n  acts: [accept, examine, decide, answer, open]",
    )
    files["registers/people.yaml"] += (
        b"  - id: agora\n    reader: agora\n    fields: [number, name]\n"
        b"    purpose: {zh-Hans: \xe6\xa0\xb8\xe5\xae\x9e, en: Checking}\n    legal_basis: [tea-law/1]\n"
    )
    files[TALK] = (DECLARED.strip() + "\n" + SURVEY).encode()
    files["services/tea-talk/service.yaml"] = (SERVICE.strip() + "\n").encode()
    files["services/tea-talk/form.json"] = json.dumps(FORMS["appeal"], ensure_ascii=False, indent=1).encode()
    files["services/tea-talk/process.bpmn"] = _drawn().encode()
    return files | _duty()


def _drawn() -> str:
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>P30D</bpmn:timeDuration></bpmn:timerEventDefinition>"
    steps = [
        f'<bpmn:intermediateCatchEvent id="wait">{_texts("等待", "Wait")}{timer}</bpmn:intermediateCatchEvent>',
        _user("respond", "Answer each", ANSWER.format("examine", "response:completed")),
        _choice("all", "all-respond"),
        _user("publish", "Publish", ANSWER.format("answer", "result:answered")),
        _end("answered"),
        *(_flow("start", "wait"), _flow("wait", "respond"), _flow("respond", "all")),
        *(_flow("all", "publish", "unanswered = 0"), _flow("all", "respond"), _flow("publish", "answered")),
    ]
    return _process("tea-talk", "\n".join(steps))


def talk_changed(path: str, old: str, new: str, *, survey: bool = True) -> dict[str, bytes]:
    """The same with `old` replaced in one file; it has to be there."""
    files = talking()
    source = files[path].decode()
    if not survey:
        source = source.replace(SURVEY, "")
    assert old in source, f"{path} does not hold {old!r}"
    return files | {path: source.replace(old, new, 1).encode()}


SERVED = "born: name, resides: number, served: {service: reason, since: first, until: last}"
BAD = "    bad: {question: drinks, answers: [never], over: 20, outcome: completed}\n"
DAY = "- {id: day, name: {zh-Hans: 日期, en: Day}, about: case, type: date}\n"
LETTERS = [f"letters/survey.{tag}.md" for tag in ("zh-Hans", "en")]


def surveying(path: str = TALK, old: str = "", new: str = "", *, letters: bool = True) -> dict[str, bytes]:
    """The same asking only those whom a service served, with a result that is bad; `old` replaced in one file."""
    files = talking()
    form = json.loads(files["services/tea-talk/form.json"])
    for name in ("first", "last"):
        title = {"zh-Hans": f"{name} 是哪天？", "en": f"Which day is the {name}?"}
        more = {"x-element": "day", "x-basis": ["tea-law/2"]}
        form["properties"][name] = {"title": title, "type": "string", "format": "date", **more}
    form["required"] += ["first", "last"]
    files["services/tea-talk/form.json"] = json.dumps(form, ensure_ascii=False, indent=1).encode()
    files["elements.yaml"] += DAY.encode()
    files[TALK] = files[TALK].replace(b"born: name, resides: number", SERVED.encode()) + BAD.encode()
    if letters:
        files |= dict.fromkeys(LETTERS, b"# {{ case.name }}\n\n{{ party.name }}\n")
    assert old.encode() in files[path], f"{path} does not hold {old!r}"
    return files | {path: files[path].replace(old.encode(), new.encode(), 1)}

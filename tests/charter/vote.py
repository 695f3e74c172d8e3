"""The small charter with a secret ballot, or a draw by lot, beside its consultation. Tests break one thing."""

from json import dumps

from tests.charter.small import TONGUES
from tests.charter.talk import TALK, talking
from zhengtong.engines.merkle import ED25519, Verifier

OFFICE = """
id: {name}-office
name: {{zh-Hans: {zh}, en: {en}}}
short: {{zh-Hans: {zh}, en: {en}}}
function: {name}
level: city
region: "990100"
posts:
  - id: desk
    title: {{zh-Hans: 经办, en: Desk}}
    powers: [{name}-power]
"""
POWER = """
- id: {name}-power
  name: {{zh-Hans: {zh}, en: {en}}}
  kind: "20"
  matters: [tea-talk]
  acts: [{act}]
  holders: [{name}]
  legal_basis: [tea-law/1]
"""
BALLOT = """
  - id: ballot
    step: wait
    feature: ballot
    name: {zh-Hans: 投票, en: Vote}
    hint: {zh-Hans: 请投, en: Please do}
    ballot:
      enrolment: wait
      preparing: respond
      counting: publish
      roll: roll/desk
      trustees: [key/desk, oversight/duty]
      questions:
        - question: {zh-Hans: 好吗, en: Is it good?}
          answers: [{zh-Hans: 好, en: "Yes"}, {zh-Hans: 不好, en: "No"}]
"""
KEEPERS = "    keepers: [key/desk, oversight/duty]\n"
DRAW = """
  - id: panel
    step: wait
    feature: sortition
    name: {zh-Hans: 抽签, en: Draw}
    hint: {zh-Hans: 请报名, en: Please enter}
    answer_in: 7
"""
OPENING = """opening:
  keepers: [roll/desk, key/desk]
  legal_basis: [tea-law/1]
  remedy: {zh-Hans: 法院, en: The court}
"""
OPENED = (
    b"# {{ case.name }}\n\n{{ voice.name }} {{ opening.by }} {{ opening.order }} {{ decision.legal_basis }} "
    b"{{ decision.reasons }} {{ appeal.where }}\n"
)
ASKED = 'unanswered = 0 and (ballot = "ready" or ballot = "counted")'


def voting() -> dict[str, bytes]:
    """The files, without a fault."""
    files = talking()
    keepers = [("roll", "名册室", "Roll office", "keep-roll"), ("key", "密钥室", "Key office", "keep-key")]
    powers = files["powers.yaml"].decode().replace("supervise, moderate]", "supervise, moderate, keep-key]")
    for name, zh, en, act in keepers:
        files[f"organisations/{name}-office.yaml"] = OFFICE.format(name=name, zh=zh, en=en).lstrip().encode()
        powers += POWER.format(name=name, zh=zh, en=en, act=act).lstrip("\n")
    files["powers.yaml"] = powers.encode()
    files[TALK] += BALLOT.lstrip("\n").encode()
    process = "services/tea-talk/process.bpmn"
    files[process] = files[process].replace(b"unanswered = 0", ASKED.encode())
    return files


def drawing() -> dict[str, bytes]:
    """The files with a panel drawn by lot instead, without a fault."""
    files = voting()
    files[TALK] = files[TALK].replace(BALLOT.lstrip("\n").encode(), (DRAW.lstrip("\n") + KEEPERS).encode())
    for tag in TONGUES:
        files[f"letters/panel-drawn.{tag}.md"] = b"# {{ case.name }}\n\n{{ url.offer }}\n"
    powers = files["powers.yaml"].replace(b"moderate, keep-key]", b"moderate, keep-key, keep-lot]")
    return files | {"powers.yaml": powers.replace(b"[keep-key]", b"[keep-key, keep-lot]")}


def opening() -> dict[str, bytes]:
    """The files with voices that two bodies together can open instead, without a fault."""
    files = voting()
    files[TALK] = files[TALK].replace(BALLOT.lstrip("\n").encode(), b"") + OPENING.encode()
    files |= {f"letters/voice-opened.{tag}.md": OPENED for tag in TONGUES}
    powers = files["powers.yaml"].replace(b"[keep-roll]", b"[open-voice]").replace(b"[keep-key]", b"[open-voice]")
    return files | {"powers.yaml": powers}


def node(kind: bytes = ED25519, of: str = "linshui") -> str:
    """Another node, as `nodes.yaml` names it; all have one key."""
    name = {"zh-Hans": "临水县", "en": "Linshui County"}
    return f"{of}: {{name: {dumps(name)}, ledger: {Verifier(f'{of}.example/ledger', bytes(range(32)), kind)}}}"


LINSHUI = node()


def noded(nodes: str, trustees: str = "nodes/linshui, oversight/duty") -> dict[str, bytes]:
    """The files with other nodes and these trustees."""
    return vote_changed(TALK, "key/desk, oversight/duty", trustees) | {"nodes.yaml": f"{nodes}\n".encode()}


def vote_changed(path: str, old: str, new: str) -> dict[str, bytes]:
    """The same with `old` replaced in one file; it has to be there."""
    return _changed(voting(), path, old, new)


def lot_changed(path: str, old: str, new: str) -> dict[str, bytes]:
    """The same of the draw by lot."""
    return _changed(drawing(), path, old, new)


def opening_changed(path: str, old: str, new: str) -> dict[str, bytes]:
    """The same of the voices that can be opened."""
    return _changed(opening(), path, old, new)


def lot_noded(keepers: str) -> dict[str, bytes]:
    """The same with these keepers, of whom Linshui County may be one."""
    return lot_changed(TALK, "key/desk, oversight/duty", keepers) | {"nodes.yaml": f"{LINSHUI}\n".encode()}


def _changed(files: dict[str, bytes], path: str, old: str, new: str) -> dict[str, bytes]:
    source = files[path].decode()
    assert old in source, f"{path} does not hold {old!r}"
    return files | {path: source.replace(old, new, 1).encode()}

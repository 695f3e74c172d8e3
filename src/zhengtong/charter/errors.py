"""What this room refuses."""

from collections.abc import Sequence
from datetime import date

from zhengtong.charter.finding import Finding
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class CharterFaults(Refusal):
    """The charter has errors; `findings` are all that the checker said, warnings included."""

    code = "charter-faults"
    message = text(
        "章程有 {count} 处错误。第一处：{file} 第 {line} 行，{first}",
        "The charter has {count} errors. The first is in {file}, line {line}: {first}",
    )
    next_step = text("运行 zhengtong check，逐一改正。", "Run zhengtong check and mend them one by one.")

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        errors = [each for each in findings if each.is_error]
        first = errors[0]
        super().__init__(count=len(errors), file=first.file, line=first.line, first=first.message)


class NoCompetentPost(Refusal):
    """Nobody is responsible for this, there, on that day."""

    code = "no-competent-post"
    status = 409
    message = text(
        "{on} 当日，区划 {region} 没有承担“{post}”的岗位。",
        "On {on} no post in the region {region} does the work of “{post}”.",
    )
    next_step = text("请联系政务服务监督机构。", "Contact the supervisor of public services.")

    def __init__(self, *, post: str, region: str, on: date) -> None:
        super().__init__(post=post, region=region, on=on.isoformat())


class NothingInForce(Refusal):
    """No charter is in force on that day."""

    code = "nothing-in-force"
    status = 503
    message = text("{on} 当日没有生效的章程。", "No charter is in force on {on}.")
    next_step = text(
        "请管理员运行 zhengtong enact，使章程生效。", "The administrator has to put one in force with zhengtong enact."
    )


class NoSuchEnactment(Refusal):
    """No charter was enacted under that number."""

    code = "no-such-enactment"
    status = 404
    message = text("没有第 {number} 次颁行的章程。", "There is no enactment number {number}.")
    next_step = text("请检查编号。", "Check the number.")


class OtherSuite(Refusal):
    """A charter wants another suite of cryptography than the ledger is of; a ledger keeps the one it began with."""

    code = "ledger-other-suite"
    status = 409
    message = text(
        "章程要求台账使用密码套件{wanted}，而本节点的台账使用{suite}。",
        "The charter wants the ledger to be of the suite {wanted}, and this node's ledger is of {suite}.",
    )
    next_step = text(
        "请更正章程的crypto_suite；或在新的节点上设置ZHENGTONG_SUITE后重新开始。",
        "Correct crypto_suite in the charter; or begin on a new node with ZHENGTONG_SUITE set.",
    )


class NodeIsThisOne(Refusal):
    """What a charter calls another node has this node's own key."""

    code = "node-is-this-one"
    status = 409
    message = text(
        "nodes.yaml中的节点“{node}”用的是本节点自己的钥匙，不是另一个节点。",
        "The node “{node}” in nodes.yaml has this node's own key: it is no other node.",
    )
    next_step = text(
        "由另一机构运行的节点保管才算数：请写对方`zhengtong ledger key`输出的第一行，或者改由本节点的岗位保管。",
        "Only a node that another body runs is a check on this one: write the first line of what "
        "`zhengtong ledger key` prints there, or name a post here.",
    )

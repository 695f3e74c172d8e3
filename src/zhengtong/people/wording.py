"""Powers, and the lack of them, in sentences."""

from collections.abc import Iterable, Sequence
from datetime import date

from zhengtong.charter.charter import Charter
from zhengtong.charter.grants import Grant
from zhengtong.common.text import Text, day_told, text
from zhengtong.people.decide import CONFLICTS, Against, Answer

VERBS = {
    "accept": text("受理", "accept"),
    "examine": text("审查", "examine"),
    "inspect": text("现场核查", "inspect"),
    "hear": text("主持听证", "hold a hearing"),
    "decide": text("决定", "decide"),
    "answer": text("答复", "answer"),
    "review": text("复核", "review"),
    "revoke": text("撤销", "revoke"),
    "supervise": text("监督", "supervise"),
    "file": text("收件", "take in"),
    "open": text("开启", "open"),
    "vote": text("表决", "vote on"),
    "moderate": text("审核言论", "moderate"),
    "keep-roll": text("管理投票名册", "keep the roll of voters"),
    "keep-key": text("保管计票密钥", "keep a key of the count"),
    "keep-lot": text("保管抽签秘密", "keep a secret of a draw"),
    "open-voice": text("会同另一机构打开发言身份", "open a voice, together with another body"),
    "enact": text("颁行", "enact"),
    "rekey": text("更换台账密钥", "change the ledger’s key"),
    "correct": text("更正登记", "correct the register"),
    "restrict": text("停止处理个人信息", "stop the processing of a record"),
    "limit": text("临时限制发言", "limit what is shown, in an emergency"),
}
"""The acts of the power list, as verbs."""

MAY = text("可以{acts}，但无权{act}", "may {acts}, but not {act},")
MAY_NOT = text("无权{act}", "may not {act}")
YES = text(
    "可以。岗位“{post}”在{region}对“{matter}”有权{act}：职权“{power}”（{basis}）。",
    "Yes. The post “{post}” may {act} “{matter}” in {region}, by the power “{power}” ({basis}).",
)
NO = text(
    "不可以。岗位“{post}”在{region}对“{matter}”{short}。", "No. The post “{post}” {short} “{matter}” in {region}."
)
BY_DELEGATION = text("依委托行使。", "It does so by delegation.")
BY_ABSENCE = text("岗位任职人不在，由代理岗位行使。", "Its deputy does so, since whoever holds the post is absent.")
NEAREST = {
    Against.NO_REGION: text("该岗位的这项职权只及于：{regions}。", " It has this power only in: {regions}."),
    Against.NO_TIME: text("该岗位的这项职权今天不在有效期内。", " It does not have this power today."),
    Against.NO_MATTER: text("该岗位只能对其他事项这样做。", " It may do this in other matters only."),
}
DELEGATED = text("这项职权的委托自{from_on}至{to_on}有效。", " It was delegated to it from {from_on} to {to_on}.")
TAKEN_BACK = text("这项职权的委托已经终止。", " The delegation of this power was taken back.")
CONFLICT = {
    Against.OWN_CASE: text("本办件涉及您本人", "this case concerns yourself"),
    Against.KIN: text("当事人是您的亲属", "a party is your relative"),
    Against.OWN_COMPANY: text("您可以代表当事企业", "you may act for the enterprise whose case it is"),
    Against.EARLIER_DECISION: text("您作出过所涉的决定", "you made the decision that it is about"),
    Against.STOOD_ASIDE: text("您已申请回避", "you stood aside"),
    Against.SPOKEN_OF: text("办件涉及您的机构", "the case is about your office"),
    Against.RATED: text("您办理过被评价的办件", "you handled the case that was rated"),
}
NOT_SEATED = text("您今天不担任该岗位。", "You do not hold the post today.")
MOST_NAMED = 3


def post_title(charter: Charter, post: str) -> Text:
    """What a post is called; of one that the charter does not know, its name."""
    try:
        return charter.post(post).title
    except KeyError:
        return Text(dict.fromkeys(charter.head.languages, post))


def post_told(charter: Charter, post: str) -> Text:
    """A post in words: its office and its title; its id where the charter has none of it any more."""
    if post not in charter.posts:
        return text(post, post)
    office, title = charter.organisation_of(post).short, charter.post(post).title
    return Text({tag: f"{office.in_(tag)} · {title.in_(tag)}" for tag in charter.head.languages})


def listed(parts: Iterable[Text]) -> Text:
    """Several things in one sentence."""
    told = list(parts)
    zh = "、".join(each.in_("zh-Hans") for each in told)
    *most, last = [each.in_("en") for each in told] or [""]
    return text(zh, f"{', '.join(most)} and {last}" if most else last)


def acts_told(acts: Iterable[str]) -> Text:
    """Acts, in the order of a case."""
    return listed(VERBS[each] for each in VERBS if each in set(acts))


def short_of(answer: Answer) -> Text:
    """What the post may and may not: `may accept, but not decide,`."""
    act = VERBS[answer.question.act]
    return MAY.format(acts=acts_told(answer.may), act=act) if answer.may else MAY_NOT.format(act=act)


def nearest_told(charter: Charter, answer: Answer) -> Text:
    """What comes nearest to the power that is lacking."""
    if answer.lapsed is not None and answer.lapsed.via:
        return _delegation_told(answer.lapsed)
    told = next((NEAREST[each] for each in answer.against if each in NEAREST), Text())
    act, post = answer.question.act, answer.question.post
    regions = dict.fromkeys(each.region for each in charter.grants.get(post, ()) if act in each.acts)
    return told.format(regions=listed(charter.regions[code].name for code in regions))


def _delegation_told(grant: Grant) -> Text:
    if grant.from_on and grant.to_on and grant.to_on < grant.from_on:
        return TAKEN_BACK
    return DELEGATED.format(from_on=_day_told(grant.from_on), to_on=_day_told(grant.to_on))


def _day_told(day: date | None) -> Text:
    return day_told(day) if day else Text()


def conflicts_told(answer: Answer) -> Text:
    """Why the officer has to stand aside."""
    return listed(CONFLICT[each] for each in answer.against if each in CONFLICTS)


def competent_told(charter: Charter, posts: Sequence[str]) -> Text:
    """The posts that may instead, the nearest few."""
    return listed(post_told(charter, each) for each in posts[:MOST_NAMED]) if posts else text("–", "–")


def explained(charter: Charter, answer: Answer, *, competent: Sequence[str] = ()) -> list[Text]:
    """The answer in sentences: yes or no, by which power and law, or why not, and who may instead."""
    asked = answer.question
    frame = {
        "post": post_told(charter, asked.post),
        "act": VERBS[asked.act],
        "matter": charter.listed(asked.matter).name,
        "region": charter.regions[asked.region].name,
    }
    if answer.grant is None:
        told = [NO.format(short=short_of(answer), **frame), _trimmed(nearest_told(charter, answer))]
        told.append(text("有权的岗位：{who}。", "Who may: {who}.").format(who=competent_told(charter, competent)))
    else:
        power = charter.powers[answer.grant.power]
        told = [YES.format(power=power.name, basis=listed(map(charter.cite, power.legal_basis)), **frame), Text()]
        told += {"delegation": [BY_DELEGATION], "absence": [BY_ABSENCE]}.get(answer.grant.via.partition(":")[0], [])
    if Against.NOT_SEATED in answer.against:
        told.append(NOT_SEATED)
    if CONFLICTS & set(answer.against):
        told.append(text("您应当回避：{why}。", "You must stand aside: {why}.").format(why=conflicts_told(answer)))
    return [each for each in told if each]


def _trimmed(told: Text) -> Text:
    return Text({tag: wording.strip() for tag, wording in told.items()})

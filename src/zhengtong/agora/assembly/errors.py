"""What members are told when something cannot be done in a meeting."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NoSuchMeeting(Refusal):
    code = "no-such-meeting"
    status = 404
    message = text("没有这次会议。", "There is no such meeting.")
    next_step = text("请从会议列表中选择。", "Choose it from the list of meetings.")


class NotAMember(Refusal):
    code = "not-a-member"
    status = 403
    message = text("只有本组织的成员可以这样做。", "Only members of the assembly do this.")
    next_step = text("请以成员岗位办理。", "Do it in the post of a member.")


class NotNow(Refusal):
    code = "not-at-this-point"
    status = 409
    message = text("会议现在不在这个阶段。", "The meeting is not at this point.")
    next_step = text("请看会议页面上进行到哪里。", "See on its page where the meeting is.")


class NoQuorum(Refusal):
    code = "no-quorum"
    status = 409
    message = text(
        "到会成员 {present} 人，共 {members} 人，不足法定人数。",
        "{present} of {members} members are there, which is no quorum.",
    )
    next_step = text("请等待更多成员到会，或者改期。", "Wait for more members, or meet another day.")


class NoWords(Refusal):
    code = "motion-without-words"
    message = text("议案须有标题和内容。", "A motion has a title and a text.")
    next_step = text("请写明标题（120 字以内）和内容。", "Write a title of at most 120 characters, and what is moved.")


class NotAChoice(Refusal):
    code = "not-a-choice"
    message = text("请选择赞成、反对或者弃权。", "Choose for, against or abstain.")
    next_step = text("请选择其中一项。", "Choose one of the three.")

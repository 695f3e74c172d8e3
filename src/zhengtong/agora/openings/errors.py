"""What keepers, hosts and devices are told where a voice can be opened."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class KeysMissing(Refusal):
    code = "opening-keys-missing"
    status = 409
    message = text(
        "这类活动的发言身份可以由两个机构共同打开，但还缺少密钥：{who}。",
        "Two bodies together can open voices of such a round, and these have not given their keys yet: {who}.",
    )
    next_step = text(
        "请它们先提交密钥；在此之前不能开始。",
        "Ask them to hand in their keys; it cannot begin before.",
    )


class NotAKeeperOfVoices(Refusal):
    code = "not-a-keeper-of-voices"
    status = 403
    message = text("这个岗位不保管打开发言身份的密钥。", "This post keeps no key that opens voices here.")
    next_step = text("由哪两个机构保管，写在活动页面上。", "The page of the round says which two bodies do.")


class KeyOfTheOther(Refusal):
    code = "opening-key-of-the-other"
    status = 409
    message = text("另一位保管人已经提交了这把密钥。", "The other keeper has handed in this key already.")
    next_step = text(
        "请在自己的机器上生成自己的密钥；两把密钥相同，就没有两个人。",
        "Make one of your own on a machine of your own: two keys that are one have one keeper.",
    )


class SealsNotShown(Refusal):
    code = "seals-not-shown"
    status = 409
    message = text(
        "您的设备制作的封印与它出示的不符，本次活动不发给发言凭证。",
        "The seals that your device made are not what it showed. No voice is given in this round.",
    )
    next_step = text(
        "这已记录。您没有改动过页面的，请告知监督机构；它能查看记录。",
        "It has been recorded. If you did not change the page, tell the supervisor, who can read the record.",
    )


class BegunOnADevice(Refusal):
    code = "voice-begun-on-a-device"
    status = 409
    message = text(
        "您的一台设备已经开始制作本次活动的发言凭证。",
        "A device of yours has begun to make the key of your voice in this round.",
    )
    next_step = text(
        "请在那台设备的同一个浏览器中再按一次“领取”。",
        "Ask again on that device, in the same browser.",
    )


class SealFirst(Refusal):
    code = "voice-without-seal"
    status = 409
    message = text(
        "本次活动的发言凭证须带封印：两个机构可以共同打开它。",
        "A voice of this round carries a seal, which two bodies together can open.",
    )
    next_step = text(
        "请重新打开领取页面，或者关闭脚本后由程序代为制作。",
        "Load the page anew, or let the program make it for you without scripts.",
    )


class NoSuchVoice(Refusal):
    code = "no-such-voice"
    status = 404
    message = text("本次活动没有这个发言身份。", "There is no voice of this name in the round.")
    next_step = text("请完整抄写它的数字。", "Copy its digits whole.")


class OpeningNeedsGround(Refusal):
    code = "opening-needs-ground"
    message = text(
        "打开发言身份必须写明章程规定的法律依据、决定书或者令状文号和理由。",
        "To open a voice takes a legal basis that the charter names, the number of the order or warrant, and reasons.",
    )
    next_step = text("请逐项写明；被打开的人会读到。", "Give each; the person concerned will read it.")


class OpeningAskedFor(Refusal):
    code = "opening-asked-for-already"
    status = 409
    message = text(
        "已有请求在等待另一机构答复，或者它已经打开。",
        "A request to open it waits for the other body, or it has been opened.",
    )
    next_step = text("请等待答复；打开的结果在本页。", "Wait for the answer; what was opened is on this page.")


class OpeningIsOver(Refusal):
    code = "opening-is-over"
    status = 409
    message = text("这项请求已经结束，或者还没有轮到您。", "This request is over, or it is not your turn yet.")
    next_step = text(
        "提出请求的机构先提交份额，另一机构再决定。",
        "The body that asked hands in its share first; then the other one decides.",
    )


class FourEyesOnVoices(Refusal):
    code = "opening-takes-two"
    status = 403
    message = text(
        "打开发言身份需要两个机构的两个人；您已经为另一个机构办理过。",
        "Opening a voice takes two people of two bodies, and you have acted for the other one.",
    )
    next_step = text("请由本岗位的另一名工作人员办理。", "Leave it to another officer of this post.")

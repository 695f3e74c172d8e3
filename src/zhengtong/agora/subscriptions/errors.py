"""What people are told when they cannot subscribe."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NotAnAddress(Refusal):
    code = "not-an-address"
    message = text("请填写电子邮箱，并选择订阅的对象。", "Give an e-mail address, and choose of what.")
    next_step = text("请核对后再提交。", "Check it and try again.")


class LinkOver(Refusal):
    code = "subscription-link-over"
    status = 404
    message = text("这个链接已经失效。", "This link is no longer good.")
    next_step = text("请重新订阅。", "Subscribe again.")

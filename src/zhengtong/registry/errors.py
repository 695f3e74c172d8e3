"""What people are told when data may not be read."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class NoAgreement(Refusal):
    code = "no-sharing-agreement"
    status = 403
    message = text(
        "没有共享协议允许“{reader}”读取“{register}”的字段：{fields}。",
        "No sharing agreement lets “{reader}” read these fields of “{register}”: {fields}.",
    )
    next_step = text("请由登记簿的主管机构订立共享协议。", "Ask the register's owner to conclude a sharing agreement.")
    ground = "pipl/13"


class NoRecord(Refusal):
    code = "no-record"
    status = 404
    message = text("“{register}”中没有号码为“{key}”的记录。", "“{register}” has no record with the number “{key}”.")
    next_step = text(
        "请核对号码，或向{owner}更正登记。", "Check the number, or have the register corrected by {owner}."
    )

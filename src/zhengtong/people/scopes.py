"""What a token of the API may be good for."""

from zhengtong.common.text import text

SCOPES = {
    "cases:read": text("查看自己的办件", "See one's own cases"),
    "cases:write": text("申请、补正、撤回、评价", "Apply, correct, withdraw, rate"),
    "tasks:read": text("以岗位查看办理任务", "See the tasks of one's posts"),
    "tasks:write": text("以岗位办理任务", "Do the tasks of one's posts"),
}
OF_OFFICES = {"tasks:read", "tasks:write"}

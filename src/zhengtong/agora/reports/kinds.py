"""The acts of reports, as the ledger knows them."""

from zhengtong.common.text import text
from zhengtong.ledger.kinds import declare

PUBLISHED = declare("report.published", text("经申请人同意公开", "Published, as the petitioner agreed"))
WITHHELD = declare("report.withheld", text("不再公开其中内容", "What it says is withheld from the public"))
RESTORED = declare("report.restored", text("恢复公开", "What it says is public again"))
DELETED = declare("report.deleted", text("删除公开的内容", "What was public of it is deleted"))

"""Why something cannot be taken out of a document."""

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text


class RedactionFault(Refusal):
    """The document cannot be read, or a passage is not in it and would stay unseen."""

    code = "not-redacted"
    message = text("无法区分处理：{why}", "This cannot be taken out: {why}")
    next_step = text(
        "请核对原文，或者在页面图片上标出区域。",
        "Check the wording against the original, or mark the region on the picture of the page.",
    )

    def __init__(self, why: Text) -> None:
        super().__init__(why=why)


def unreadable() -> RedactionFault:
    return RedactionFault(text("文件无法打开，或者有密码。", "the file cannot be opened, or has a password."))


def too_long(most: int) -> RedactionFault:
    return RedactionFault(text(f"文件超过 {most} 页。", f"the file has more than {most} pages."))


def not_there(passage: str) -> RedactionFault:
    return RedactionFault(
        text(f"文字中没有“{passage}”，它可能在图片里。", f"“{passage}” is not in the text; it may be in a picture.")
    )


def no_such_page(page: int) -> RedactionFault:
    told = f"there is no page {page}, or the region is empty."
    return RedactionFault(text(f"没有第 {page} 页，或者区域是空的。", told))


def still_there(passage: str) -> RedactionFault:
    return RedactionFault(text(f"新文件中仍有“{passage}”。", f"“{passage}” would still be in the new file."))

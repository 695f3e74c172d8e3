"""What a program is told when its request cannot be answered. Refusals of the rooms below are shown unchanged."""

from collections.abc import Sequence

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text


class MalformedRequest(Refusal):
    code = "malformed-request"
    status = 400
    message = text("请求无法读取。", "The request could not be read.")
    next_step = text("请发送有效的 JSON（UTF-8）或表单。", "Send valid JSON (UTF-8) or a valid form.")


class NotAuthenticated(Refusal):
    code = "not-authenticated"
    status = 401
    message = text("缺少有效的访问令牌。", "A valid access token is missing.")
    next_step = text(
        "请在 Authorization 头中发送“Bearer 令牌”；令牌可能已过期或被吊销。",
        "Send “Bearer <token>” in the Authorization header; a token may have expired or been revoked.",
    )


class OnlyByTls(Refusal):
    code = "only-by-tls"
    status = 403
    message = text(
        "接口只接受 HTTPS 请求；明文发送的令牌可能已经泄露。",
        "The interface answers by HTTPS only; a token that was sent in clear may have been seen.",
    )
    next_step = text(
        "请改用 https 地址，并吊销这个令牌、另行签发。", "Use the https address, end this token and make another."
    )


class ScopeMissing(Refusal):
    code = "scope-missing"
    status = 403
    message = text("令牌没有“{scope}”权限范围。", "The token does not have the scope “{scope}”.")
    next_step = text("请申请带有该范围的令牌。", "Get a token with this scope.")


class NotFound(Refusal):
    code = "not-found"
    status = 404
    message = text("没有这个资源。", "There is no such resource.")
    next_step = text("请查看 /api/v1/openapi.json。", "See /api/v1/openapi.json.")


class MethodNotAllowed(Refusal):
    code = "method-not-allowed"
    status = 405
    message = text("这个资源不支持方法 {method}。", "This resource does not support the method {method}.")
    next_step = text("请使用 Allow 头中的方法。", "Use a method of the Allow header.")


class TooLarge(Refusal):
    code = "too-large"
    status = 413
    message = text("请求内容太大。", "The request is too large.")
    next_step = text("请缩小内容；文件请单独上传。", "Send less; upload files on their own.")


class InvalidRequest(Refusal):
    code = "invalid-request"
    message = text("请求的内容不符合接口说明。", "The request does not fit the description of the interface.")
    next_step = text("请按 errors 逐项改正。", "Put right what “errors” lists.")

    def __init__(self, errors: Sequence[dict[str, str]]) -> None:
        self.errors = list(errors)
        super().__init__()


class KeyMissing(Refusal):
    code = "idempotency-key-missing"
    status = 400
    message = text(
        "写操作需要 Idempotency-Key 头。", "A request that changes something needs an Idempotency-Key header."
    )
    next_step = text(
        "请为每个新操作生成一个键（1 到 100 个可见 ASCII 字符），重试时用同一个键。",
        "Make a key for each new operation (1 to 100 visible ASCII characters), and use the same one to try again.",
    )


class KeyReused(Refusal):
    code = "idempotency-key-reused"
    message = text(
        "这个 Idempotency-Key 已用于内容不同的请求。", "This Idempotency-Key was used for a request with other content."
    )
    next_step = text("请为新操作使用新的键。", "Use a new key for a new operation.")


class BadCursor(Refusal):
    code = "bad-cursor"
    message = text("翻页标记无效。", "The cursor is not valid.")
    next_step = text("请从第一页开始，使用返回的 next。", "Start at the first page; use the “next” that it gives.")


class NoSuchUpload(Refusal):
    code = "no-such-upload"
    message = text(
        "没有为材料“{material}”上传过文件 {document}，或者它已被使用。",
        "No file {document} was uploaded for “{material}”, or it has been used.",
    )
    next_step = text("请先用 POST /documents 上传，再使用返回的 id。", "Upload it by POST /documents and use its “id”.")


class InternalFault(Refusal):
    code = "internal-fault"
    status = 500
    message = text("系统出错，已记录。没有数据被更改。", "The system failed, and has logged it. Nothing was changed.")
    next_step = text("请稍后用同一个 Idempotency-Key 重试。", "Try again later with the same Idempotency-Key.")

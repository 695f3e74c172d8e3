"""Documents: typeset by Typst from a template and data, signed by PAdES, and checked again."""

from zhengtong.engines.documents.seal import Seal, new_seal
from zhengtong.engines.documents.signature import SignatureCheck, check, sign
from zhengtong.engines.documents.typeset import TemplateFault, typeset

__all__ = ["Seal", "SignatureCheck", "TemplateFault", "check", "new_seal", "sign", "typeset"]

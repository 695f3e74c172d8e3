"""PAdES baseline signatures (ETSI EN 319 142-1) on PDFs, made and checked with pyHanko."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from asn1crypto import keys, parser, pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, fields, sign_pdf
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from zhengtong.engines.documents.seal import Seal

FIELD = "Seal"


@dataclass(frozen=True)
class SignatureCheck:
    """`intact`: not one byte that was signed has changed; `ours`: signed with the seal that was asked about;
    `whole`: nothing was added after the signature."""

    signed: bool
    intact: bool = False
    ours: bool = False
    whole: bool = False

    @property
    def genuine(self) -> bool:
        return self.signed and self.intact and self.ours and self.whole


def sign(pdf: bytes, *, seal: Seal, reason: str, place: str) -> bytes:
    """The PDF with a signature over all of it; the signing time that it claims is the machine's."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        location=place,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    return bytes(_apart(sign_pdf, writer, meta, signer=_signer(seal)).getvalue())


def check(pdf: bytes, *, seal: Seal) -> SignatureCheck:
    """Whether the PDF bears an unbroken signature of `seal`. A file that is no PDF is simply not signed."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        signatures = reader.embedded_signatures
        if not signatures:
            return SignatureCheck(signed=False)
        certificate = _certificate(seal)
        trusted = ValidationContext(trust_roots=[certificate], allow_fetching=False)
        status = _apart(validate_pdf_signature, signatures[-1], trusted)
    except (
        Exception
    ):  # the parser gets what anybody sends, and stumbles over it in ways that no list would keep up with
        return SignatureCheck(signed=False)
    return SignatureCheck(
        signed=True,
        intact=bool(status.intact and status.valid) and _is_canonical(pdf, signatures[-1]),
        ours=certificate.dump() in signatures[-1].pkcs7_content,
        whole=status.coverage is not None and status.coverage.name == "ENTIRE_FILE",
    )


def _apart(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """pyHanko runs a loop of its own, which may not stand within another: it gets a thread."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(work, *given, **named).result()


def _is_canonical(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the place of the signature, which no signature can cover, holds it as it was written and then zeros."""
    start, length, end, _ = (int(number) for number in signature.byte_range)
    written = pdf[start + length : end]
    content = signature.pkcs7_content
    signed = content[: parser.peek(content)]
    return written == b"<" + signed.hex().upper().encode().ljust(len(written) - 2, b"0") + b">"


def _signer(seal: Seal) -> SimpleSigner:
    _kind, _headers, key = pem.unarmor(seal.key)
    certificate = _certificate(seal)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register(certificate)
    return SimpleSigner(
        signing_cert=certificate,
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=store,
    )


def _certificate(seal: Seal) -> asn1_x509.Certificate:
    _kind, _headers, der = pem.unarmor(seal.certificate)
    return asn1_x509.Certificate.load(der)

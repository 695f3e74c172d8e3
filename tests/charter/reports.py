# ruff: noqa: E501 — the charter is a text
"""The small charter, with reports that everybody may read and that the tea office moderates."""

from tests.charter.small import TONGUES, small

TEA = "services/tea-licence/service.yaml"
MODERATION = """
  moderation:
    moderator: tea/desk
    appeal: appeal
    rules:
      - {id: insult, name: {zh-Hans: 侮辱, en: Insult}, wording: {zh-Hans: 侮辱人, en: It insults}, legal_basis: [tea-law/1]}
"""
REPORTED = "georeport:\n  service: seats\n  description: seats\n  place: seats\n  public: terrace" + MODERATION


def reporting(path: str = TEA, old: str = "", new: str = "", *, without: str = "") -> dict[str, bytes]:
    """Its files, with `old` replaced in one of them, which has to be there, or without one."""
    files = small()
    files[TEA] += REPORTED.encode()
    files["powers.yaml"] = files["powers.yaml"].replace(b"examine, decide]", b"examine, decide, moderate]", 1)
    for name in ("report-withheld", "report-restored", "report-deleted"):
        for tag in TONGUES:
            files[f"letters/{name}.{tag}.md"] = b"# {{ measure.rule }}\n\n{{ url.measure }}\n"
    assert old in files[path].decode()
    files[path] = files[path].decode().replace(old, new, 1).encode()
    return {name: held for name, held in files.items() if not without or not name.startswith(without)}

"""The small charter, in which many apply together and name who speaks for them."""

import json
from typing import Any

from tests.charter.small import FORMS, TONGUES, small

TEA = "services/tea-licence/service.yaml"
ROWS: dict[str, Any] = {"type": "array", "maxItems": 5}


def many(
    *,
    question: str = "spokesmen",
    columns: tuple[str, ...] = ("name", "reach"),
    needed: tuple[str, ...] = (),
    rows: dict[str, Any] = ROWS,
    element: str = "spokesmen",
    public: bool = False,
    letter: bool = True,
) -> dict[str, bytes]:
    """Its files; what is given is otherwise."""
    files = small()
    text = {"zh-Hans": "代表", "en": "Representative"}
    line = {"title": text, "type": "string", "minLength": 1}
    items = {"type": "object", "properties": dict.fromkeys(columns, line), "required": list(needed or columns)}
    asked = {"title": text, **rows, "items": items, "x-element": element, "x-basis": ["tea-law/1"]}
    form = FORMS["tea-licence"]
    with_rows = {"spokesmen": {key: value for key, value in asked.items() if value is not None}}
    changed = form | {"properties": form["properties"] | with_rows}
    files["services/tea-licence/form.json"] = json.dumps(changed, ensure_ascii=False, indent=1).encode()
    files["elements.yaml"] += (
        "- {id: spokesmen, name: {zh-Hans: 代表, en: Representatives}, about: case, type: rows}\n".encode()
    )
    told = f"representatives: {{question: {question}, may: [rate], legal_basis: [tea-law/1]}}\n"
    files[TEA] += told.encode()
    if public:
        files[TEA] = files[TEA].replace(b"public_fields: [seats]", b"public_fields: [spokesmen]")
    if letter:
        for tag in TONGUES:
            files[f"letters/representative.{tag}.md"] = (
                b"# {{ case.name }}\n\n{{ representative.may }} {{ url.case }}\n"
            )
    return files

"""A model and those that it imports: what a reference means, and which types there are."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from zhengtong.common.text import text
from zhengtong.engines.rules.dmn.document import Document, Element, Import, Xml, line_of
from zhengtong.engines.rules.errors import RulesFault
from zhengtong.engines.rules.feel.access import PROPERTY_NAMES
from zhengtong.engines.rules.feel.builtins import BUILTINS
from zhengtong.engines.rules.feel.names import Names


class Library:
    """The documents of a model by namespace; `main` is the model itself."""

    def __init__(self, main: Document, others: Mapping[str, Document]) -> None:
        self.main = main
        self.documents = {**others, main.namespace: main}

    @cached_property
    def names(self) -> Names:
        """The names of functions, and of members anywhere in the documents."""
        members = {name for each in self.documents.values() for name in each.members}
        return Names(BUILTINS, members=members | PROPERTY_NAMES)

    def imported(self, document: Document, name: str) -> Document | None:
        """The document that is known as `name` in another."""
        found = next((each for each in document.imports if each.name == name), None)
        return self.documents.get(found.namespace) if found else None

    def alias(self, document: Document, other: Document) -> str:
        """Under which name one document knows another; "" for itself, and where it has none."""
        if other is document:
            return ""
        return next((each.name for each in document.imports if each.namespace == other.namespace), "")

    def target(self, document: Document, xml: Xml) -> Element | None:
        """The element that an `href` refers to; None where there is none."""
        namespace, _, key = xml.get("href", "").rpartition("#")
        home = self.documents.get(namespace) if namespace and namespace != document.namespace else document
        found = home.elements.get(key) if home else None
        if found is None and not namespace:
            places = (self.documents.get(each.namespace) for each in document.imports)
            found = next((place.elements[key] for place in places if place and key in place.elements), None)
        return found

    def need(self, document: Document, xml: Xml) -> Element:
        """The same, or RulesFault."""
        found = self.target(document, xml)
        if found is None:
            href = xml.get("href", "")
            raise RulesFault(text(f"引用的元素“{href}”不存在。", f"There is no element “{href}”."), line_of(xml))
        return found


def read_library(data: bytes, folder: Path | None = None, imports: Mapping[str, bytes] | None = None) -> Library:
    """Read a model and, from `imports` (namespace or file name to bytes) or files beside it, those that it imports."""
    main = Document(data)
    shelf = _Shelf(folder, imports or {})
    waiting, others = [main], {main.namespace: main}
    while waiting:
        document = waiting.pop()
        for wanted in document.imports:
            if wanted.namespace not in others and (found := shelf.find(wanted)):
                others[wanted.namespace] = found
                waiting.append(found)
    return Library(main, others)


class _Shelf:
    """Where imported models are looked for: only what is given, and the files of one folder."""

    def __init__(self, folder: Path | None, given: Mapping[str, bytes]) -> None:
        self.folder = folder
        self.given = given
        self._read: dict[str, Document] | None = None

    def find(self, wanted: Import) -> Document | None:
        for key in (wanted.namespace, wanted.location):
            if key in self.given:
                return Document(self.given[key])
        return self._beside().get(wanted.namespace)

    def _beside(self) -> dict[str, Document]:
        if self._read is None:
            paths = sorted(self.folder.glob("*.dmn")) if self.folder else []
            documents = (Document(path.read_bytes()) for path in paths)
            self._read = {document.namespace: document for document in documents}
        return self._read

"""A page as a screen reader meets it, and what each page must keep to."""

from html.parser import HTMLParser

VOID = {"meta", "br", "input", "hr", "img", "link"}
LANDMARKS = {"header", "main", "nav", "footer"}
HEADINGS = {"h1", "h2", "h3", "h4"}
Attributes = dict[str, str | None]


class Page(HTMLParser):
    """The tags, words and headings of a page; every tag must be closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, Attributes]] = []
        self.within: list[tuple[str, ...]] = []
        self.words: list[str] = []
        self.headings: list[int] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self.within.append(tuple(self.open))
        if tag in HEADINGS:
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self.within.append(tuple(self.open))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.words.append(data.strip())

    def all(self, tag: str) -> list[Attributes]:
        """The attributes of each such tag."""
        return [given for found, given in self.tags if found == tag]


def faults(text: str) -> list[str]:
    """What a page lacks for somebody who does not see it, in words; nothing if all is well."""
    page = Page(text)
    ids = [given["id"] for _, given in page.tags if "id" in given]
    links = [str(given.get("href")) for given in page.all("a")]
    steps = zip(page.headings, page.headings[1:], strict=False)
    tags = [tag for tag, _ in page.tags]
    wrong = {
        "doctype": not text.startswith("<!DOCTYPE html>"),
        "language": not page.all("html")[0].get("lang"),
        "title": tags.count("title") == 0 or "viewport" not in text,
        "one h1": page.headings.count(1) != 1,
        "headings in steps": any(below - above > 1 for above, below in steps),
        "landmarks": tags.count("main") != 1 or "header" not in tags,
        "ids stand once": len(ids) != len(set(ids)),
        "links lead somewhere": any(x.startswith("#") and x[1:] not in ids for x in links),
        "nothing is loaded": any(not x.startswith("#") for x in links)
        or any(given.get("href") != "data:," for given in page.all("link"))
        or bool({"iframe", "object", "embed"} & set(tags)),
        "pictures": not all(map(_is_told, page.all("svg"))) or any(
            given.get("alt") is None for given in page.all("img")),
        "tables": tags.count("caption") != tags.count("table"),
        "heads of tables": any(x.get("scope") not in ("col", "row") for x in page.all("th")),
        "fields have names": any(
            not (x.get("aria-label") or x.get("id")) for x in page.all("input")),
    }  # fmt: skip
    return [name for name, is_wrong in wrong.items() if is_wrong]


def _is_told(svg: Attributes) -> bool:
    """Whether a picture is told in words, or hidden as mere decoration."""
    if svg.get("aria-hidden") == "true":
        return True
    return svg.get("role") == "img" and bool(svg.get("aria-labelledby") or svg.get("aria-label"))

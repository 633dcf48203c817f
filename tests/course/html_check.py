"""Looks at rendered HTML as a browser would and names everything that must not be there."""

from __future__ import annotations

from html.parser import HTMLParser

ALLOWED = {
    "a", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img",
    "li", "ol", "p", "pre", "section", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
VOID = {"br", "hr", "img"}
LINKS = ("http://", "https://", "mailto:", "../../", "#")


class _Watcher(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.bad: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.bad.append(f"<{tag}>")
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self._look_at(tag, name, (value or "").strip().lower())

    def _look_at(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or name in {"style", "srcset", "formaction", "xlink:href"}:
            self.bad.append(f"{tag} {name}")
        if name == "href" and not value.startswith(LINKS):
            self.bad.append(f"href={value}")
        if name == "src" and not value.startswith("../../medien/"):
            self.bad.append(f"src={value}")
        if name == "id":
            self.ids.append(value)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.bad.append(f"</{tag}> out of place")

    def handle_comment(self, data: str) -> None:
        self.bad.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.bad.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.bad.append("processing instruction")


def wrong_in(html: str) -> list[str]:
    """What is not allowed in this HTML, unbalanced elements and doubled ids included."""
    watcher = _Watcher()
    watcher.feed(html)
    watcher.close()
    doubled = [name for name in watcher.ids if watcher.ids.count(name) > 1]
    return watcher.bad + [f"open <{tag}>" for tag in watcher.open] + [f"id {name} twice" for name in doubled]

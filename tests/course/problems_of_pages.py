"""One course for each problem of pages, blocks and the glossary: code -> (files, path, line)."""

from __future__ import annotations

from tests.course.problems_of_files import Provoked
from tests.course.sample import CASE, FRONT, PAGE, page, sample

_PAGE = "eins/seite.md"


def on(line: int, body: str) -> tuple[dict[str, bytes], str, int]:
    """A page with this text, which begins in line 5."""
    return sample(page=page(body)), _PAGE, line


def question(options: str, rest: str = "\n> Weil.\n") -> str:
    """A question whose options begin in line 7."""
    return f"::: frage {{#q1}}\nWas?\n{options}{rest}:::\n"


def matching(pairs: str) -> str:
    """A matching whose pairs begin in line 7."""
    return f"::: zuordnung {{#z1}}\nWas?\n{pairs}\n> Weil.\n:::\n"


PAGES: Provoked = {
    "front_matter_missing": (sample(page="Nur Text"), _PAGE, 1),
    "front_matter_open": (sample(page="---\ntitel: T\n"), _PAGE, 1),
    "nesting_too_deep": on(6, "- a\n" + "> " * 21 + "b"),
    "code_fence_open": on(6, "Text\n```\nx\n"),
    "block_minutes": on(3, "::: freitext {#t1 minuten=13}\nWas?\n:::\n"),
    "case_without_block": (sample(case=CASE[: CASE.index(":::")]), "cases/haus.md", 1),
    "heading_level": on(7, "a\n\n# Groß\n"),
    "raw_html": on(6, "a\nb <b>c</b>\n"),
    "link_target": on(6, "a\n[b](javascript:alert(1))\n"),
    "anchor_unknown": on(6, "a\n[b](#nirgends)\n"),
    "picture_target": on(6, "a\n![b](https://x.de/b.png)\n"),
    "picture_blank": on(6, "a\n![b](medien:Mein Platz.PNG)\n"),
    "link_blank": on(6, "a\n[b](seite: eins/halt)\n"),
    "link_as_text": on(6, "a\n[b](seite:eins/halt\n"),
    "alt_missing": on(6, "a\n![](medien:platz.svg)\n"),
    "footnote_undefined": on(6, "a\nb[^1]\n"),
    "footnote_unused": on(7, "a\n\n[^1]: b\n"),
    "footnote_twice": on(8, "a[^1]\n\n[^1]: b\n[^1]: c\n"),
    "unknown_module": (sample(case=CASE.replace("[eins]", "[ein]")), "cases/haus.md", 4),
    "unknown_page": on(6, "a\n[b](seite:eins/seit)\n"),
    "unknown_case": on(6, "a\n[b](fall:hause)\n"),
    "unknown_term": on(6, "a\n[b](glossar:worte)\n"),
    "unknown_reference": on(6, "a\n[b](literatur:buch-2011)\n"),
    "unknown_media": on(6, "a\n![b](medien:platz.png)\n"),
    "block_unknown": on(5, "::: fraqe {#q1}\n:::\n"),
    "block_unclosed": on(5, "::: freitext {#t1}\nWas?\n"),
    "stray_fence": on(6, "a\n:::\n"),
    "fence_malformed": on(5, "::: freitext #t1\nWas?\n:::\n"),
    "fence_short": on(5, ":: freitext {#t1}\nWas?\n:::\n"),
    "id_without_hash": on(5, "::: freitext {t1}\nWas?\n:::\n"),
    "attribute_quotes": on(5, "::: freitext {#t1 sicht=“trainer”}\nWas?\n:::\n"),
    "attribute_malformed": on(5, "::: freitext {#t1 minuten = 3}\nWas?\n:::\n"),
    "attribute_twice": on(5, "::: freitext {#t1 minuten=3 minuten=4}\nWas?\n:::\n"),
    "unknown_attribute": on(5, "::: freitext {#t1 minute=3}\nWas?\n:::\n"),
    "id_missing": on(5, "::: freitext\nWas?\n:::\n"),
    "id_invalid": on(5, "::: freitext {#T1}\nWas?\n:::\n"),
    "id_twice": on(8, "::: freitext {#t1}\nWas?\n:::\n::: freitext {#t1}\nWas?\n:::\n"),
    "range_inverted": on(5, "::: schlagworte {#t1 min=5 max=3}\nWas?\n:::\n"),
    "prompt_empty": on(6, "::: freitext {#t1}\n-\n- Was?\n:::\n"),
    "prompt_twice": on(7, "::: freitext {#t1}\n- Was?\n- Was?\n:::\n"),
    "prompts_missing": on(5, "::: lernstopp {#t1}\nKurz.\n:::\n"),
    "text_after_list": on(8, "::: freitext {#t1}\n- Was?\n\nNoch etwas.\n:::\n"),
    "options_too_few": on(5, question("- [x] a\n")),
    "option_without_box": on(8, question("- [x] a\n- b\n")),
    "option_empty": on(8, question("- [x] a\n- [ ]\n- [ ] b\n  > Nein.\n")),
    "option_twice": on(5, question("- [x] a\n- [ ] b\n  > n\n- [ ] b\n  > n\n")),
    "no_right_option": on(5, question("- [ ] a\n  > n\n- [ ] b\n  > n\n")),
    "all_options_right": on(5, question("- [x] a\n- [x] b\n")),
    "feedback_missing": on(8, question("- [x] a\n- [ ] b\n")),
    "feedback_not_indented": on(8, question("- [ ] a\n> n\n- [x] b\n")),
    "explanation_missing": on(5, question("- [x] a\n- [ ] b\n  > n\n", rest="")),
    "pairs_too_few": on(5, matching("- a -> b\n")),
    "pair_malformed": on(8, matching("- a -> b\n- c\n- d -> e\n")),
    "pair_twice": on(5, matching("- a -> b\n- a -> c\n")),
    "pairs_all_alike": on(5, matching("- a -> b\n- c -> b\n")),
    "stages_missing": on(5, "::: fall {#f2}\n:::\n"),
    "text_before_stages": on(6, "::: fall {#f2}\nText\n## Eins\nWas?\n:::\n"),
    "term_without_slug": (sample(glossary="## Wort\nx\n"), "glossary.md", 1),
    "term_twice": (sample(glossary="## A {#wort}\nx\n## B {#wort}\ny\n"), "glossary.md", 3),
    "term_empty": (sample(glossary="## A {#wort}\n"), "glossary.md", 1),
    "text_before_terms": (sample(glossary="Text\n## A {#wort}\nx\n"), "glossary.md", 1),
}

assert PAGE.startswith("---\n")
assert FRONT.count("\n") == 4

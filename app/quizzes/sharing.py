"""What others may see of an answer, because its writer said so. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from app.course.model import Block, Sight
from app.quizzes.forms import Read
from app.quizzes.values import Body, KeywordPicture

WISHES = "wuensche"
KEYWORDS = "schlagworte"
GROUP = "gruppe"
TRAINER = "trainer"
PICTURE = "bild"
BY_WRITER = frozenset({WISHES, KEYWORDS})  # kinds where the writer decides, whatever the author said
ENOUGH_PEOPLE = 5


def by_writer(body: Body) -> str | None:
    """WISHES or KEYWORDS if its writer shared single lines or the words of this body, else None."""
    if shared_wishes(body):
        return WISHES
    return KEYWORDS if shared_keywords(body) else None


def by_block(block: Block, read: Read) -> str | None:
    """Who may read what is written into this block; None: its writer alone, or see `by_writer`.

    GROUP or TRAINER with the writer's name; PICTURE for a common picture, which may be without names.
    """
    if block.together:
        return PICTURE if read.shared else None
    if block.kind in BY_WRITER:
        return None
    return {Sight.GROUP: GROUP, Sight.TRAINER: TRAINER}.get(block.sight)


def shared_wishes(body: Body) -> list[str]:
    """The texts of single lines that were shared with the group."""
    return [item["text"] for item in body.get("items", ()) if item.get("shared") is True]


def shared_keywords(body: Body) -> list[str]:
    """All keywords if the person put them into the cohort's picture."""
    return [item["text"] for item in body.get("items", ())] if body.get("shared") is True else []


def picture(people: Iterable[Iterable[str]]) -> KeywordPicture:
    """The keywords of these people, counted once a person; empty below ENOUGH_PEOPLE.

    Words that differ only in capital letters are one word, shown as most people wrote it.
    """
    by_person = [{word.casefold(): word for word in reversed(list(words))} for words in people]
    sharing = sum(bool(words) for words in by_person)
    if sharing < ENOUGH_PEOPLE:
        return KeywordPicture(sharing, ())
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for words in by_person:
        for folded, word in words.items():
            spellings[folded][word] += 1
    counted = [(_usual(found), found.total()) for found in spellings.values()]
    return KeywordPicture(sharing, tuple(sorted(counted, key=lambda word: (-word[1], word[0].casefold()))))


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda word: (-spellings[word], word))

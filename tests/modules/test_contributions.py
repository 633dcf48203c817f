"""/kurs/<cohort>/beitraege/<block>: what the group wrote where all of them read it, and nothing else."""

from __future__ import annotations

import pytest

from tests.modules.doors import READERS, course, knock, words
from tests.progress.cohort import CANARY, everything_private
from tests.support.sights import (
    ADDRESS,
    ALL,
    PAGE,
    PRIVATE,
    TO_GROUP,
    TO_TRAINER,
    everybody_writes,
    page,
    type_into,
)

LINK = "Was die Gruppe geschrieben hat"
QUIZ = """---
titel: Schauen
minuten: 12
---
::: frage {#f-x sicht=gruppe}
Was ist ein Sozialraum?

- [ ] Ein Amtsbezirk
- [x] Ein Raum

> Menschen stellen ihn her.
:::
"""


def address(cast, block="f-gruppe"):
    return course(cast, f"beitraege/{block}")


def main(client, cast, block="f-gruppe"):
    return words(client.soup(address(cast, block)).main)


@pytest.fixture
def written(client_for, cast, pinned):
    pinned(ALL)
    everybody_writes(client_for, cast)


def test_who_may(client_for, cast, pinned):
    pinned(ALL)
    assert knock(client_for, cast, lambda client: client.get(address(cast))) == READERS


@pytest.mark.parametrize(
    "block", ["f-ohne", "f-ich", "f-trainer", "w1-1", "w-ankommen", "l1-1", "nie", "%00", "x" * 300]
)
def test_only_blocks_that_all_read(client_for, cast, written, block):
    for person in (cast.anna, cast.tarek, cast.olga):
        assert client_for(person).get(address(cast, block)).status_code == 404


def test_unknown_cohorts(client_for, cast):
    for cohort in ("999", str(2**40)):
        assert client_for(cast.anna).get(f"/kurs/{cohort}/beitraege/f-gruppe").status_code == 404


def test_everybody_by_name(client_for, cast, written):
    soup = client_for(cast.anna).soup(address(cast))
    assert [words(name) for name in soup.select("main h2")] == ["Anna Kolb (Sie)", "Bela Öztürk"]
    assert [words(text) for text in soup.select("main .own")] == [
        f"{TO_GROUP} Anna Kolb", f"{TO_GROUP} Bela Öztürk",
    ]  # fmt: skip
    assert "Alle in Ihrer Kohorte und Ihre Trainer:innen lesen das, mit Namen." in words(soup.main)


def test_nothing_private(app, client_for, cast, written):
    everything_private(app, cast, [cast.anna, cast.bela])
    text = client_for(cast.anna).get(address(cast)).text
    assert PRIVATE not in text and TO_TRAINER not in text and CANARY not in text


def test_the_link_stands_below_such_a_block_only(client_for, cast, written):
    links = [
        link
        for link in client_for(cast.anna).soup(course(cast, ADDRESS)).select("main a")
        if LINK in link.text
    ]
    assert [link["href"] for link in links] == [address(cast)]
    assert words(links[0]) == f"{LINK} : Titel gruppe"
    assert LINK not in client_for(cast.anna).get(course(cast, "seite/ankommen/willkommen")).text


def test_emptied_is_taken_back(client_for, cast, written):
    type_into(client_for(cast.bela), cast, "f-gruppe", "", "")
    assert "Bela" not in main(client_for(cast.anna), cast)
    type_into(client_for(cast.anna), cast, "f-gruppe", "", "")
    assert "Hier hat noch niemand etwas geschrieben." in main(client_for(cast.anna), cast)


@pytest.mark.parametrize("before", ["", "nur-ich", "trainer"])
def test_an_earlier_promise_holds_until_the_text_is_saved_again(client_for, cast, pinned, before):
    pinned(page(x=before))
    anna, bela = client_for(cast.anna), client_for(cast.bela)
    type_into(anna, cast, "f-x", PRIVATE)
    pinned(page(x="gruppe"))
    for client in (anna, bela):
        assert PRIVATE not in main(client, cast, "f-x")
    type_into(anna, cast, "f-x", PRIVATE)
    assert PRIVATE in main(bela, cast, "f-x")
    pinned(page(x="trainer", y=""))
    assert bela.get(address(cast, "f-x")).status_code == 404


def test_another_cohort_has_its_own(client_for, cast, written):
    assert client_for(cast.frida).get(f"/kurs/{cast.sued}/beitraege/f-gruppe").status_code == 404


def test_quiz_answers_are_not_handed_around(client_for, cast, pinned):
    pinned({f"{PAGE}.md": QUIZ})
    assert client_for(cast.anna).get(address(cast, "f-x")).status_code == 404
    assert LINK not in client_for(cast.anna).get(course(cast, ADDRESS)).text


def test_it_takes_as_many_statements_for_everyone(client_for, cast, pinned, statements):
    pinned(ALL)
    client, counts = client_for(cast.anna), []
    client.get(address(cast))
    for _ in range(2):
        with statements() as seen:
            client.get(address(cast))
        assert all(statement.startswith("SELECT") for statement in seen), seen
        counts.append(len(seen))
        everybody_writes(client_for, cast)
    assert counts[0] == counts[1] <= 3

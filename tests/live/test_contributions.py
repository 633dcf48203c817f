"""/kohorten/<id>/beitraege: what trainers may read of what participants wrote, and nothing more."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app import clock
from app.cohorts.models import Enrolment, cohort_trainer
from app.extensions import db, transaction
from tests.modules.doors import words
from tests.progress.cohort import CANARY, everything_private, many, share_keywords, wish
from tests.progress.who import check
from tests.support import sights
from tests.support.sights import ALL, PRIVATE, TO_GROUP, TO_TRAINER, everybody_writes, page, type_into


def address(cast, block=""):
    return f"/kohorten/{cast.nord}/beitraege{block and '/' + block}"


def main(client, url):
    return words(client.soup(url).main)


@pytest.fixture
def written(client_for, cast, pinned):
    """Anna and Bela have written into a block of every sight."""
    pinned(ALL)
    everybody_writes(client_for, cast)


def test_who_may(client_for, cast, pinned):
    pinned(ALL)
    for url in (address(cast), address(cast, "f-gruppe")):
        check(cast, client_for, lambda client, url=url: client.get(url), trainer=True)


def test_what_only_trainers_were_promised_only_trainers_read(app, client_for, cast, written):
    url = address(cast, "f-trainer")
    asked = {"olga": 403, "adam": 403, "tarek": 200, "anna": 403, "frida": 404, "theo": 404}
    for name, status in asked.items():
        assert client_for(getattr(cast, name)).get(url).status_code == status, name
    assert client_for(None).get(url).status_code == 401
    organiser = client_for(cast.olga)
    assert "Titel trainer Schauen Das lesen nur Trainer:innen dieser Kohorte." in main(
        organiser, address(cast)
    )
    assert not organiser.soup(address(cast)).select(f'a[href="{url}"]')
    assert TO_TRAINER not in organiser.get(address(cast, "f-gruppe")).text


@pytest.mark.parametrize("cohort", ["999", str(2**40)])
def test_unknown_cohorts(client_for, cast, cohort):
    for block in ("", "/f-gruppe"):
        assert client_for(cast.tarek).get(f"/kohorten/{cohort}/beitraege{block}").status_code == 404


@pytest.mark.parametrize("block", ["f-ohne", "f-ich", "w1-1", "w-ankommen", "l1-1", "nie", "%00", "x" * 300])
def test_blocks_that_nobody_else_reads(client_for, cast, written, block):
    for person in (cast.tarek, cast.olga):
        assert client_for(person).get(address(cast, block)).status_code == 404


def test_the_list_has_what_may_be_read_and_how_many_wrote(client_for, cast, written):
    soup = client_for(cast.tarek).soup(address(cast))
    rows = [words(row) for row in soup.select("main .criteria > li")]
    assert rows == [
        "Titel trainer Schauen 2 Beiträge · für Trainer:innen", "Titel gruppe Schauen 2 Beiträge · für alle in der Kohorte",
    ]  # fmt: skip
    assert [link["href"] for link in soup.select("main .criteria a")] == [
        address(cast, "f-trainer"), address(cast, "f-gruppe"),
    ]  # fmt: skip
    assert words(soup.select_one(".tabs [aria-current]")) == "Beiträge"


def test_everybody_by_name_with_question_and_text(client_for, cast, written):
    soup = client_for(cast.tarek).soup(address(cast, "f-trainer"))
    assert [words(name) for name in soup.select("main h2")] == ["Anna Kolb", "Bela Öztürk"]
    assert [words(text) for text in soup.select("main .own")] == [
        f"{TO_TRAINER} Anna Kolb", f"{TO_TRAINER} Bela Öztürk",
    ]  # fmt: skip
    assert words(soup.main).count("Was sehen Sie zuerst?") == 2
    assert "Was übersehen Sie leicht?" not in words(soup.main)
    assert "Nur Trainer:innen und die Person selbst lesen das." in words(soup.main)
    assert soup.select(f'main a[href="/kurs/{cast.nord}/{sights.ADDRESS}#f-trainer"]')


def test_nothing_private_anywhere(app, client_for, cast, written):
    everything_private(app, cast, [cast.anna, cast.bela])
    wish(app, cast.frida, "Anderswo")
    share_keywords(app, cast.frida, "Anderswo")
    for person in (cast.tarek, cast.olga, cast.adam):
        client = client_for(person)
        for block in ("", "f-gruppe", "f-trainer"):
            text = client.get(address(cast, block)).text
            assert PRIVATE not in text and CANARY not in text and "Anderswo" not in text


def test_before_anybody_wrote(client_for, cast, pinned):
    pinned(ALL)
    client = client_for(cast.tarek)
    assert main(client, address(cast)).count("Noch kein Beitrag") == 2
    assert "Hier hat noch niemand etwas geschrieben, das Sie lesen können." in main(
        client, address(cast, "f-trainer")
    )


def test_a_course_in_which_nobody_reads_along(client_for, cast):
    assert "In diesem Kurs gibt es keine Stelle, an der andere mitlesen." in main(
        client_for(cast.tarek), address(cast)
    )


def test_who_empties_a_text_takes_it_back(client_for, cast, written):
    type_into(client_for(cast.anna), cast, "f-trainer", "", "")
    client = client_for(cast.tarek)
    assert "Anna Kolb" not in main(client, address(cast, "f-trainer"))
    assert "Ein Beitrag · für Trainer:innen" in main(client, address(cast))


def test_who_has_left_is_not_read(app, client_for, cast, written):
    with app.app_context(), transaction():
        gone = Enrolment.id == cast.anna.enrolment_id
        db.session.execute(update(Enrolment).where(gone).values(left_at=clock.now()))
    assert "Anna Kolb" not in main(client_for(cast.tarek), address(cast, "f-gruppe"))


def test_what_was_typed_for_oneself_stays_private_until_it_is_saved_again(client_for, cast, pinned):
    pinned(page(x="nur-ich"))
    anna, tarek = client_for(cast.anna), client_for(cast.tarek)
    type_into(anna, cast, "f-x", PRIVATE)
    for sight in ("trainer", "gruppe"):
        pinned(page(x=sight))
        assert "Hier hat noch niemand etwas geschrieben" in main(tarek, address(cast, "f-x"))
        assert "Noch kein Beitrag" in main(tarek, address(cast))
    type_into(anna, cast, "f-x", PRIVATE)
    assert PRIVATE in main(tarek, address(cast, "f-x"))


def test_what_was_typed_for_the_trainer_is_not_shown_to_organisers_later(client_for, cast, pinned):
    pinned(page(x="trainer"))
    type_into(client_for(cast.anna), cast, "f-x", TO_TRAINER)
    pinned(page(x="gruppe"))
    assert TO_TRAINER in main(client_for(cast.tarek), address(cast, "f-x"))
    for url in (address(cast, "f-x"), address(cast)):
        text = main(client_for(cast.olga), url)
        assert TO_TRAINER not in text and "noch" in text.casefold()


def test_a_block_that_became_private_is_closed(client_for, cast, pinned):
    pinned(page(x="gruppe"))
    type_into(client_for(cast.anna), cast, "f-x", TO_GROUP)
    pinned(page(x="nur-ich"))
    assert client_for(cast.tarek).get(address(cast, "f-x")).status_code == 404


def test_an_organiser_put_on_the_list_of_trainers_is_none_without_the_role(app, client_for, cast, written):
    with app.app_context(), transaction():
        db.session.execute(cohort_trainer.insert().values(cohort_id=cast.nord, user_id=cast.olga.user_id))
    assert client_for(cast.olga).get(address(cast, "f-trainer")).status_code == 403


def test_wishes_and_keywords_are_shared_by_their_writer_alone(client_for, cast, pinned):
    text = "---\ntitel: Schauen\nminuten: 12\n---\n::: schlagworte {#k-1 sicht=gruppe}\nWelche?\n:::\n"
    pinned({f"{sights.PAGE}.md": text})
    anna = client_for(cast.anna)
    form = {"k-a1": PRIVATE, "version": "0", "client_id": "geraet-0001"}
    assert anna.post_form(f"/kurs/{cast.nord}/antwort/zu/k-1", form).status_code == 303
    assert client_for(cast.tarek).get(address(cast, "k-1")).status_code == 404
    assert PRIVATE not in client_for(cast.tarek).get(address(cast)).text


def test_as_many_statements_for_many_people_and_nothing_is_written(app, client_for, cast, pinned, statements):
    pinned(ALL)
    client, counts = client_for(cast.tarek), []
    client.get(address(cast))
    for _ in range(2):
        with statements() as seen:
            client.get(address(cast))
            client.get(address(cast, "f-trainer"))
        assert all(statement.startswith("SELECT") for statement in seen), seen
        counts.append(len(seen))
        many(app, cast, 20)
        everybody_writes(client_for, cast)
    assert counts[0] == counts[1] <= 6, seen

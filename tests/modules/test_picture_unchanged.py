"""A picture the browser has is not sent again, and a changed one is."""

from __future__ import annotations

from tests.modules.doors import course

PAGE = "---\ntitel: Felder\nminuten: 12\n---\n![Ein Weg](medien:weg.svg)\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"></svg>'


def pictures(size: int) -> dict[str, str]:
    return {"media/weg.svg": SVG.format(size), "feld/felder.md": PAGE}


def test_unchanged_it_is_not_sent_again(client_for, cast, pinned):
    pinned(pictures(1))
    client, address = client_for(cast.anna), course(cast, "medien/weg.svg")
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert "sandbox" in again.headers["Content-Security-Policy"]


def test_in_another_edition_it_is_sent(client_for, cast, pinned):
    pinned(pictures(1))
    client, address = client_for(cast.anna), course(cast, "medien/weg.svg")
    tag = client.get(address).headers["ETag"]
    pinned(pictures(2))
    changed = client.get(address, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.data.decode() == SVG.format(2)


def test_a_tag_opens_no_door(client_for, cast, pinned):
    pinned(pictures(1))
    address = course(cast, "medien/weg.svg")
    tag = client_for(cast.anna).get(address).headers["ETag"]
    for person, status in ((None, 401), (cast.frida, 404), (cast.theo, 404)):
        assert client_for(person).get(address, headers={"If-None-Match": tag}).status_code == status

"""What answers.js sends in the background: JSON with the version, or what stands in the way."""

from __future__ import annotations

from sqlalchemy import func, select

from app.extensions import db
from app.quizzes.models import AnswerRevision
from tests.modules.doors import course, form_of

HEADERS = {"Accept": "application/json", "X-Requested-With": "feldweg"}
WELCOME = "seite/ankommen/willkommen"


def send(client, cast, block="w1-3", **fields):
    form = {"autosave": "1", "version": "0", "client_id": "geraet-0001"}
    form |= {name.replace("_", "-") if name[1] == "_" else name: value for name, value in fields.items()}
    return client.post_form(course(cast, f"antwort/zu/{block}"), form, headers=HEADERS)


def revisions(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(AnswerRevision))


def test_it_is_saved(client_for, cast, saved):
    client = client_for(cast.anna)
    response = send(client, cast, e0="Der Pl")
    assert (response.status_code, response.json) == (200, {"version": 1, "saved_at": "11:00"})
    response = send(client, cast, e0="Der Platz", version="1", client_id="geraet-0002")
    assert response.json == {"version": 2, "saved_at": "11:00"}
    assert saved(cast.anna, "w1-3")["entries"][0]["a"] == "Der Platz"


def test_incomplete_is_fine_in_the_background(client_for, cast, saved):
    assert send(client_for(cast.anna), cast, "w1-1", k_a1="Kiez").status_code == 200
    assert [item["text"] for item in saved(cast.anna, "w1-1")["items"]] == ["Kiez"]


def test_the_same_send_twice_is_saved_once(app, client_for, cast):
    client = client_for(cast.anna)
    first, second = (send(client, cast, e0="Der Platz") for _ in range(2))
    assert first.json == second.json == {"version": 1, "saved_at": "11:00"}
    assert revisions(app) == 1
    send(client, cast, e0="Der Platz am See", version="1", client_id="geraet-0002")
    late = send(client, cast, e0="Der Platz")
    assert late.json["version"] == 1, "the answer that was lost is given again"
    assert revisions(app) == 2


def test_an_older_version_is_a_conflict(client_for, cast, saved):
    client = client_for(cast.anna)
    send(client, cast, e0="eins", e1="gleich")
    response = send(client, cast, e0="zwei", e1="gleich", client_id="geraet-0002")
    assert response.status_code == 409
    assert response.json == {"version": 1, "fields": {"e0": ["eins"], "e1": ["gleich"]}}
    assert saved(cast.anna, "w1-3")["entries"][0]["a"] == "eins"
    shown = form_of(client.soup(course(cast, WELCOME)), "w1-3")
    assert set(response.json["fields"]) <= set(shown), "the fields must fit the form that is open there"


def test_too_long_is_refused(client_for, cast, saved):
    response = send(client_for(cast.anna), cast, e0="x" * 10_001)
    assert response.status_code == 422
    assert response.json["explicit"] is False
    assert "um 1 Zeichen" in response.json["errors"]["e0"]
    assert saved(cast.anna, "w1-3") == {}


def test_signed_out(client_for, cast):
    response = send(client_for(None), cast, e0="Der Platz")
    assert response.status_code == 401
    assert response.json["text"] == "Sie sind nicht mehr angemeldet."


def test_a_stale_token(client_for, cast, saved):
    form = {"e0": "Der Platz", "csrf_token": "alt"}
    response = client_for(cast.anna).post(course(cast, "antwort/zu/w1-3"), data=form, headers=HEADERS)
    assert (response.status_code, response.json["error"]) == (400, "Formular abgelaufen")
    assert saved(cast.anna, "w1-3") == {}


def test_strangers_and_staff(client_for, cast):
    assert send(client_for(cast.frida), cast, e0="x").status_code == 404
    assert send(client_for(cast.tarek), cast, e0="x").status_code == 403


def test_what_was_saved_by_itself_is_in_the_form(client_for, cast):
    client = client_for(cast.anna)
    send(client, cast, e0="Der Platz")
    form = form_of(client.soup(course(cast, WELCOME)), "w1-3")
    assert (form["e0"], form["version"]) == ("Der Platz", "1")


def test_a_form_of_many_fields_is_taken(client_for, cast, saved):
    client = client_for(cast.anna)
    many = {f"t-{number:08x}-a{number}": "x" for number in range(1, 1200)}
    form = many | {
        "e0": "Der Platz",
        "client_id": "geraet-0001",
        "csrf_token": client.token(),
        "autosave": "1",
    }
    response = client.post(
        course(cast, "antwort/zu/w1-3"), data=form, headers=HEADERS, content_type="multipart/form-data"
    )
    assert response.status_code == 200, "scripts send forms in parts"
    assert saved(cast.anna, "w1-3")["entries"][0]["a"] == "Der Platz"

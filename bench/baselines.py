"""What Flask can do without Feldweg: bare, and with a session, a query and a page; served as Feldweg is.

Runs as a process of its own (`python -m bench.baselines hello|page PORT`) and imports nothing of Feldweg.
"""

from __future__ import annotations

import secrets
import sys

import waitress
from flask import Flask, render_template, session
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import Integer, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import StaticPool

THREADS = 8  # as Feldweg's default
PAGE_BYTES = 20_000
_PAGE = """<!doctype html><html lang="de"><title>{{ person.name }}</title><h1>{{ person.name }}</h1>
<p>{{ count }}</p>{{ prose|safe }}</html>"""


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Person(db.Model):  # type: ignore[name-defined, misc]
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


def hello() -> Flask:
    """Flask and nothing else: 100 %."""
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "hello")
    return app


def page() -> Flask:
    """A signed session, one ORM query, a template of 20 kB."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secrets.token_hex(),
        SQLALCHEMY_DATABASE_URI="sqlite://",
        SQLALCHEMY_ENGINE_OPTIONS={"poolclass": StaticPool, "connect_args": {"check_same_thread": False}},
    )
    app.jinja_loader = DictLoader({"page.html": _PAGE})
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add(Person(name="Mara Kolb"))
        db.session.commit()
    prose = "<p>Ein Satz über den Sozialraum.</p>\n" * (PAGE_BYTES // 38)

    @app.get("/")
    def show() -> str:
        session["count"] = session.get("count", 0) + 1
        person = db.session.scalars(select(Person)).one()
        return render_template("page.html", person=person, count=session["count"], prose=prose)

    return app


def main(name: str, port: int) -> None:
    app = {"hello": hello, "page": page}[name]()
    server = waitress.create_server(app, host="127.0.0.1", port=port, threads=THREADS, ident=None)
    print("ready", flush=True)
    server.run()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

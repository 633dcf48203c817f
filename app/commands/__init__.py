"""What each command does. Returns exit statuses: 0 done, 1 the course has errors, 2 it could not be run."""

from __future__ import annotations

from app.commands.common import Given, stop
from app.commands.courses import check as check
from app.commands.courses import export as export
from app.commands.courses import publish as publish
from app.commands.keeping import backup as backup
from app.commands.keeping import restore as restore
from app.commands.mail import bounce as bounce
from app.commands.people import add_user as add_user
from app.commands.people import list_users as list_users
from app.commands.people import lock_user as lock_user
from app.commands.people import set_password as set_password
from app.commands.serving import serve as serve
from app.commands.serving import start as start


def tests_need_the_door(_given: Given) -> int:
    """The tests are started by feldweg.py, which sets their tools up first."""
    return stop("Die Tests starten Sie mit „python3 feldweg.py test“ im Ordner von Feldweg.")

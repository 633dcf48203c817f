"""What the admission room says in German."""

from __future__ import annotations

from app.admission.enrolling import TakenIn
from app.admission.rules import Verdict

VERDICTS: dict[str, str] = {
    Verdict.NEW: "neu",
    Verdict.WAITS: "kommt auf die Warteliste",
    Verdict.THERE: "schon dabei",
    Verdict.TWICE: "doppelt in der Liste",
    Verdict.GONE: "war dabei",
    Verdict.NAMESAKE: "Name doppelt",
    Verdict.SAME_EMAIL: "E-Mail doppelt",
    Verdict.BROKEN: "fehlerhaft",
    Verdict.LEFT_OUT: "weggelassen",
}


def people(number: int) -> str:
    """1 Person; 3 Personen"""
    return f"{number} Person" if number == 1 else f"{number} Personen"


def are(number: int) -> str:
    """1 Person ist; 3 Personen sind"""
    return f"{people(number)} {'ist' if number == 1 else 'sind'}"


def taken_in(found: TakenIn, *, can_send: bool) -> str:
    """What became of a list, in sentences."""
    new, waits = len(found.enrolled), len(found.waiting)
    said = []
    if new:
        said.append(f"{are(new)} aufgenommen.")
    if waits:
        said.append(f"{people(waits)} {'kommt' if waits == 1 else 'kommen'} auf die Warteliste.")
    if found.invited:
        said.append(
            "1 Einladung ist unterwegs."
            if found.invited == 1
            else f"{found.invited} Einladungen sind unterwegs."
        )
    without = new - found.invited
    if without and can_send:
        said.append(f"{people(without)} ohne E-Mail-Adresse: Drucken Sie dafür Karten.")
    elif without:
        said.append("Es ist kein Mailserver eingestellt: Drucken Sie Karten.")
    if found.known:
        said.append(f"{people(found.known)} {'war' if found.known == 1 else 'waren'} schon dabei.")
    return " ".join(said) or "Niemand ist dazugekommen."


def one_taken_in(name: str, found: TakenIn, *, can_send: bool) -> str:
    """What became of one person, in sentences."""
    if found.known:
        return f"{name} war schon dabei."
    if found.waiting:
        return f"{name} kommt auf die Warteliste."
    if found.invited:
        return f"{name} ist aufgenommen. Die Einladung ist unterwegs."
    if can_send:
        return f"{name} ist aufgenommen. Ohne E-Mail-Adresse geht keine Einladung: Drucken Sie eine Karte."
    return f"{name} ist aufgenommen. Es ist kein Mailserver eingestellt: Drucken Sie eine Karte."


def seats(taken: int, wanted: int | None, waiting: int) -> str:
    """12 von 20 Plätzen sind vergeben, 3 Personen warten."""
    if wanted is None:
        return f"{people(taken)} dabei, Plätze unbegrenzt."
    verb = "ist" if taken == 1 else "sind"
    said = f"{taken} von {wanted} {'Platz' if wanted == 1 else 'Plätzen'} {verb} vergeben"
    if waiting:
        said += f", {people(waiting)} {'wartet' if waiting == 1 else 'warten'}"
    return f"{said}."

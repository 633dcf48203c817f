"""The form of a letter that is sent once more."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import InputRequired

from app.cohorts.forms import EmailAddress
from app.web.forms import Form, tidy


class AgainForm(Form):
    """`address`: where it goes this time. `stand`: which sending the page showed (`accounts.outbox.send_again`)."""

    address = StringField(
        "An",
        [InputRequired("Bitte geben Sie die E-Mail-Adresse an, an die die Mail gehen soll."), EmailAddress()],
        [tidy],
    )
    stand = StringField()

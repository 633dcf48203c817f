"""Staff sign in with e-mail and password: Flask-Security with our pages, our words and a limit on guessing."""

from __future__ import annotations

import threading
from typing import Any, cast

from flask import Flask, request
from flask_security import LoginForm, Security, SQLAlchemyUserDatastore
from sqlalchemy import bindparam, select

from app.accounts import limits
from app.accounts.models import RoleRow, User
from app.extensions import db, transaction, write_from_the_start

# A password check takes 64 MiB and 0.1 s by design; two at a time keep a storm of sign-ins bounded.
_hashing = threading.BoundedSemaphore(2)

_CONFIG: dict[str, Any] = {
    "SECURITY_LOGIN_URL": "/anmelden",
    "SECURITY_LOGOUT_URL": "/abmelden",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_CHANGE_URL": "/passwort",
    "SECURITY_CHANGEABLE": True,
    "SECURITY_POST_CHANGE_VIEW": "/",
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_SEND_REGISTER_EMAIL": False,
    "SECURITY_REGISTERABLE": False,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_LENGTH_MIN": 10,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_FLASH_MESSAGES": True,
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": (
        "E-Mail-Adresse oder Passwort stimmt nicht. Bitte prüfen Sie beides.",
        "error",
    ),
    "SECURITY_MSG_UNAUTHENTICATED": ("Bitte melden Sie sich zuerst an.", "hinweis"),
    "SECURITY_MSG_LOGIN": ("Bitte melden Sie sich zuerst an.", "hinweis"),
    "SECURITY_MSG_PASSWORD_CHANGE": ("Ihr Passwort ist geändert.", "erfolg"),
    "SECURITY_LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "SECURITY_CHANGE_PASSWORD_TEMPLATE": "accounts/change_password.html",
}


class SignInForm(LoginForm):
    """Flask-Security's form, with failed tries counted per account and address."""

    def validate(self, **kwargs: Any) -> bool:
        self.email.data = (self.email.data or "").strip()
        bucket = f"anmelden:{self.email.data.lower()[:60]}:{request.remote_addr}"
        limits.check(bucket, most=8, minutes=15)
        with _hashing:
            valid: bool = super().validate(**kwargs)
        if not valid:
            with transaction():
                limits.count(bucket)
        return valid


def datastore() -> SQLAlchemyUserDatastore:
    return PlainDatastore(db, User, RoleRow)


def init_app(app: Flask, salt: str) -> None:
    """`salt` is a secret of this installation for password hashes' additional HMAC."""
    app.config.update(_CONFIG)
    app.config["SECURITY_PASSWORD_SALT"] = salt
    security = Security(app, datastore(), login_form=SignInForm)
    app.extensions["feldweg_security"] = security

    @app.before_request
    def _library_views_write() -> None:
        if request.method == "POST" and request.endpoint == "security.change_password":
            write_from_the_start()


class PlainDatastore(SQLAlchemyUserDatastore):
    """Finds who a session belongs to with one statement that was put together before."""

    def find_user(self, case_insensitive: bool = False, **values: Any) -> User | None:
        if set(values) == {"fs_uniquifier"}:
            return db.session.execute(_BY_SESSION, values).unique().scalar_one_or_none()
        return cast(User | None, super().find_user(case_insensitive=case_insensitive, **values))


_BY_SESSION = select(User).where(User.fs_uniquifier == bindparam("fs_uniquifier"))

"""The blueprint that the views of this room share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("live", __name__, template_folder="templates")

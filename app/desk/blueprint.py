"""The blueprint that the views of this room share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("desk", "app.desk", template_folder="templates")

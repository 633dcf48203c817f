"""The blueprint of the cohorts room; its views are in `views/`, by what people want to do."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("cohorts", "app.cohorts", template_folder="templates")

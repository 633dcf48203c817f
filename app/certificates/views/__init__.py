"""The desk of certificates: list and preview, issuing, correcting, downloads."""

from app.certificates.blueprint import bp
from app.certificates.views import correcting, desk, downloads, issuing

__all__ = ["bp", "correcting", "desk", "downloads", "issuing"]

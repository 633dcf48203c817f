"""What trainers see of a cohort at work. Each module of this package adds its views to `bp`."""

from __future__ import annotations

from app.live.blueprint import bp as bp
from app.live.views import contributions as contributions
from app.live.views import show as show

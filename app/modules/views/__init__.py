"""The participants' pages. Each module of this package adds its views to `bp`."""

from __future__ import annotations

from app.modules.blueprint import bp as bp
from app.modules.views import answers as answers
from app.modules.views import contributions as contributions
from app.modules.views import day as day
from app.modules.views import forgetting as forgetting
from app.modules.views import groups as groups
from app.modules.views import handbook as handbook
from app.modules.views import home as home
from app.modules.views import library as library
from app.modules.views import notebook as notebook
from app.modules.views import papers as papers
from app.modules.views import procedure as procedure
from app.modules.views import reading as reading
from app.modules.views import search as search
from app.modules.views import table as table
from app.modules.views import takeaway as takeaway
from app.modules.views import together as together

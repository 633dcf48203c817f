"""A page of a cohort on the desk of trainers and organisers: layout, places, tabs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, url_for

from app import clock
from app.cohorts.loaders import Here
from app.web import qr
from app.web.navigation import cohort_tabs, desk_nav


def desk_page(here: Here, template: str, *, tab: str = "", **context: Any) -> str:
    """This template (with its room) with what all desk pages of a cohort need; `tab`: endpoint of the tab it belongs to."""
    tabs = cohort_tabs(here.cohort.id, desk=here.desk)
    for place in tabs:
        place["current"] |= bool(tab) and place["href"] == url_for(tab, cohort_id=here.cohort.id)
    return render_template(
        template,
        here=here,
        cohort=here.cohort,
        desk_nav=desk_nav(desk=here.desk),
        tabs=tabs,
        **context,
    )


def meets_today(here: Here, dates: Iterable[date]) -> bool:
    """Whether today is one of these days, of a cohort that takes place."""
    return here.cohort.cancelled_at is None and clock.today(zone_of(here)) in dates


def zone_of(here: Here) -> ZoneInfo:
    return ZoneInfo(here.cohort.time_zone)


def qr_picture(text: str) -> str:
    """A QR code on a white ground of its own, so that it can be scanned in dark mode too."""
    head, body = qr.svg(text).split(">", 1)
    return f'{head}><path fill="#fff" d="M0 0h999v999H0z"/>{body}'

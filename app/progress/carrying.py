"""Pages read and overrides go along when somebody moves to another cohort of the same course."""

from __future__ import annotations

from sqlalchemy import select

from app.extensions import db
from app.progress.models import Override, PageRead


def carry_over(source_id: int, target_id: int) -> None:
    """Copy them to the other enrolment, without what stands there already. Call inside a transaction."""
    read = set(db.session.scalars(select(PageRead.page).where(PageRead.enrolment_id == target_id)))
    for page in db.session.scalars(select(PageRead).where(PageRead.enrolment_id == source_id)).all():
        if page.page not in read:
            db.session.add(PageRead(enrolment_id=target_id, page=page.page, read_at=page.read_at))
    known = {_said(override) for override in _overrides(target_id)}
    for override in _overrides(source_id):
        if _said(override) not in known:
            db.session.add(_copy(override, target_id))
    db.session.flush()


def _overrides(enrolment_id: int) -> list[Override]:
    query = select(Override).where(Override.enrolment_id == enrolment_id)
    return list(db.session.scalars(query.order_by(Override.id)))


def _said(override: Override) -> tuple[object, ...]:
    return override.criterion, override.fulfilled, override.reason, override.at


def _copy(override: Override, target_id: int) -> Override:
    return Override(
        enrolment_id=target_id,
        criterion=override.criterion,
        fulfilled=override.fulfilled,
        reason=override.reason,
        author=override.author,
        author_id=override.author_id,
        at=override.at,
    )

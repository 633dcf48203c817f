"""The form on which the way of a cohort is chosen: made for one course, works without script."""

from __future__ import annotations

from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from app.cohorts.forms import CORE, WHOLE
from app.cohorts.rules import numbered_modules, put_in_order
from app.course import tailor
from app.course.model import Case, Course, Module, Page
from app.course.tailor import Way
from app.web.forms import Form

OFF = 0  # the place of a module that is not on the way
NO_MODULE = "Mindestens ein Modul muss auf dem Weg bleiben. Bitte geben Sie einem Modul einen Platz."
NO_CORE = (
    "Keines dieser Module hat Kernseiten. Bitte nehmen Sie ein weiteres dazu, oder wählen Sie „alle Seiten“."
)


class WayForm(Form):
    """The fields `place_<number of the module>` are added by `way_form`."""

    scope = RadioField(
        "Welche Seiten?",
        choices=[
            SelectChoice(value=WHOLE, label="alle Seiten (ganzer Kurs)"),
            SelectChoice(value=CORE, label="nur die Kernseiten (Kernpfad)"),
        ],
        default=WHOLE,
    )
    cases = SelectMultipleField(
        "Fälle auf dem Weg", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    shown = HiddenField()  # the order as the page showed it: whoever was given another place goes first there
    made_on = HiddenField()  # the choice that was in force when the page was made

    course: Course

    def validate_scope(self, _field: Field) -> None:
        """At least one station must be left."""
        way = self.chosen()
        if not way.modules:
            self.form_errors.append(NO_MODULE)
        elif way.core and not any(page.core for slug in way.modules for page in self._pages(slug)):
            self.form_errors.append(NO_CORE)

    def validate(self, *args: object, **kwargs: object) -> bool:
        """What concerns several fields stands above the form and counts too."""
        return bool(super().validate(*args, **kwargs)) and not self.form_errors

    def place_fields(self) -> list[Field]:
        """One for each module, those on the way first, in their order."""
        fields = [self[f"place_{module.number}"] for module in self.course.modules]
        return sorted(fields, key=lambda field: field.data or len(fields) + 1)

    def chosen(self) -> Way:
        """The way as it was filled in."""
        places = {m.slug: self[f"place_{m.number}"].data or OFF for m in self.course.modules}
        before = numbered_modules(self.course, (self.shown.data or "").split())
        return Way(
            core=self.scope.data == CORE,
            modules=tuple(put_in_order(places, before)),
            cases=tuple(self.cases.data or ()),
        )

    def fill(self, way: Way, made_on: str) -> None:
        """Show this way."""
        plain = tailor.plain(self.course, way)
        slugs = [module.slug for module in self.course.modules] if plain.modules is None else plain.modules
        places = numbered_modules(self.course, slugs)
        for module in self.course.modules:
            self[f"place_{module.number}"].data = places[module.slug]
        self.scope.data = CORE if way.core else WHOLE
        self.cases.data = [case.slug for case in self.course.cases] if plain.cases is None else [*plain.cases]
        self.shown.data, self.made_on.data = " ".join(slugs), made_on

    def _pages(self, slug: str) -> tuple[Page, ...]:
        module = self.course.find_module(slug)
        return module.pages if module else ()


def way_form(course: Course) -> WayForm:
    """The form for this course, filled with what was sent."""
    places = [SelectChoice(value=OFF, label="nicht auf dem Weg")]
    places += [SelectChoice(value=n, label=f"{n}. Platz") for n in range(1, len(course.modules) + 1)]
    fields: dict[str, object] = {
        f"place_{module.number}": SelectField(
            f"Modul {module.number}: {module.title}",
            choices=places,
            coerce=int,
            description=_length(course, module),
        )
        for module in course.modules
    }
    form: WayForm = type("WayForm", (WayForm,), fields | {"course": course})()
    if not tailor.has_core(course):
        form.scope.choices = form.scope.choices[:1]
    form.cases.choices = [
        SelectChoice(value=case.slug, label=_described(course, case)) for case in course.cases
    ]
    return form


def _length(course: Course, module: Module) -> str:
    """50 Minuten, im Kern 20"""
    whole = sum(page.minutes for page in module.pages)
    core = sum(page.minutes for page in module.pages if page.core)
    said = f"{whole} {'Minute' if whole == 1 else 'Minuten'}"
    return f"{said}, im Kern {core}" if tailor.has_core(course) else said


def _described(course: Course, case: Case) -> str:
    """Der Weg zur Kita (30 Minuten, Modul 3, 5, 7)"""
    numbers = [str(module.number) for module in course.modules if module.slug in case.modules]
    return f"{case.title} ({case.minutes} Minuten, Modul {', '.join(numbers)})"

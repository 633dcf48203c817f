"""Wording for surveys and procedures."""

from __future__ import annotations

WORDING: dict[str, tuple[str, str]] = {
    "survey_person": (
        "„{text}“ fragt nach einer Person. Eine Umfrage ist anonym.",
        "Fragen Sie etwas anderes, oder stellen Sie die Frage in einem Block „freitext“.",
    ),
    "procedure_steps_few": (
        "Ein Ablauf braucht mindestens zwei Schritte.",
        "Schreiben Sie jeden Schritt in eine Zeile mit Nummer: „1. **Auftrag** (5 Minuten) Was zu tun ist.“",
    ),
    "procedure_steps_many": (
        "Dieser Ablauf hat {count} Schritte, möglich sind {most}.",
        "Fassen Sie Schritte zusammen, oder teilen Sie ihn in zwei Blöcke.",
    ),
    "procedure_order": (
        "Ein nummerierter Schritt steht hinter einer Frage mit Bindestrich.",
        "Stellen Sie zuerst alle Schritte mit Nummern hin, danach die Fragen mit Bindestrichen.",
    ),
    "procedure_minutes": (
        "Die Schritte dauern zusammen {steps} Minuten, der Block nur minuten={block}.",
        "Erhöhen Sie „minuten“, kürzen Sie die Schritte, oder streichen Sie „minuten“.",
    ),
    "step_minutes": (
        "„{text}“ ist keine Dauer.",
        "Schreiben Sie sie in ganzen Minuten von 1 bis {most}, zum Beispiel „(5 Minuten)“.",
    ),
}

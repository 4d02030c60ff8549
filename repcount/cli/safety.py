"""``repcount explain safety``: the pain rules, when to stop, and when to see a doctor."""

from __future__ import annotations

from repcount.cli.screen import heading, paragraph, say

RED_FLAGS = (
    "The knee cannot carry you, gives way, or locks.",
    "It is hot, red or much swollen, or you have a fever with it.",
    "It swelled within hours of a twist or a fall, or you heard a pop.",
    "The calf is swollen, hot or tender; with breathlessness or pain in the chest, call for help at once.",
    "Pain at night or at rest that does not let you sleep, or numbness in leg or foot.",
)
BAKERS_CYST = (
    "A lump or tightness in the hollow of the knee may be a Baker's cyst. It always belongs to a doctor: it "
    "comes from something else in the knee, and a burst cyst looks like a clot in a vein, which is dangerous."
)


def explain_safety() -> None:
    """Tell the rules of pain and load with their sources."""
    from repcount.core import load

    heading("Pain and load")
    say()
    rules = (
        ("0 to 3, green: go on. Best is under 2.", load.LIGHT_SOURCE),
        ("4 to 5, amber: do less; a smaller range, fewer repetitions.", load.LIGHT_SOURCE),
        ("6 to 10, red: stop. Begin again with half when it is 3 or less.", load.LIGHT_SOURCE),
        ("It is as before within an hour, and no worse next morning; else do less.", load.KNEE_SOURCE),
        (f"It does not settle over {load.UNSETTLED_SESSIONS} sessions: see a doctor.", load.DOCTOR_SOURCE),
        ("Do not raise the load of a week by more than 10 %.", load.LOAD_SOURCE),
    )
    for text, source in rules:
        paragraph(f"- {text} [{source}]")
    say()
    heading("See a doctor first")
    say()
    paragraph(f"- {BAKERS_CYST} [project brief; the rest is common medical advice]")
    for flag in RED_FLAGS:
        paragraph(f"- {flag} [common medical advice]")
    say()
    paragraph(load.NOT_A_DIAGNOSIS.partition(";")[0] + ". If in doubt, ask a doctor or physiotherapist.")

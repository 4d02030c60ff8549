"""``python -m tests.patient`` is ``repcount`` with cameras of which a busy machine drops no picture."""

from __future__ import annotations

from repcount.cli import main
from repcount.sources import camera
from tests.cameras import PatientSource

if __name__ == "__main__":
    camera.CameraSource = PatientSource  # type: ignore[misc]
    main()

import subprocess
import sys

IMPORT = """
import sys
from repcount.pose.quiet_import import without_plots
with without_plots():
    from mediapipe.tasks.python.vision import drawing_utils
print("matplotlib" in sys.modules, "matplotlib.pyplot" in sys.modules)
drawing_utils.plt.figure
print("matplotlib.pyplot" in sys.modules)
"""
AFTER = """
import matplotlib
from repcount.pose.quiet_import import without_plots
with without_plots():
    import matplotlib.pyplot
print(matplotlib.pyplot.__file__ is not None)
"""


def said(code: str) -> list[str]:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.split()


def test_mediapipe_comes_without_matplotlib_which_is_there_once_it_is_used() -> None:
    assert said(IMPORT) == ["False", "False", "True"]


def test_matplotlib_that_is_loaded_already_stays_what_it_is() -> None:
    assert said(AFTER) == ["True"]

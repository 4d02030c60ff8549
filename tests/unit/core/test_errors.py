import pytest

from repcount.core.errors import MissingDependencyError, naming_packages

NOT_THERE = "cannot open shared object file: No such file or directory"


@pytest.mark.parametrize(
    "error",
    [
        ImportError(f"libGL.so.1: {NOT_THERE}"),  # import cv2
        ImportError(f"libgthread-2.0.so.0: {NOT_THERE}"),  # import cv2, with libGL there
        OSError(f"libEGL.so.1: {NOT_THERE}"),  # ctypes in mediapipe
        OSError(f"libGLESv2.so.2: {NOT_THERE}"),  # ctypes in mediapipe, with libEGL there
    ],
    ids=lambda error: str(error).partition(":")[0],
)
def test_a_missing_library_becomes_the_line_that_installs_it(error: Exception) -> None:
    with pytest.raises(MissingDependencyError) as caught, naming_packages():
        raise error
    text = str(caught.value)
    assert text.startswith(str(error).partition(":")[0])
    assert "apt-get install libgl1 libglib2.0-0 libegl1 libgles2" in text
    assert "\n" not in text


def test_a_library_of_unknown_package_is_named_all_the_same() -> None:
    with (
        pytest.raises(MissingDependencyError, match=r"libfoo\.so\.7 is missing") as caught,
        naming_packages(),
    ):
        raise ImportError(f"libfoo.so.7: {NOT_THERE}")
    assert "apt-get" not in str(caught.value)


@pytest.mark.parametrize(
    "error",
    [
        ModuleNotFoundError("No module named 'cv2'"),
        FileNotFoundError(2, "No such file or directory", "/etc/nothing"),
        ImportError("/lib/libGL.so.1: file too short"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_other_errors_pass_unchanged(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, naming_packages():
        raise error
    assert caught.value is error


def test_without_an_error_nothing_happens() -> None:
    with naming_packages():
        pass

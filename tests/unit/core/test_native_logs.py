import os
import sys
import threading

import pytest

from repcount.core.native_logs import quiet_native_logs, without_noise

NOISE = [
    b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\n",
    b"WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n",
    b"W0000 00:00:1795402364.731597   14791 inference_feedback_manager.cc:114] Feedback manager requires\n",
    b"I0000 00:00:1795402364.731597   14791 gl_context_egl.cc:85] Successfully initialized EGL.\n",
    b"ALSA lib confmisc.c:855:(parse_card) cannot find card '0'\n",
    b"ALSA lib pcm.c:2722:(snd_pcm_open_noupdate) Unknown PCM cards.pcm.rear\n",
    b"Expression 'ret' failed in 'src/hostapi/alsa/pa_linux_alsa.c', line: 1736\n",
    b"Cannot connect to server socket err = No such file or directory\n",
    b"jack server is not running or cannot be started\n",
    b"JackShmReadWritePtr::~JackShmReadWritePtr - Init not done for -1, skipping unlock\n",
    b'qt.qpa.plugin: Could not find the Qt platform plugin "wayland" in ""\n',
    b"QFontDatabase: Cannot find font directory /usr/lib/fonts.\n",
    b"QObject::moveToThread: Current thread (0x5590) is not the object's thread (0x5591).\n",
]


@pytest.mark.parametrize("line", NOISE)
def test_lines_of_the_libraries_are_dropped(line: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_native_logs():
        os.write(2, line)
    assert capfd.readouterr().err == ""


def test_without_quiet_they_come_through(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_native_logs(quiet=False):
        os.write(2, NOISE[0])
    assert capfd.readouterr().err == NOISE[0].decode()


def test_what_others_write_comes_out_afterwards_in_order(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_native_logs():
        print("one", file=sys.stderr)
        os.write(2, NOISE[2])
        sys.stderr.flush()
        os.write(2, b"two, without an end")
    assert capfd.readouterr().err == "one\ntwo, without an end"


def test_an_error_within_restores_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        with quiet_native_logs():
            os.write(2, NOISE[1])
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        work()
    os.write(2, b"still heard\n")
    assert capfd.readouterr().err == "still heard\n"


def test_blocks_may_nest(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_native_logs():
        with quiet_native_logs():
            os.write(2, NOISE[0])
        os.write(2, NOISE[0])
    os.write(2, b"out\n")
    assert capfd.readouterr().err == "out\n"


def test_threads_that_overlap_lose_nothing_and_restore(capfd: pytest.CaptureFixture[str]) -> None:
    gate = threading.Barrier(8)

    def work(number: int) -> None:
        gate.wait()
        for _ in range(20):
            with quiet_native_logs():
                os.write(2, NOISE[2])
                os.write(2, b"from %d\n" % number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os.write(2, b"end\n")
    lines = capfd.readouterr().err.splitlines()
    assert sorted(lines) == sorted(["end", *(f"from {number}" for number in range(8) for _ in range(20))])


def test_no_descriptor_stays_open() -> None:
    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("this system does not list open descriptors")
    before = os.listdir("/proc/self/fd")
    for _ in range(10):
        with quiet_native_logs():
            pass
    assert len(os.listdir("/proc/self/fd")) == len(before)


def test_a_line_that_only_looks_alike_is_kept() -> None:
    text = b"Warning: knee bends\nI0 am here\nINFO: Created a file\n"
    assert without_noise(text) == text

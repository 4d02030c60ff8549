"""A longer video from a short one: its packets again and again, without encoding anew."""

from __future__ import annotations

from pathlib import Path

import av


def repeat(clip: Path, out: Path, seconds: float) -> None:
    """Write ``clip`` as often in a row as it takes to last ``seconds``.

    Parameters
    ----------
    clip : an H.264 video whose packets are in the order in which they are shown.
    """
    with av.open(str(clip)) as source, av.open(str(out), "w") as target:
        stream = source.streams.video[0]
        packets = [packet for packet in source.demux(stream) if packet.pts is not None]
        assert stream.time_base is not None
        length = max((p.pts or 0) + (p.duration or 0) for p in packets)
        copy = target.add_stream_from_template(stream)
        rounds = round(seconds / float(length * stream.time_base) + 0.5)
        for i in range(rounds):
            for packet in packets:
                again = av.Packet(bytes(packet))
                again.pts = (packet.pts or 0) + i * length
                again.dts = (packet.dts or 0) + i * length
                again.duration, again.time_base = packet.duration, stream.time_base
                again.is_keyframe = packet.is_keyframe
                again.stream = copy
                target.mux(again)

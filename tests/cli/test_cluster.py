"""A Ray cluster on this machine, two nodes and a head: what dies is done again, and the table is whole."""

from __future__ import annotations

import csv
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from repcount.batch import many_inputs
from repcount.batch.executors import Batch, WorkerPool
from repcount.batch.worker import AnalysisJob
from repcount.cli.history_access import KeepsResults
from repcount.config import Settings
from repcount.core.errors import SettingError
from repcount.exercises import catalog
from repcount.history.location import find_place
from repcount.history.store import History
from repcount.pipeline import output_files
from repcount.pipeline.save_analysis import Saver
from tests.cli.conftest import POSES
from tests.waiting import until

pytestmark = pytest.mark.extra("ray")

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[Any, list[Any], str]]:
    """The cluster, its two nodes of one processor each, and the address for a client."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")  # so that 127.0.0.1 stays what it is
        patch.setenv("PYTHONPATH", str(ROOT))
        from ray.cluster_utils import Cluster

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        here = {"node_ip_address": "127.0.0.1"}
        head = {**here, "num_cpus": 0, "include_dashboard": False, "ray_client_server_port": port}
        made = Cluster(initialize_head=True, head_node_args=head)
        try:
            nodes = [made.add_node(num_cpus=1, **here) for _ in range(2)]
            made.wait_for_nodes()
            _tried(f"ray://127.0.0.1:{port}")
            yield made, nodes, f"ray://127.0.0.1:{port}"
        finally:
            made.shutdown()


def _tried(address: str) -> None:
    """Ray starts a server of its own for each client, and now and then fails at it on a busy machine."""
    from repcount.batch.cluster import RayExecutor

    reason = ""
    for _ in range(3):
        try:
            RayExecutor(address).shutdown()
        except SettingError as error:
            reason = str(error)
        else:
            return
    pytest.skip(f"Ray's client server does not start here: {reason}")


def _held(folder: Path, job: str) -> str:
    """Say which process has the job, then wait for the test to let go."""
    (folder / f"{job}.{os.getpid()}").touch()
    until((folder / "go").exists)
    return job.upper()


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    from repcount.batch.cluster import RayExecutor

    executor = RayExecutor(address)
    try:
        yield executor
    finally:
        executor.shutdown()


def test_a_job_whose_worker_is_killed_is_done_by_another(cluster: Any, tmp_path: Path) -> None:
    _, _, address = cluster
    killed: list[str] = []

    def kill_one() -> None:
        at_work = sorted(tmp_path.glob("?.*"))
        if len(at_work) == 2 and not killed:
            job, pid = at_work[0].name.split(".")
            killed.append(job)
            os.kill(int(pid), signal.SIGKILL)
            (tmp_path / "go").touch()

    with _connected(address) as executor:
        batch = Batch(partial(_held, tmp_path), WorkerPool(lambda: executor, 2), kill_one)
        found = [outcome.result for outcome in batch.run("abcd")]
    assert sorted(found, key=str) == ["A", "B", "C", "D"]
    assert len(list(tmp_path.glob(f"{killed[0]}.*"))) == 2


def _table(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return [{**row, "analysed_at": ""} for row in csv.DictReader(file)]


def _sessions(history: History) -> list[str]:
    """All that is kept but for the IDs, which are drawn."""
    return sorted(repr(replace(each, id="")) for each in history.details())


def test_with_a_node_killed_in_mid_run_table_and_history_are_those_of_one_machine(
    cluster: Any, tmp_path: Path
) -> None:
    made, nodes, address = cluster
    inputs = sorted(POSES.glob("*.npz"))
    work = AnalysisJob(Settings(), tuple(catalog.get(name) for name in catalog.names()), curves=True)
    day = datetime(2026, 3, 2, tzinfo=timezone.utc)
    done: list[int] = []

    def kill_one(tally: many_inputs.BatchProgress) -> None:
        if tally.done == 2 and not done:
            done.append(tally.done)
            made.remove_node(nodes[0])

    def judged(table: str, listener: many_inputs.Listener, there: str | None, history: History) -> int:
        plan = output_files.plan_outputs(inputs, output_files.OutputRequest(csv=table))
        keep = KeepsResults(Saver(history, work.exercises, work.settings), day)
        batch = many_inputs.ManyInputs(plan, work, listener, keep)
        with many_inputs.open_resume_file(plan) as ledger:
            if there is None:
                many_inputs.judge_locally(batch, 1, ledger, None)
            else:
                many_inputs.judge_on_cluster(batch, there, None, ledger, None)
        return batch.progress.done

    places = (find_place(f"sqlite:///{tmp_path}/{name}.db") for name in ("cluster", "local"))
    with History(next(places)) as afar, History(next(places)) as here:
        assert judged("cluster.csv", kill_one, address, afar) == len(inputs)
        assert done == [2]
        assert judged("local.csv", lambda tally: None, None, here) == len(inputs)
        assert _sessions(afar) == _sessions(here)
        assert len(_sessions(here)) >= 5
        first = here.session("last").source
        assert here.curves("last")
        (same,) = (each.id for each in afar.sessions() if each.source == first)
        assert repr(afar.curves(same)) == repr(here.curves("last"))
    assert _table("cluster.csv") == _table("local.csv")
    assert len(_table("cluster.csv")) > 30

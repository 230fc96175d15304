"""Work shared out to a real local cluster of processes, one of which is killed."""

import os
import signal
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from voice_skill.cli import main
from voice_skill.cluster import on_cluster
from voice_skill.dialog.dialog import Dialog
from voice_skill.errors import ClusterError
from voice_skill.lab.job import answer_jobs
from voice_skill.lab.patient import voices
from voice_skill.lab.simulation.crowd import Ground, _do_there, do
from voice_skill.models.folder import starter
from voice_skill.paths import dialog_folder
from voice_skill.proof.check import check_folder
from voice_skill.proof.parts import PARTS, part_there

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True,
                                  dashboard_address=None) as found:  # fmt: skip
        yield found


def test_a_killed_worker_changes_no_result(cluster: Any, dialog: Dialog) -> None:
    ground = Ground(dialog_folder(), starter())
    jobs = answer_jobs(dialog, ["confirm"], voices(), 1, 1)[:24]
    here = do(jobs, ground, 1, None)
    work = partial(_do_there, ground, ground.digest())
    there: dict[int, object] = {}
    for place, result in on_cluster(cluster.scheduler_address, work, jobs):
        if not there:
            os.kill(cluster.workers[0].process.pid, signal.SIGKILL)
        there[place] = result
    assert [there[place] for place in range(len(jobs))] == here


def test_a_check_on_a_cluster_is_the_same(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the parts that take little: another machine does every part in the same way."""
    monkeypatch.setattr("voice_skill.proof.check.PARTS", PARTS[:2])
    here, there = (check_folder(dialog_folder(), dask).as_json()
                   for dask in (None, cluster.scheduler_address))  # fmt: skip
    assert {**there, "seconds": 0} == {**here, "seconds": 0}
    assert here["findings"]


def test_a_worker_with_another_dialog_says_so(cluster: Any) -> None:
    work = partial(part_there, dialog_folder(), "another mark")
    with pytest.raises(ClusterError, match="another dialog"):
        list(on_cluster(cluster.scheduler_address, work, range(len(PARTS))))


@pytest.mark.parametrize("address", ["nowhere", "tcp://127.0.0.1:9", "", "http://[::"])
def test_no_scheduler_is_one_clear_line(
    address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("voice_skill.cluster.CONNECT_SECONDS", 2)
    assert main(["check", "--dask", address]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert "no Dask scheduler" in line


def test_without_dask_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["check", "--dask", "tcp://127.0.0.1:8786"]) == 3
    assert "pip install '.[dask]'" in capsys.readouterr().err

"""What was measured, kept in the cache so that workloads can be run one by one."""

import json

from rangebench.workloads import CACHE


def load(workload):
    file = _file(workload)
    return json.loads(file.read_text()) if file.exists() else {}


def save(workload, **parts):
    _file(workload).write_text(json.dumps(load(workload) | parts, indent=1))


def _file(workload):
    return CACHE / workload.name / "results.json"

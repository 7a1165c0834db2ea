"""
The life of a case over HTTP: submit, release, four decisions, as six requests with tokens and keys.

Run as a process of its own, so that the load is not counted as the platform's work:
`python -m bench.life PORT SECONDS CLIENTS < instructions.json` prints how many lives were finished.
"""

import http.client
import json
import sys
import threading
import time
import uuid
from typing import Any


def body_of(bundle: str, elements: list[str]) -> bytes:
    """Return the body of a submission of 40 fields, about 1.5 KB."""
    answers: dict[str, Any] = {
        code: n * 37 if n % 4 == 0 else f"第 {n} 项的内容，随手写的一句话" for n, code in enumerate(elements)
    }
    return json.dumps(
        {
            "bundle": bundle,
            "division": "320106",
            "items": [f"item-{n}" for n in range(4)],
            "applicant": {"kind": "enterprise", "number": "91350100M000100Y43", "name": "示例企业"},
            "answers": answers,
        },
        ensure_ascii=False,
    ).encode()


class Machine:
    """One keep-alive connection."""

    def __init__(self, port: int, tokens: dict[str, str]) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {
            who: {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            for who, token in tokens.items()
        }

    def post(self, who: str, path: str, body: bytes) -> Any:
        headers = {**self._headers[who], "Idempotency-Key": uuid.uuid4().hex}
        self._http.request("POST", f"/api/v1/{path}", body, headers)
        answer = self._http.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{path}: {answer.status} {content.decode()}")
        return json.loads(content)


def live_once(machine: Machine, body: bytes) -> None:
    """Live one life from submission to the fourth result."""
    filed = machine.post("filer", "submissions", body)
    machine.post("lead", f"submissions/{filed['submission']}/release", b"{}")
    for n, case in enumerate(filed["case_ids"]):
        decided = machine.post(f"item-{n}", f"cases/{case}/decision", b'{"action":"grant"}')
        if decided["state"] != "granted":
            raise RuntimeError(f"not granted: {decided}")


def main() -> None:
    """Live lives for some seconds with some clients, and print how many were finished."""
    port, seconds, clients = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    said = json.load(sys.stdin)
    body = body_of(said["bundle"], said["elements"])
    finished = [0] * clients
    failures: list[str] = []
    end = time.monotonic() + seconds

    def client(n: int) -> None:
        machine = Machine(port, said["tokens"])
        try:
            while time.monotonic() < end:
                live_once(machine, body)
                finished[n] += 1
        except (RuntimeError, OSError) as error:
            failures.append(str(error))

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        sys.exit(failures[0])
    print(sum(finished))


if __name__ == "__main__":
    main()

"""Runs programs in turn and says how long each took and how much memory it had at most.

A process of its own, small: a child's peak memory can never be said to be less than that of the process it came from.
Reads one JSON object from stdin, writes one to stdout.
"""

import json
import os
import sys
import time

MEBIBYTE = 1024 * 1024
UNIT = 1 if sys.platform == "darwin" else 1024


def launch(argv, environment, stdin, talk):
    """Run one program to its end: (seconds, peak MB)."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, talk, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    start = time.perf_counter()
    child = os.posix_spawn(argv[0], argv, environment, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if status:
        with open(talk, encoding="utf-8", errors="replace") as file:
            sys.exit(f"{argv} ended with status {status}:\n{file.read()}")
    return seconds, usage.ru_maxrss * UNIT / MEBIBYTE


def main():
    """Every program once a turn, in the same order."""
    order = json.load(sys.stdin)
    runs = {name: [] for name in order["programs"]}
    for turn in range(order["warm_ups"] + order["turns"]):
        for name, program in order["programs"].items():
            run = launch(program["argv"], os.environ | program["environment"], program["stdin"], program["talk"])
            if turn >= order["warm_ups"]:
                runs[name].append(run)
    json.dump(runs, sys.stdout)


main()

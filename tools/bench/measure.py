"""Runs the measurements of tools/bench/run in turns and prints their medians."""

import argparse
import json
import os
import statistics
import subprocess
import sys

SIZES = {"small": {"per_day": 4, "chairs": 5, "runs": 20}, "big": {"per_day": 19, "chairs": 20, "runs": 4}}
LISTS = ("calendar", "heap", "ordered_set")
PENDING = (1000, 10000, 100000)


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench/run", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rounds", type=int, default=7, help="repetitions of each measurement (7)")
    parser.add_argument("--without-simpy", action="store_true", help="leave SimPy out, and uninstalled")
    options = parser.parse_args(sys.argv[3:])
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    return options


def commands(bench, scenarios, with_simpy):
    """What is measured, by name, with how it is done. Each prints a count and seconds."""
    todo = {}
    for size, of in SIZES.items():
        model = [str(of["per_day"]), str(of["chairs"])]
        todo["visits", size, "hand_coded"] = [bench, "hand_coded", *model, str(of["runs"])]
        todo["visits", size, "clinicsim"] = [
            bench, "scenario", os.path.join(scenarios, f"common_clinic_{size}.yaml"), str(of["runs"])]
        if with_simpy:
            program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "simpy_clinic.py")
            todo["visits", size, "simpy"] = ["/usr/bin/python3", program, *model]
    for pending in PENDING:
        for kind in LISTS:
            todo["hold", pending, kind] = [bench, "hold", kind, str(pending)]
    return todo


def measure(todo, rounds):
    """Seconds per thing done, the median of the rounds, by name."""
    costs = {name: [] for name in todo}
    for turn in range(rounds):
        for name, command in todo.items():
            if name[2] == "simpy" and turn >= 3:
                continue  # a hundred times slower, so three times are enough to see it
            if sys.stderr.isatty():
                words = " ".join(str(word) for word in name)
                print(f"\r\033[Kround {turn + 1} of {rounds}: {words}", end="", file=sys.stderr)
            count, seconds = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            costs[name].append(float(seconds) / int(count))
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    return {name: statistics.median(of) for name, of in costs.items()}


def main():
    bench, scenarios = sys.argv[1:3]
    options = arguments()
    cost = measure(commands(bench, scenarios, not options.without_simpy), options.rounds)
    programs = [name[2] for name in cost if name[:2] == ("visits", "small")]
    result = {
        "rounds": options.rounds,
        "visits_per_second": {
            size: {program: 1 / cost["visits", size, program] for program in programs} for size in SIZES},
        "times_hand_coded": {
            size: {program: cost["visits", size, program] / cost["visits", size, "hand_coded"]
                   for program in programs} for size in SIZES},
        "hold_ns_per_event": {
            str(pending): {kind: 1e9 * cost["hold", pending, kind] for kind in LISTS} for pending in PENDING},
    }
    if options.json:
        print(json.dumps(result, indent=1))
        return
    print(f"Common clinic, one thread, medians of {options.rounds} rounds in turns")
    print(f"{'':8}{'':14}{'visits per second':>20}{'cost of the hand-coded loop':>30}")
    for size in SIZES:
        for program in programs:
            per_second = result["visits_per_second"][size][program]
            print(f"{size:8}{program:14}{per_second:20,.0f}{result['times_hand_coded'][size][program]:28.2f} x")
    print("\nHold model, nanoseconds per event")
    print(f"{'pending':>8}" + "".join(f"{kind:>14}" for kind in LISTS))
    for pending in PENDING:
        print(f"{pending:8}" + "".join(f"{result['hold_ns_per_event'][str(pending)][kind]:14.0f}" for kind in LISTS))


main()

"""Runs the measurements of tools/bench/run in turns and prints their medians."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

SIZES = {"small": {"per_day": 4, "chairs": 5, "runs": 20}, "big": {"per_day": 19, "chairs": 20, "runs": 4}}
LISTS = ("calendar", "heap", "ordered_set")
PENDING = (1000, 10000, 100000)
IN_CARE = (1000, 10000, 100000, 1000000)
GROWTH_DAYS = 60  # twice the interval of the boosters
# The common clinic, already full: with as many arrivals as leave, and the small clinic's chairs for each
# patient in care.
GROWN = """clinicsim: 1
run: {{seed: 1, start: 2026-01-01, warm_up: 0 days, horizon: {days} days, replications: 1}}
clinic: {{chairs: {chairs}, open: always, access: walk_in, priority: none, visit: {{infusion: {{uniform: {{min: 60 min, max: 80 min}}}}}}}}
patients:
  in_care_at_start: {{patients: {patients}, last_infusion: spread over 30 days}}
  arrivals: {{poisson: {{mean: {per_day}, per: day}}}}
  drop_out: {{time: {{exponential: {{mean: 360 days}}}}, from: induction_end, leaves: at_next_due}}
  conditions: {{depression: {{induction: six, course: stays_well}}}}
inductions: {{six: {{visits: 6, gap: {{uniform: {{min: 2 days, max: 3 days}}}}}}}}
courses: {{stays_well: {{renewal: {{responds: 100 %, relapse: never}}}}}}
policies: {{every_30_days: {{every: 30 days, clock: reset}}}}
"""

# Patients who stay for four years and come for a booster every 30 days, whatever course they have: the
# visits are the same, but that with a symptom course the first one is a day earlier.
COURSES = {"renewal": "{renewal: {responds: 100 %, relapse: never}}", "symptom": "{symptom: {}}"}
RATED_EVERY = 7  # days; what a scenario has that says nothing
IN_CARE_FOR_COURSE = 500
YEARS = 4
WITH_COURSE = """clinicsim: 1
run: {{seed: 1, start: 2026-01-01, warm_up: 0 days, horizon: 1461 days, replications: 1}}
clinic: {{chairs: unlimited, open: always, access: walk_in, visit: {{infusion: {{uniform: {{min: 60 min, max: 80 min}}}}}}}}
patients:
  in_care_at_start: {{patients: {patients}, last_infusion: spread over 30 days}}
  conditions: {{depression: {{induction: six, course: the_one}}}}
inductions: {{six: {{visits: 6, gap: 2 days}}}}
courses: {{the_one: {course}}}
policies: {{monthly: {{every: 30 days, clock: reset}}}}
observation: {{self_ratings: {{every: {every} days}}}}
"""


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench/run", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rounds", type=int, default=7, help="repetitions of each measurement (7)")
    parser.add_argument("--growth", action="store_true",
                        help="how cost and memory grow with the patients in care, and nothing else")
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


def run_alone(command):
    """What the command prints, and its largest memory in bytes."""
    with tempfile.TemporaryFile("w+") as out:
        child = subprocess.Popen(command, stdout=out)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"{command[0]} failed")
        out.seek(0)
        return out.read(), used.ru_maxrss * 1024


def growth(bench, rounds):
    """Medians of nanoseconds per patient-year and of the largest memory, by patients in care."""
    costs = {patients: [] for patients in IN_CARE}
    memory = {patients: [] for patients in IN_CARE}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds):
            for patients in IN_CARE:
                path = os.path.join(folder, f"{patients}.yaml")
                with open(path, "w") as file:
                    file.write(GROWN.format(days=GROWTH_DAYS, patients=patients, chairs=round(patients / 312),
                                            per_day=patients / 390))
                runs = max(IN_CARE) // patients
                printed, most = run_alone([bench, "scenario", path, str(runs)])
                seconds = float(printed.split()[1])
                costs[patients].append(1e9 * seconds / (runs * patients * GROWTH_DAYS / 365.25))
                memory[patients].append(most)
    return ({patients: statistics.median(of) for patients, of in costs.items()},
            {patients: statistics.median(of) for patients, of in memory.items()})


def print_growth(bench, options):
    cost, memory = growth(bench, options.rounds)
    few, many = min(IN_CARE), max(IN_CARE)
    result = {
        "rounds": options.rounds,
        "ns_per_patient_year": {str(patients): cost[patients] for patients in IN_CARE},
        "times_the_cost_of_the_fewest": {str(patients): cost[patients] / cost[few] for patients in IN_CARE},
        "bytes_per_patient_in_care": (memory[many] - memory[few]) / (many - few),
    }
    if options.json:
        print(json.dumps(result, indent=1))
        return
    print(f"Patients in care, chairs in proportion, {GROWTH_DAYS} days, medians of {options.rounds} rounds in turns")
    print(f"{'in care':>10}{'ns per patient-year':>24}{'times':>10}")
    for patients in IN_CARE:
        print(f"{patients:10,}{cost[patients]:24,.0f}{cost[patients] / cost[few]:10.2f}")
    print(f"\n{result['bytes_per_patient_in_care']:.0f} bytes per patient in care")


def course(bench, rounds):
    """What the symptom course costs, microseconds of processor time per patient-year: medians."""
    costs = {name: [] for name in ("unrated", "rated", "ratings", "clinic", "course_in_clinic")}
    with tempfile.TemporaryDirectory() as folder:
        for kind, of in COURSES.items():
            with open(os.path.join(folder, kind), "w") as file:
                file.write(WITH_COURSE.format(patients=IN_CARE_FOR_COURSE, course=of, every=RATED_EVERY))

        def cost(*words):
            """How much was done, and microseconds in all."""
            printed = subprocess.run([bench, *words], check=True, capture_output=True, text=True).stdout
            count, seconds = printed.split()
            return int(count), 1e6 * float(seconds)

        for _ in range(rounds):
            alone = {}
            for how in ("unrated", "rated"):
                years, spent = cost("course", how, "10000")
                alone[how] = spent / years
                costs[how].append(alone[how])
            costs["ratings"].append(alone["rated"] - alone["unrated"])
            clinic, visits = {}, {}
            for kind in COURSES:
                visits[kind], spent = cost("scenario", os.path.join(folder, kind), "10")
                clinic[kind] = spent / (10 * IN_CARE_FOR_COURSE * YEARS)
            if abs(visits["symptom"] / visits["renewal"] - 1) > 0.002:
                sys.exit("the clinics with and without a symptom course differ in their visits")
            costs["clinic"].append(clinic["renewal"])
            costs["course_in_clinic"].append(clinic["symptom"] - clinic["renewal"])
    result = {name: statistics.median(of) for name, of in costs.items()}
    result["ns_per_rating"] = 1000 * result["ratings"] / (365.25 / RATED_EVERY)
    return result


def print_course(of):
    print("\nSymptom course, microseconds per patient-year")
    for words, name in (("alone, a booster every 30 days", "unrated"), ("and a rating every week", "rated"),
                        ("a clinic without it", "clinic"), ("on top of that in the clinic", "course_in_clinic")):
        print(f"{words:40}{of[name]:8.2f}")
    print(f"{of['ns_per_rating']:.0f} nanoseconds per rating alone")


def main():
    bench, scenarios = sys.argv[1:3]
    options = arguments()
    if options.growth:
        print_growth(bench, options)
        return
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
        "symptom_course_us_per_patient_year": course(bench, options.rounds),
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
    print_course(result["symptom_course_us_per_patient_year"])


main()

"""The common clinic in SimPy, as its documentation would have one write it: a process per patient, a
resource for the chairs, no statistics but a count. Prints visits and seconds of processor time."""

import random
import sys
import time

import simpy

DAY = 1440.0  # minutes


def patient(env, chairs, count):
    for visit in range(1, 7):
        with chairs.request() as request:
            yield request
            yield env.timeout(random.uniform(60, 80))
        count[0] += 1
        if visit < 6:
            yield env.timeout(random.uniform(2, 3) * DAY)
    drop_out = env.now + random.expovariate(1 / (360 * DAY))
    while True:
        yield env.timeout(30 * DAY)
        if env.now > drop_out:
            return
        with chairs.request() as request:
            yield request
            yield env.timeout(random.uniform(60, 80))
        count[0] += 1


def arrivals(env, chairs, per_day, count):
    while True:
        yield env.timeout(random.expovariate(per_day / DAY))
        env.process(patient(env, chairs, count))


def main():
    per_day, number_of_chairs = float(sys.argv[1]), int(sys.argv[2])
    random.seed(1)
    count = [0]
    start = time.process_time()
    env = simpy.Environment()
    chairs = simpy.Resource(env, capacity=number_of_chairs)
    env.process(arrivals(env, chairs, per_day, count))
    env.run(until=1825 * DAY)
    print(count[0], time.process_time() - start)


main()

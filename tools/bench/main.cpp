// One measurement of the benchmark: does something for a while and prints how much of it was done
// in how many seconds of processor time. tools/bench/run calls it again and again, in turns.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>

#include "clinicsim/care/symptom_defaults.hpp"
#include "clinicsim/observe/run_observer.hpp"
#include "clinicsim/scenario/scenario.hpp"
#include "full_book.hpp"
#include "hand_coded.hpp"
#include "hold.hpp"

namespace clinicsim {
namespace {

double processor_seconds() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

void print(std::uint64_t done, double seconds) {
    std::printf("%llu %.6f\n", static_cast<unsigned long long>(done), seconds);
}

volatile std::int64_t unused;

int measure_hold(const std::string& list, std::size_t pending) {
    constexpr std::uint64_t kEvents = 2'000'000;
    const double start = processor_seconds();
    if (list == "calendar")
        unused = hold<CalendarList>(pending, kEvents);
    else if (list == "ordered_set")
        unused = hold<OrderedList>(pending, kEvents);
    else
        unused = hold<HeapList>(pending, kEvents);
    print(kEvents, processor_seconds() - start);
    return 0;
}

int measure_hand_coded(double patients_per_day, int chairs, std::uint32_t runs) {
    std::uint64_t visits = 0;
    const double start = processor_seconds();
    for (std::uint32_t run = 0; run < runs; ++run)
        visits += HandCodedClinic{run, patients_per_day, chairs, 1825}.run();
    print(visits, processor_seconds() - start);
    return 0;
}

/// The symptom course without a clinic: four years of `patients`, six infusions and then one every
/// 30 days; `rated`: and a rating every week.
int measure_course(bool rated, std::uint32_t patients) {
    const SymptomCourse course = default_symptom_course();
    const Dates dates{Date{std::chrono::year{2026} / 1 / 1}};
    constexpr Instant kEnd = kRunStart + Days{1461};
    double sum = 0;
    const double start = processor_seconds();
    for (std::uint32_t patient = 0; patient < patients; ++patient) {
        Symptoms symptoms{course, {.seed = 1, .patient = patient}, kRunStart, dates};
        Instant infusion = kRunStart, rating = rated ? kRunStart + Days{7} : kNever;
        while (std::min(infusion, rating) < kEnd) {
            if (infusion <= rating) {
                symptoms.infuse(infusion);
                infusion += symptoms.infusions() < 6 ? Days{2} : Days{30};
            } else {
                sum += symptoms.rating(rating);
                rating += Days{7};
            }
        }
        sum += symptoms.level(kEnd);
    }
    unused = static_cast<std::int64_t>(sum);
    print(patients * std::uint64_t{4}, processor_seconds() - start);
    return 0;
}

}  // namespace

/// What callgrind counts, by this name: one replication of one policy with all statistics.
extern "C" [[gnu::noinline]] std::uint64_t bench_run_one(const Scenario& scenario,
                                                         std::uint32_t replication) {
    const Model& model = scenario.model;
    const PolicyModel& policy = scenario.policies.front();
    const SiteHours open = opening_hours(model.clinic, model.dates, model.end);
    RunObserver observer{model, policy, open};
    const std::uint64_t visits = simulate(model, policy, replication, observer).visits;
    unused = static_cast<std::int64_t>(observer.finish().everybody().care.started);
    return visits;
}

/// What callgrind counts for the book: one series of six found.
extern "C" [[gnu::noinline]] std::int64_t bench_find_series(FullBook& book) {
    return book.find_series();
}

namespace {

/// Only the searches are timed.
int measure_book(double full, std::uint32_t searches) {
    FullBook book{full};
    double seconds = 0;
    constexpr std::uint32_t kAtOnce = 64;  // a clock costs more than a search
    std::uint64_t done = 0;
    while (done < searches) {
        book.change();
        const double start = processor_seconds();
        for (std::uint32_t i = 0; i < kAtOnce; ++i) unused = bench_find_series(book);
        seconds += processor_seconds() - start;
        done += kAtOnce;
    }
    print(done, seconds);
    return 0;
}

int measure_scenario(const char* path, std::uint32_t runs) {
    const ReadResult read = read_scenario(path);
    for (const Diagnostic& diagnostic : read.diagnostics)
        std::fprintf(stderr, "%s\n", text(diagnostic).c_str());
    if (!read.scenario) return 3;
    std::uint64_t visits = 0;
    const double start = processor_seconds();
    for (std::uint32_t run = 0; run < runs; ++run) visits += bench_run_one(*read.scenario, run);
    print(visits, processor_seconds() - start);
    return 0;
}

}  // namespace
}  // namespace clinicsim

int main(int count, char** words) {
    using namespace clinicsim;
    const std::string what = count > 1 ? words[1] : "";
    if (what == "hold" && count == 4)
        return measure_hold(words[2], std::strtoul(words[3], nullptr, 10));
    if (what == "hand_coded" && count == 5)
        return measure_hand_coded(std::atof(words[2]), std::atoi(words[3]),
                                  static_cast<std::uint32_t>(std::atoi(words[4])));
    if (what == "course" && count == 4)
        return measure_course(std::strcmp(words[2], "rated") == 0,
                              static_cast<std::uint32_t>(std::atoi(words[3])));
    if (what == "scenario" && count == 4)
        return measure_scenario(words[2], static_cast<std::uint32_t>(std::atoi(words[3])));
    if (what == "book" && count == 4)
        return measure_book(std::atof(words[2]) / 100,
                            static_cast<std::uint32_t>(std::atoi(words[3])));
    std::fprintf(stderr,
                 "usage: bench hold calendar|ordered_set|heap PENDING\n"
                 "       bench hand_coded PATIENTS_PER_DAY CHAIRS RUNS\n"
                 "       bench course rated|unrated PATIENTS\n"
                 "       bench scenario FILE RUNS\n"
                 "       bench book PER_CENT_FULL SEARCHES\n");
    return 2;
}

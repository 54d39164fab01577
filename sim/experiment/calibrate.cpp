#include "clinicsim/experiment/calibrate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <set>

#include "clinicsim/base/check.hpp"
#include "clinicsim/experiment/run.hpp"
#include "clinicsim/experiment/search.hpp"
#include "clinicsim/experiment/study.hpp"
#include "clinicsim/experiment/workers.hpp"

namespace clinicsim {

namespace {

constexpr double kFine = 4;         // times the patients, for what is polished and evaluated afresh
constexpr std::size_t kStarts = 8;  // local searches, where evaluations suffice
constexpr std::size_t kPolished = 2;
constexpr double kHopeless = 30;        // over the lowest sum: no place for a walker to begin
constexpr std::size_t kCandidates = 8;  // sets of the chain that may turn out best, beside the set

// --- one evaluation -----------------------------------------------------------------------------

/// SplitMix64's finaliser (Steele, Lea and Flood 2014): a seed of its own for every study and use.
std::uint64_t seed_of(std::uint64_t seed, Numbers numbers, std::size_t study) {
    std::uint64_t x =
        seed + 0x9E3779B97F4A7C15 * (1 + static_cast<std::uint64_t>(numbers) + 16 * (study + 1));
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
    x = (x ^ x >> 27) * 0x94D049BB133111EB;
    return x ^ x >> 31;
}

std::vector<Course> courses_with(const Scenario& scenario,
                                 const std::vector<CalibrationParameter>& parameters,
                                 const std::vector<double>& values) {
    std::vector<Course> courses = scenario.model.patients.courses;
    for (Course& course : courses)
        if (auto* symptom = std::get_if<SymptomCourse>(&course.law)) {
            *symptom = calibrated(*symptom, parameters, values);
            course.posterior.clear();
        }
    return courses;
}

/// By how much a study's own number of patients is changed so that the studies have `patients` on
/// average: a study that needs many (for a hazard ratio, say) says so itself.
double share_of_patients(const Calibration& calibration, double patients) {
    double sum = 0, studies = 0;
    for (const Scenario& scenario : calibration.studies)
        if (scenario.study) {
            sum += scenario.study->patients;
            studies += 1;
        }
    return studies > 0 ? patients * studies / sum : 1;
}

using Simulated = std::vector<std::optional<double>>;  // by target

void simulate_study(const Calibration& calibration, std::size_t index,
                    const std::vector<double>& values, double patients, std::uint64_t seed,
                    Simulated& simulated) {
    const Scenario& scenario = calibration.studies[index];
    Study study = *scenario.study;
    const double wanted = study.patients * share_of_patients(calibration, patients);
    study.patients = static_cast<std::uint32_t>(std::clamp(std::round(wanted), 1.0, 4e9));
    const auto samples = outcomes_of(study, courses_with(scenario, calibration.parameters, values),
                                     seed, 0, scenario.model.dates);
    for (std::size_t t = 0; t < calibration.targets.size(); ++t)
        if (calibration.targets[t].study == index)
            simulated[t] = samples[calibration.targets[t].outcome_at].value();
}

/// A clinic: as many replications as give the patients, each of them whole.
void simulate_clinic(const Calibration& calibration, std::size_t index,
                     const std::vector<double>& values, double patients, std::uint64_t seed,
                     Simulated& simulated) {
    Scenario scenario = calibration.studies[index];
    scenario.model.patients.courses = courses_with(scenario, calibration.parameters, values);
    scenario.model.seed = seed;
    scenario.targets.clear();
    scenario.baseline.reset();
    RunOptions options;
    options.threads = 1;
    options.replications = static_cast<std::uint32_t>(
        std::max(1.0, std::round(patients / static_cast<double>(calibration.patients))));
    for (const CalibrationTarget& target : calibration.targets)
        if (target.study == index &&
            std::count(options.policies.begin(), options.policies.end(), target.policy) == 0)
            options.policies.push_back(target.policy);
    const Comparison comparison = run_comparison(scenario, options);
    for (std::size_t t = 0; t < calibration.targets.size(); ++t) {
        const CalibrationTarget& target = calibration.targets[t];
        if (target.study != index) continue;
        for (const PolicyResult& policy : comparison.policies)
            if (policy.name == target.policy)
                simulated[t] = policy.metrics[metric_index(target.outcome).value()].mean;
    }
}

double z_of(const CalibrationTarget& target, const std::optional<double>& simulated) {
    if (!simulated || !std::isfinite(*simulated)) return kFarthest;
    if (!target.logarithmic) return (*simulated - target.value) / target.sd;
    return *simulated > 0 ? std::log(*simulated / target.value) / target.sd : -kFarthest;
}

// --- box and values -----------------------------------------------------------------------------

/// Bounds over a decade and more apart are searched on a logarithmic scale.
bool is_searched_by_logarithm(const CalibrationParameter& parameter) {
    return parameter.from > 0 && parameter.to >= 10 * parameter.from;
}

struct Box {
    const std::vector<CalibrationParameter>& parameters;
    bool by_logarithm;  // where it is fitting; the sample is flat in the values themselves

    std::vector<double> values(const Point& point) const {
        std::vector<double> result;
        for (std::size_t i = 0; i < point.size(); ++i) {
            const CalibrationParameter& p = parameters[i];
            const double value = by_logarithm && is_searched_by_logarithm(p)
                                     ? p.from * std::pow(p.to / p.from, point[i])
                                     : p.from + (p.to - p.from) * point[i];
            result.push_back(std::clamp(value, p.from, p.to));
        }
        return result;
    }
    Point point(const std::vector<double>& values) const {
        Point result;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const CalibrationParameter& p = parameters[i];
            const double x = by_logarithm && is_searched_by_logarithm(p)
                                 ? std::log(values[i] / p.from) / std::log(p.to / p.from)
                                 : (values[i] - p.from) / (p.to - p.from);
            result.push_back(std::clamp(x, 0.0, 1.0));
        }
        return result;
    }
};

/// Four significant digits, and still within the bounds.
std::vector<double> rounded(const Calibration& calibration, std::vector<double> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        char text[32];
        std::snprintf(text, sizeof text, "%.4g", values[i]);
        values[i] = std::clamp(std::strtod(text, nullptr), calibration.parameters[i].from,
                               calibration.parameters[i].to);
    }
    return values;
}

std::vector<double> present_values(const Calibration& calibration) {
    std::vector<double> values;
    for (const CalibrationParameter& parameter : calibration.parameters)
        values.push_back(parameter.start);
    return values;
}

// --- how many evaluations for what --------------------------------------------------------------

struct Plan {
    std::uint64_t starts = 1, each = 1;  // of the search
    std::uint64_t polish = 1;            // of each of kPolished, with kFine times the patients
    std::uint64_t generations = 2;       // of the chain
};

/// A fifth for the search, a seventh to polish, the rest the chain, which needs most before it has
/// settled; at least what makes sense.
Plan plan_of(std::uint64_t evaluations, std::size_t dimensions) {
    const std::uint64_t least = 12 * dimensions + 12;  // of one local search
    Plan plan;
    const std::uint64_t search = std::max(evaluations / 5, least);
    plan.starts = std::clamp<std::uint64_t>(search / least, 1, kStarts);
    plan.each = search / plan.starts;
    plan.polish = std::max<std::uint64_t>(
        static_cast<std::uint64_t>(static_cast<double>(evaluations) / 7 / kFine / kPolished), 4);
    const std::uint64_t spent =
        plan.starts * plan.each + static_cast<std::uint64_t>(kFine) * kPolished * plan.polish;
    const std::uint64_t left = evaluations > spent ? evaluations - spent : 0;
    plan.generations = std::max<std::uint64_t>(left / kWalkers, 4);
    return plan;
}

/// Evaluations for what comes after search and chain.
double fresh_evaluations(const Calibration& calibration) {
    const double sets = calibration.set_size + kPolished + kCandidates;
    return kFine * sets + 2.0 * calibration.check_patients / calibration.patients;
}

std::uint64_t evaluations_within(const Calibration& calibration, const CalibrateOptions& options) {
    using Clock = std::chrono::steady_clock;
    const std::vector<double> values = present_values(calibration);
    const auto begin = Clock::now();
    const std::size_t tried = 2 * std::size_t{options.threads};
    do_items(
        tried, options.threads, options.stop,
        [&](std::size_t) { evaluate(calibration, values, calibration.patients, Numbers::search); },
        [](std::size_t) {});
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    const double possible =
        options.budget_seconds / std::max(seconds, 1e-6) * static_cast<double>(tried) -
        static_cast<double>(tried) - fresh_evaluations(calibration);
    const double least = 60 * static_cast<double>(calibration.parameters.size());
    return static_cast<std::uint64_t>(std::clamp(possible, least, 1e12));
}

// --- progress -----------------------------------------------------------------------------------

class Meter {
  public:
    Meter(const CalibrateOptions& options, double total)
        : options_{options}, total_{static_cast<std::uint64_t>(total)} {}
    void add(double evaluations) {
        if (!options_.progress) return;
        const std::scoped_lock lock{mutex_};
        done_ += evaluations;
        options_.progress(std::min(static_cast<std::uint64_t>(done_), total_), total_);
    }

  private:
    const CalibrateOptions& options_;
    std::uint64_t total_;
    double done_ = 0;
    std::mutex mutex_;
};

/// Rows of the chain's second half, evenly spaced, each point once: a walker whose proposal was
/// refused stands where it stood, and the next one that moved is taken instead. Fewer where there
/// are fewer.
std::vector<Found> thinned(const Chain& chain, std::size_t size) {
    std::vector<const Found*> rows;
    for (std::size_t g = chain.generations.size() / 2; g < chain.generations.size(); ++g)
        for (const Found& found : chain.generations[g]) rows.push_back(&found);
    std::vector<Found> kept;
    size = std::min(size, rows.size());
    std::set<Point> seen;
    for (std::size_t i = 0; i < size; ++i) {
        const std::size_t first = i * rows.size() / size;
        for (std::size_t k = 0; k < rows.size(); ++k) {
            const Found& row = *rows[(first + k) % rows.size()];
            if (!seen.insert(row.point).second) continue;
            kept.push_back(row);
            break;
        }
        if (kept.size() <= i) break;  // every point is there already
    }
    return kept;
}

/// The lowest that the chain met, each once.
std::vector<Found> lowest(const Chain& chain, std::size_t most) {
    std::vector<Found> all;
    for (const auto& generation : chain.generations)
        all.insert(all.end(), generation.begin(), generation.end());
    std::stable_sort(all.begin(), all.end(),
                     [](const Found& a, const Found& b) { return a.value < b.value; });
    all.erase(std::unique(all.begin(), all.end(),
                          [](const Found& a, const Found& b) { return a.point == b.point; }),
              all.end());
    if (all.size() > most) all.resize(most);
    return all;
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
    const auto n = static_cast<double>(x.size());
    double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) mean_x += x[i] / n, mean_y += y[i] / n;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
        xy += (x[i] - mean_x) * (y[i] - mean_y);
    }
    return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

constexpr double kWeakest = 0.3;  // correlation that is worth a word

std::vector<Pair> strongest(std::vector<std::pair<double, Pair>> pairs, std::size_t most) {
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Pair> result;
    for (const auto& [strength, pair] : pairs)
        if (result.size() < most) result.push_back(pair);
    return result;
}

}  // namespace

Evaluation evaluate(const Calibration& calibration, const std::vector<double>& values,
                    double patients, Numbers numbers, unsigned threads) {
    CLINICSIM_CHECK(values.size() == calibration.parameters.size(), "a value for each parameter");
    Evaluation result;
    result.simulated.resize(calibration.targets.size());
    do_items(
        calibration.studies.size(), threads, nullptr,
        [&](std::size_t index) {
            const std::uint64_t seed = seed_of(calibration.seed, numbers, index);
            if (calibration.studies[index].study)
                simulate_study(calibration, index, values, patients, seed, result.simulated);
            else
                simulate_clinic(calibration, index, values, patients, seed, result.simulated);
        },
        [](std::size_t) {});
    for (std::size_t t = 0; t < calibration.targets.size(); ++t) {
        const double z = z_of(calibration.targets[t], result.simulated[t]);
        result.z.push_back(z);
        result.sum += std::min(z * z, kFarthest * kFarthest);
    }
    return result;
}

CalibrationFit calibrate(const Calibration& calibration, const CalibrateOptions& options) {
    const std::size_t dimensions = calibration.parameters.size();
    CalibrationFit fit;
    fit.evaluations =
        options.evaluations ? *options.evaluations : evaluations_within(calibration, options);
    const Plan plan = plan_of(fit.evaluations, dimensions);
    const double chain_evaluations = static_cast<double>(plan.generations * kWalkers);
    Meter meter{options, static_cast<double>(plan.starts * plan.each) +
                             kFine * static_cast<double>(kPolished * plan.polish) +
                             chain_evaluations + fresh_evaluations(calibration)};
    const auto sum = [&](const Box& box, double patients, Numbers numbers) {
        return [&calibration, box, patients, numbers](const Point& point) {
            return evaluate(calibration, box.values(point), patients, numbers).sum;
        };
    };
    const double usual = calibration.patients, fine = kFine * usual;
    SearchOptions with{options.threads, options.stop, [&] { meter.add(1); }};

    // the search
    const Box box{calibration.parameters, true}, flat{calibration.parameters, false};
    auto ends =
        local_searches(sum(box, usual, Numbers::search), box.point(present_values(calibration)),
                       plan.starts, plan.each, calibration.seed, with);
    if (ends.empty()) ends.push_back({box.point(present_values(calibration)), 0});
    std::vector<Found> best(
        ends.begin(), ends.begin() + static_cast<std::ptrdiff_t>(std::min(kPolished, ends.size())));
    with.evaluated = [&] { meter.add(kFine); };
    best = polished(sum(box, fine, Numbers::polish), best, plan.polish, with);

    // the sample, around all ends of the search that are not hopeless: walkers that begin far apart
    // and come to agree have settled
    std::vector<Found> around;
    for (const Found& found : best) around.push_back({flat.point(box.values(found.point)), 0});
    for (std::size_t i = best.size(); i < ends.size(); ++i)
        if (ends[i].value < ends.front().value + kHopeless)
            around.push_back({flat.point(box.values(ends[i].point)), 0});
    with.evaluated = [&] { meter.add(1); };
    const Chain chain = sampled(sum(flat, usual, Numbers::search), around, plan.generations,
                                calibration.seed, with);
    fit.accepted = chain.accepted;
    fit.scale_reduction = scale_reduction(chain, chain.generations.size() / 2);
    fit.settled = fit.scale_reduction <= kSettled;

    // fresh numbers: the set first, then who else may be best
    std::vector<FittingSet> rows;
    for (const Found& found : thinned(chain, calibration.set_size))
        rows.push_back({rounded(calibration, flat.values(found.point)), found.value, {}});
    const std::size_t of_set = rows.size();
    for (const Found& found : best)
        rows.push_back({rounded(calibration, box.values(found.point)), found.value, {}});
    for (const Found& found : lowest(chain, kCandidates))
        rows.push_back({rounded(calibration, flat.values(found.point)), found.value, {}});
    const std::size_t done = do_items(
        rows.size(), options.threads, options.stop,
        [&](std::size_t i) {
            rows[i].fresh = evaluate(calibration, rows[i].values, fine, Numbers::set);
        },
        [&](std::size_t) { meter.add(kFine); });
    fit.interrupted = options.stop != nullptr && options.stop->load();
    if (fit.interrupted) rows.resize(done);

    // without a row that was evaluated afresh, what the search ended with
    fit.best = rounded(calibration, box.values(best.front().point));
    fit.sum = best.front().value;
    const auto winner = std::min_element(
        rows.begin(), rows.end(),
        [](const FittingSet& a, const FittingSet& b) { return a.fresh.sum < b.fresh.sum; });
    if (winner != rows.end() && !fit.interrupted) {
        fit.best = winner->values;
        fit.sum = winner->sum;
    }
    rows.resize(std::min(rows.size(), of_set));
    fit.set = std::move(rows);
    fit.check = evaluate(calibration, fit.best, calibration.check_patients, Numbers::check,
                         options.threads);
    fit.present = evaluate(calibration, present_values(calibration), calibration.check_patients,
                           Numbers::check, options.threads);
    return fit;
}

std::vector<ParameterRange> ranges_of(const CalibrationFit& fit) {
    std::vector<ParameterRange> ranges;
    if (fit.set.empty()) return ranges;
    for (std::size_t k = 0; k < fit.best.size(); ++k) {
        std::vector<double> values;
        for (const FittingSet& one : fit.set) values.push_back(one.values[k]);
        std::sort(values.begin(), values.end());
        const auto at = [&](double share) {
            const double place = share * static_cast<double>(values.size() - 1);
            const auto low = static_cast<std::size_t>(place);
            const std::size_t high = std::min(low + 1, values.size() - 1);
            return values[low] + (values[high] - values[low]) * (place - std::floor(place));
        };
        ranges.push_back({at(0.025), at(0.5), at(0.975)});
    }
    return ranges;
}

std::vector<PressedBound> pressed_bounds(const Calibration& calibration,
                                         const CalibrationFit& fit) {
    constexpr double kNear = 0.05, kMuch = 0.1;
    std::vector<PressedBound> pressed;
    if (fit.set.empty()) return pressed;
    for (std::size_t k = 0; k < calibration.parameters.size(); ++k) {
        const CalibrationParameter& parameter = calibration.parameters[k];
        const double near = kNear * (parameter.to - parameter.from);
        double low = 0, high = 0;
        for (const FittingSet& one : fit.set) {
            low += one.values[k] <= parameter.from + near;
            high += one.values[k] >= parameter.to - near;
        }
        const auto n = static_cast<double>(fit.set.size());
        if (low >= kMuch * n) pressed.push_back({k, false, low / n});
        if (high >= kMuch * n) pressed.push_back({k, true, high / n});
    }
    return pressed;
}

std::size_t distinct_sets(const CalibrationFit& fit) {
    std::set<std::vector<double>> values;
    for (const FittingSet& one : fit.set) values.insert(one.values);
    return values.size();
}

std::vector<Pair> tied_parameters(const CalibrationFit& fit, std::size_t most) {
    const auto column = [&](std::size_t k) {
        std::vector<double> values;
        for (const FittingSet& one : fit.set) values.push_back(one.values[k]);
        return values;
    };
    std::vector<std::pair<double, Pair>> pairs;
    for (std::size_t a = 0; a < fit.best.size(); ++a)
        for (std::size_t b = a + 1; b < fit.best.size(); ++b) {
            const double r = correlation(column(a), column(b));
            if (std::abs(r) >= kWeakest) pairs.push_back({std::abs(r), {a, b, r}});
        }
    return strongest(std::move(pairs), most);
}

std::vector<Pair> opposed_targets(const CalibrationFit& fit, std::size_t most) {
    const auto column = [&](std::size_t t) {
        std::vector<double> values;
        for (const FittingSet& one : fit.set) values.push_back(one.fresh.z[t]);
        return values;
    };
    std::vector<std::pair<double, Pair>> pairs;
    for (std::size_t a = 0; a < fit.check.z.size(); ++a)
        for (std::size_t b = a + 1; b < fit.check.z.size(); ++b) {
            const double r = correlation(column(a), column(b));
            // both off in the same direction and falling together: no conflict
            const double opposed = -r * fit.check.z[a] * fit.check.z[b];
            if (std::abs(r) >= kWeakest && opposed > 0) pairs.push_back({opposed, {a, b, r}});
        }
    return strongest(std::move(pairs), most);
}

}  // namespace clinicsim

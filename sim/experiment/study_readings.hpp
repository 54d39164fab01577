// What is read off the patients of one replication, and what all replications together say of it.
#pragma once

#include <span>
#include <vector>

#include "clinicsim/experiment/results.hpp"
#include "clinicsim/experiment/study.hpp"
#include "clinicsim/stats/survival.hpp"

namespace clinicsim {

/// One outcome in one replication.
struct Reading {
    MetricSample sample;
    /// The patients themselves, of outcomes that are read off all replications together because
    /// some replications may have none alone. `other` is the arm that is compared with.
    std::vector<FollowUp> patients{}, other{};
    /// Of a share: independent patients of whom it is known whether they count.
    std::uint64_t known = 0;
    std::vector<double> trials{};  // of an outcome of trials, one number each; may be infinite
};

Reading read_off(const StudyOutcome& outcome, const std::vector<StudyPath>& paths);

/// One replication's outcomes, in the order of the study's.
std::vector<Reading> readings_of(const Study& study, const std::vector<Course>& courses,
                                 std::uint64_t seed, std::uint32_t replication, const Dates& dates);

/// `readings` in the order of replications.
Estimate estimate_of(const StudyOutcome& outcome, std::span<const Reading> readings);

/// Whether the patients, or the trials, of all replications are taken together.
bool is_pooled(const StudyOutcome& outcome);

}  // namespace clinicsim

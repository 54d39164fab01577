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
};

/// A patient's phases, as many records as phases entered.
using StudyPath = std::vector<PhaseRecord>;

Reading read_off(const Study& study, const StudyOutcome& outcome,
                 const std::vector<StudyPath>& paths);

/// `readings` in the order of replications.
Estimate estimate_of(StudyOutcome::Kind kind, std::span<const Reading> readings);

/// Whether the patients of all replications are taken together.
bool is_pooled(StudyOutcome::Kind kind);

}  // namespace clinicsim

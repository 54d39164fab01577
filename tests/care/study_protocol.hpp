// A protocol made up by a test, and shorthands for its parts.
#pragma once

#include <cmath>

#include "clinicsim/care/study.hpp"
#include "clinicsim/care/symptom_defaults.hpp"
#include "one_store.hpp"

namespace clinicsim {

inline const Dates kDates{Date{std::chrono::year{2026} / 1 / 1}};
inline constexpr std::uint64_t kSeed = 20260105;
/// P(|N(0,1)| > z) = 1e-6.
inline constexpr double kOneInAMillion = 4.8916;

inline Distribution days(double d) { return Constant{d * 86'400'000}; }
inline RatingTest response() { return {RatingTest::What::response, 0, false, 1, 1}; }
inline RatingTest remission(std::uint32_t hits = 1, std::uint32_t of = 1) {
    return {RatingTest::What::remission, 0, false, hits, of};
}

/// `course` enrolled; phases are the test's.
struct Protocol {
    std::vector<Course> courses;
    Study study;

    explicit Protocol(const SymptomCourse& course) : courses{{"course", course, {}}} {
        study.enrolled = {{0, 1}};
        study.start = {{0, 1}};
        add("phase");
    }
    StudyPhase& add(const std::string& name) {
        study.phases.emplace_back().name = name;
        return study.phases.back();
    }
    StudyPhase& phase() { return study.phases.front(); }
    std::vector<PhaseRecord> all(std::uint32_t patient = 0, std::uint32_t replication = 0) const {
        return follow(study, courses, kSeed, replication, patient, kDates).phases;
    }
    PhaseRecord first(std::uint32_t patient = 0) const { return all(patient).front(); }
};

/// Infusions in a rhythm of so many days.
inline StudyInfusions rhythm(int every_days, std::uint32_t most = 0) {
    StudyInfusions infusions;
    infusions.every = Days{every_days};
    infusions.most = most;
    return infusions;
}
inline StudyInfusions on_days(std::initializer_list<int> when) {
    StudyInfusions infusions;
    for (const int day : when) infusions.at.push_back(Days{day});
    return infusions;
}

inline void expect_ratings(const PhaseRecord& record, const std::vector<double>& expected) {
    ASSERT_EQ(record.ratings.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_NEAR(record.ratings[i], expected[i], 1e-12) << "rating " << i + 1;
}

}  // namespace clinicsim

// One patient under two policies: the same until the policies part, with a level that follows the
// course to the bit.
#include "clinicsim/report/patient_pair.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "clinicsim/observe/metrics.hpp"
#include "clinicsim/scenario/scenario.hpp"

namespace clinicsim::report {
namespace {

const char* const kScenario = R"(clinicsim: 1
title: Two policies
run: {seed: 5, start: 2026-01-05, horizon: 2 years}
clinic: {chairs: unlimited, open: always, access: walk_in, visit: {infusion: 40 min}}
patients:
  arrivals: {poisson: {mean: 1, per: week}}
  in_care_at_start: {patients: 20, last_infusion: spread over 30 days}
  side_effects: {nausea: {chance: 10 %, ends_infusion: 50 %}}
  conditions: {depression: {induction: six, course: usual}}
inductions: {six: {visits: 6, gap: 2 days}}
courses: {usual: {symptom: {}}}
policies:
  monthly: {every: 30 days, clock: reset}
  as_needed: {when: {improvement_below: 45 %, for: 2 weekly ratings}, asks_after: 7 days}
  monthly_again: {every: 30 days, clock: reset}
  placebo: {extends: monthly, gets: {boosters: placebo}}
  placebo_from_the_start: {extends: monthly, gets: placebo}
)";

Scenario scenario() {
    const ReadResult read = read_scenario_text(kScenario, "two.yaml", "");
    EXPECT_TRUE(read.scenario);
    return read.scenario.value_or(Scenario{});
}

PatientTrack followed(const Scenario& of, std::size_t policy, PatientId patient) {
    PatientTrack track{of.model, of.policies[policy], patient};
    simulate(of.model, of.policies[policy], 0, track);
    return track;
}

using Moments = std::vector<PatientTrack::Moment>;

Moments until(const Moments& all, Instant end) {
    Moments some;
    for (const auto& one : all)
        if (one.at < end) some.push_back(one);
    return some;
}

TEST(PatientTrack, IsTheSameUntilThePoliciesPartAndNotAfterwards) {
    const Scenario two = scenario();
    int parted = 0;
    for (PatientId id : {0u, 1u, 2u, 3u, 4u, 5u, kFirstOfStock, kFirstOfStock + 7}) {
        const PatientTrack a = followed(two, 0, id), b = followed(two, 1, id);
        const auto first = first_difference({{"monthly", &a}, {"as_needed", &b}});
        if (!first) {
            EXPECT_EQ(a.moments(), b.moments());
            continue;
        }
        ++parted;
        EXPECT_EQ(until(a.moments(), *first), until(b.moments(), *first)) << patient_name(id);
        EXPECT_NE(until(a.moments(), *first + Duration{1}),
                  until(b.moments(), *first + Duration{1}))
            << patient_name(id);
        EXPECT_GT(until(a.moments(), *first).size(), 0u) << patient_name(id);
    }
    EXPECT_GE(parted, 4) << "some respond, and then the policies differ";
}

TEST(PatientTrack, HasNoDifferenceToItself) {
    const Scenario two = scenario();
    const PatientTrack a = followed(two, 0, 3), b = followed(two, 2, 3);
    EXPECT_EQ(first_difference({{"monthly", &a}, {"monthly_again", &b}}), std::nullopt);
}

TEST(PatientTrack, FollowsTheCourseThroughInfusionsThatAreBrokenOff) {
    // a rating without the noise and error of ratings is the level: those who rate with a sd of 0
    Scenario two = scenario();
    auto& course = std::get<SymptomCourse>(two.model.patients.courses[0].law);
    course.noise_sd = 0;
    int rated = 0, broken = 0;
    for (PatientId id = 0; id < 30; ++id) {
        const PatientTrack track = followed(two, 0, id);
        for (const auto& moment : track.moments()) {
            for (const std::string& event : moment.events)
                broken += event.find("broken off") != std::string::npos;
            if (!moment.rating) continue;
            ++rated;
            EXPECT_EQ(*moment.rating, moment.level.value()) << patient_name(id);
        }
    }
    EXPECT_GT(rated, 200);
    EXPECT_GT(broken, 5);
}

TEST(PatientTrack, UnderAPlaceboIsTheSamePatientUntilTheFirstOneIsGiven) {
    Scenario all = scenario();
    auto& course = std::get<SymptomCourse>(all.model.patients.courses[0].law);
    course.expectation = 0.25;
    course.noise_sd = 0;  // a rating is the level
    int boosted = 0;
    for (PatientId id : {0u, 1u, 2u, 3u, 4u, 5u, kFirstOfStock, kFirstOfStock + 7}) {
        const PatientTrack with = followed(all, 0, id), without = followed(all, 3, id);
        const auto first = first_difference({{"monthly", &with}, {"placebo", &without}});
        if (with.infusions() <= 6 && id < kFirstOfStock) {
            EXPECT_EQ(first, std::nullopt) << "no response, no booster: " << patient_name(id);
            continue;
        }
        ++boosted;
        EXPECT_EQ(with.infusions(), without.infusions()) << patient_name(id);
        ASSERT_TRUE(first);
        const auto moments = without.moments();
        const auto there = std::find_if(moments.begin(), moments.end(),
                                        [&](const auto& one) { return one.at == *first; });
        ASSERT_NE(there, moments.end());
        EXPECT_TRUE(there->events.front().ends_with("is given without the drug"))
            << there->events.front();
        for (const auto& moment : moments)
            if (moment.rating) {
                EXPECT_EQ(*moment.rating, moment.level.value());
            }
    }
    EXPECT_GE(boosted, 4);
    // a placebo from the start parts them at the first infusion
    const PatientTrack with = followed(all, 0, 1), never = followed(all, 4, 1);
    const auto first = first_difference({{"monthly", &with}, {"never", &never}});
    ASSERT_TRUE(first);
    EXPECT_EQ(until(never.moments(), *first + Duration{1}).back().events.front(),
              "infusion 1 is given without the drug");
}

TEST(PatientTrack, LooksEveryWeekFromTheArrivalOn) {
    const Scenario two = scenario();
    const PatientTrack track = followed(two, 0, kFirstOfStock + 3);
    Instant last = kRunStart;
    for (const auto& moment : track.moments()) {
        EXPECT_LE(moment.at - last, Days{7});
        EXPECT_TRUE(moment.events.empty() || moment.at >= kRunStart);
        last = moment.at;
    }
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

TEST(PatientTrack, AsCsvHasARowForEveryInstantAndFiveColumnsForEveryPolicy) {
    const Scenario two = scenario();
    const PatientTrack a = followed(two, 0, 1), b = followed(two, 1, 1);
    const auto lines =
        lines_of(patients_csv({{"monthly", &a}, {"as_needed", &b}}, two.model.dates));
    EXPECT_EQ(lines[0],
              "at,day,monthly.improvement,monthly.rating,monthly.infusion,monthly.relapse,"
              "monthly.events,as_needed.improvement,as_needed.rating,as_needed.infusion,"
              "as_needed.relapse,as_needed.events");
    int infusions = 0;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        bool quoted = false;
        std::vector<std::string> cells{""};
        for (const char c : lines[i])
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                cells.emplace_back();
            else
                cells.back() += c;
        ASSERT_EQ(cells.size(), 12u) << lines[i];
        infusions += cells[4] == "1";
    }
    EXPECT_EQ(infusions, static_cast<int>(a.infusions()));
}

TEST(PatientTrack, AsTextSaysWhereThePoliciesPart) {
    const Scenario two = scenario();
    const PatientTrack a = followed(two, 0, kFirstOfStock), b = followed(two, 1, kFirstOfStock);
    const std::string text = patients_side_by_side({{"monthly", &a}, {"as_needed", &b}},
                                                   two.model.dates, {100, false, false});
    const std::size_t parts = text.find("until here the same under all of them");
    ASSERT_NE(parts, std::string::npos) << text;
    EXPECT_EQ(text.find("until here", parts + 1), std::string::npos) << "once";
    for (const std::string& line : lines_of(text)) EXPECT_LE(line.size(), 110u) << line;
}

}  // namespace
}  // namespace clinicsim::report

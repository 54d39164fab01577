// Who is screened, and who of them is enrolled.
#include <algorithm>

#include <gtest/gtest.h>

#include "care/study_protocol.hpp"
#include "clinicsim/random/normal.hpp"

namespace clinicsim {
namespace {

constexpr std::uint32_t kScreened = 20'000;

/// Nobody is treated: a rating at enrolment, and one on `day`.
struct Untreated : Protocol {
    explicit Untreated(const SymptomCourse& course, double day = 7) : Protocol{course} {
        phase().ratings.at = {days(0), days(day)};
        study.screening.baseline_sd = 5;
    }
    StudyPath path(std::uint32_t patient) const {
        return follow(study, courses, kSeed, 0, patient, kDates);
    }
};

SymptomCourse noisy(double sd = 0.08) {
    SymptomCourse course = one_store();
    course.noise_sd = sd;
    course.noise_days = 8;
    return course;
}

double normal_cdf(double z) { return std::erfc(-z / std::sqrt(2)) / 2; }

TEST(Screening, EnrolsTheScoresThatAreAskedForAndNoOthers) {
    Untreated trial{noisy()};
    trial.study.screening.at_least = 30;
    trial.study.screening.below = 36;
    std::uint32_t enrolled = 0;
    for (std::uint32_t patient = 0; patient < 2'000; ++patient) {
        const StudyPath path = trial.path(patient);
        const bool fits = path.screening_score >= 30 && path.screening_score < 36;
        EXPECT_EQ(path.excluded, fits ? Exclusion::none : Exclusion::score);
        EXPECT_EQ(path.phases.empty(), !fits);
        enrolled += fits;
    }
    EXPECT_GT(enrolled, 500u);
    EXPECT_LT(enrolled, 1'500u);
}

TEST(Screening, MovesNoDrawOfWhoIsEnrolled) {
    const Untreated open{noisy()};
    Untreated strict{noisy()};
    strict.study.screening.at_least = 32;
    std::uint32_t excluded = 0;
    for (std::uint32_t patient = 0; patient < 500; ++patient) {
        const StudyPath all = open.path(patient), some = strict.path(patient);
        EXPECT_EQ(some.screening_score, all.screening_score);
        if (some.excluded != Exclusion::none) {
            ++excluded;
            continue;
        }
        EXPECT_EQ(some.phases.front().ratings, all.phases.front().ratings) << "to the bit";
    }
    EXPECT_GT(excluded, 100u);
}

TEST(Screening, ExcludesTheShareThatTheNormalLawSays) {
    Untreated trial{one_store()};  // no noise: the score is the untreated one
    trial.study.screening.at_least = 28;
    std::uint32_t excluded = 0;
    for (std::uint32_t patient = 0; patient < kScreened; ++patient)
        excluded += trial.path(patient).excluded == Exclusion::score;
    const double share = normal_cdf((28.0 - 32) / 5), found = excluded / double{kScreened};
    const auto tolerance = [](double p) {
        return kOneInAMillion * std::sqrt(p * (1 - p) / kScreened);
    };
    EXPECT_NEAR(found, share, tolerance(share));
    const double another = normal_cdf((28.0 - 32) / 6);  // sd 6 is told from 5
    EXPECT_GT(std::abs(found - another), tolerance(another));
}

TEST(Screening, ExcludesByCourseFirst) {
    Untreated trial{noisy()};
    trial.courses.push_back({"refractory", noisy(), {}});
    trial.study.enrolled = {{0, 0.7}, {1, 0.3}};
    trial.study.screening.excluded = {1};
    trial.study.screening.below = 33;
    std::uint32_t by_course = 0, by_score = 0;
    for (std::uint32_t patient = 0; patient < kScreened; ++patient) {
        const StudyPath path = trial.path(patient);
        by_course += path.excluded == Exclusion::course;
        by_score += path.excluded == Exclusion::score;
        if (path.excluded == Exclusion::none) {
            EXPECT_LT(path.screening_score, 33);
        }
    }
    EXPECT_NEAR(by_course, 0.3 * kScreened, kOneInAMillion * std::sqrt(0.21 * kScreened));
    EXPECT_GT(by_score, 0.2 * kScreened);
}

TEST(Screening, GivesEveryPatientARemissionOfTheirOwn) {
    Untreated trial{one_store()};
    bool mild = false, severe = false;
    for (std::uint32_t patient = 0; patient < 200; ++patient) {
        const Scale scale = trial.path(patient).scale;
        EXPECT_NEAR(scale.baseline * (1 - scale.remission), 32 * (1 - 0.69), 1e-12)
            << "the score that counts as remission stays";
        EXPECT_EQ(scale.response, 0.5);
        mild |= scale.remission < 0.68;
        severe |= scale.remission > 0.70;
    }
    EXPECT_TRUE(mild && severe);
    trial.study.screening.baseline_sd = 0;
    EXPECT_EQ(trial.path(3).scale, trial.study.scale) << "to the bit";
}

TEST(Screening, AScoreThatIsAnEventIsOneForMildAndSevere) {
    Untreated trial{one_store()};
    trial.phase().event = ScoreRule{0, 1, ScoreRule::By::score, 30};
    for (std::uint32_t patient = 0; patient < 200; ++patient) {
        const StudyPath path = trial.path(patient);
        EXPECT_EQ(path.phases.front().end == PhaseEnd::event, path.scale.baseline > 30);
    }
}

TEST(Screening, WhoIsEnrolledOnABadDayGetsBetterByItselfWhereImprovementCountsFromIt) {
    // 200 days later nothing is left of the noise (exp(-25)), so that the change is B x n0, with n0
    // normal and cut off where the score is 34: its mean is the inverse Mills ratio
    Untreated trial{noisy(), 200};
    trial.study.screening.baseline_sd = 0;
    trial.study.screening.at_least = 34;
    trial.study.screening.from_screening = true;
    const double sd = 32 * 0.08, z = (34 - 32) / sd;
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * M_PI);
    const double expected = -sd * density / normal_cdf(-z);
    double sum = 0, squares = 0, n = 0;
    for (std::uint32_t patient = 0; patient < kScreened; ++patient) {
        const StudyPath path = trial.path(patient);
        if (path.excluded != Exclusion::none) continue;
        EXPECT_NEAR(path.scale.baseline, path.screening_score, 1e-9);
        EXPECT_NEAR(path.phases.front().ratings.front(), 0, 1e-12) << "the same look again";
        const double change =
            path.scale.score(path.phases.front().ratings.back()) - path.screening_score;
        sum += change;
        squares += change * change;
        ++n;
    }
    const double mean = sum / n, se = std::sqrt((squares / n - mean * mean) / n);
    EXPECT_NEAR(mean, expected, kOneInAMillion * se);
    EXPECT_LT(mean, -10 * se) << "and that is far from no change";
    trial.study.screening.from_screening = false;
    EXPECT_NEAR(trial.path(0).scale.baseline, 32, 1e-12) << "else the untreated score counts";
}

}  // namespace
}  // namespace clinicsim

// What the clinic can know of a course: ratings, and the rules that turn them into a relapse or a
// wish for a booster. Observation is a part of the model: the same patients look better or worse
// with the days on which they are asked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "clinicsim/base/time.hpp"
#include "clinicsim/care/scale.hpp"

namespace clinicsim {

/// So many ratings in a row with less improvement than this.
struct ScoreRule {
    /// What the scenario says. All but improvement mean another improvement on another scale.
    enum class By : std::uint8_t { improvement, score, response };

    double below = 0.42;  // improvement
    std::uint32_t ratings = 2;
    By by = By::improvement;
    double score = 0;  // By::score: points of the scale, reached or exceeded
    bool operator==(const ScoreRule&) const = default;

    /// The rule for who is rated on `scale`, by improvement.
    ScoreRule on(const Scale& scale) const {
        switch (by) {
            case By::improvement:
                break;
            case By::score:
                return {scale.improvement_at(score), ratings};
            case By::response:
                return {scale.response, ratings};
        }
        return {below, ratings};
    }
};

/// Counts ratings against a rule.
class ScoreCount {
  public:
    /// True from the rating on that meets the rule, until one that does not go below.
    bool rated(const ScoreRule& rule, Instant at, double improvement) {
        if (improvement >= rule.below) {
            in_a_row_ = 0;
            return false;
        }
        if (in_a_row_++ == 0) first_ = at;
        return in_a_row_ >= rule.ratings;
    }
    bool holds(const ScoreRule& rule) const { return in_a_row_ >= rule.ratings; }
    Instant first() const { return first_; }  // of the ratings in a row
    void begin_anew() { in_a_row_ = 0; }

  private:
    Instant first_;
    std::uint32_t in_a_row_ = 0;
};

struct Ratings {
    Duration every{};  // zero: none
    double done = 1;   // chance that one is made
    double error = 0;  // sd of a measurement error, as a share of the baseline score
    bool operator==(const Ratings&) const = default;
};

/// How patients of one condition and severity are rated.
struct Measure {
    Scale scale;
    ScoreRule relapse;  // by improvement; a relapse begins at the first of these ratings
    bool operator==(const Measure&) const = default;
};

struct Observation {
    Scale scale;                       // of everybody, where `measures` is empty; so is `relapse`
    Ratings self{Days{7}};             // on the patient's own grid, counted from the arrival
    Ratings check_ups;                 // by the clinic, on the same kind of grid
    double at_visits = 0;              // chance of a rating at the start of a booster visit
    double visit_error = 0;            // its measurement error
    Duration response_after{Days{1}};  // from the last infusion of an induction to the rating that
                                       // decides response and remission; induction ends with it
    ScoreRule relapse;                 // as in Measure
    std::vector<Measure> measures;     // [condition * severities + severity]
    std::size_t severities = 1;        // of `measures`
    bool operator==(const Observation&) const = default;

    const Scale& scale_of(std::size_t condition, std::size_t severity) const {
        return measures.empty() ? scale : measures[condition * severities + severity].scale;
    }
    const ScoreRule& relapse_of(std::size_t condition, std::size_t severity) const {
        return measures.empty() ? relapse : measures[condition * severities + severity].relapse;
    }
};

}  // namespace clinicsim

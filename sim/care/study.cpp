#include "clinicsim/care/study.hpp"

#include <algorithm>

#include "clinicsim/base/check.hpp"
#include "clinicsim/care/study_telling.hpp"
#include "clinicsim/care/symptoms.hpp"
#include "clinicsim/random/engine.hpp"
#include "clinicsim/random/normal.hpp"

namespace clinicsim {

bool RatingTest::holds(double rating, const Scale& scale) const {
    switch (what) {
        case What::always:
            return true;
        case What::response:
            return rating >= scale.response;
        case What::remission:
            return rating >= scale.remission;
        case What::worse:
            return rating < 0;
        case What::at_least:
            return rating >= improvement;
    }
    return false;
}

bool RatingTest::holds(const std::vector<double>& ratings, const Scale& scale) const {
    if (what == What::always) return true;
    const std::size_t looked_at = std::min<std::size_t>(of, ratings.size());
    std::uint32_t found = 0;
    for (std::size_t i = ratings.size() - looked_at; i < ratings.size(); ++i)
        found += holds(ratings[i], scale) ? 1 : 0;
    return (found >= hits) != negated;
}

const StudyInfusions* StudyPhase::infusions_in(std::size_t arm) const {
    const auto& own = arms.empty() ? infusions : arms[arm].infusions;
    const auto& given = own ? own : infusions;
    return given ? &*given : nullptr;
}

const StudyRatings& StudyPhase::ratings_in(std::size_t arm) const {
    return !arms.empty() && arms[arm].ratings ? *arms[arm].ratings : ratings;
}

bool StudyPhase::has_own_ratings() const {
    return std::any_of(arms.begin(), arms.end(),
                       [](const StudyArm& arm) { return arm.ratings.has_value(); });
}

const char* unit_of(const StudyOutcome& outcome) {
    using Kind = StudyOutcome::Kind;
    switch (outcome.kind) {
        case Kind::share:
        case Kind::share_going_on:
        case Kind::event_free:
        case Kind::share_with_event:
        case Kind::incidence:
        case Kind::share_dropped_out:
        case Kind::share_excluded:
            return "share";
        case Kind::median_time:
        case Kind::median_event_time:
        case Kind::restricted_mean:
            return "days";
        case Kind::hazard_ratio:
            return "ratio";
        case Kind::mean_change:
        case Kind::mean_difference:
            return "points";
        case Kind::effect_size:
            return "sd";
        case Kind::median_infusions:
            return "infusions";
        case Kind::log_rank:
            return outcome.shows == StudyOutcome::Shows::value ? "chi-square"
                   : outcome.shows == StudyOutcome::Shows::p   ? "p"
                                                               : "share";
    }
    return "";
}

namespace {

/// One patient of one study.
class Follower {
  public:
    Follower(const Study& study, const std::vector<Course>& courses, std::uint64_t seed,
             std::uint32_t replication, std::uint32_t patient, const Dates& dates,
             StudyTelling* telling = nullptr, std::vector<std::optional<std::size_t>> arms = {})
        : study_{study},
          seed_{seed},
          replication_{replication},
          patient_{patient},
          telling_{telling},
          arms_{std::move(arms)} {
        const auto& enrolled = study.enrolled[pick(study.enrolled, Purpose::study_course, kCourse)];
        course_ = courses[enrolled.course].symptom(replication);
        CLINICSIM_CHECK(course_ != nullptr, "a study enrols symptom courses", scene());
        // people enrol all through the year
        Engine e = engine(Purpose::arrival, 0);
        now_ = kRunStart + from_ticks(uniform01(e) * static_cast<double>(kYear.count()));
        symptoms_ = Symptoms{*course_, {seed, replication, patient}, now_, dates};
        last_infusion_ = now_;
        untreated_ = path_.scale = own_scale();
        if (telling_ != nullptr) telling_->course = enrolled.course;
        screen(enrolled.course);
    }

    StudyPath run() {
        if (path_.excluded != Exclusion::none) return path_;
        auto& records = path_.phases;
        std::size_t phase = study_.start[pick(study_.start, Purpose::study_course, kStart)].phase;
        for (;;) {
            const PhaseRecord& record = records.emplace_back(one(phase));
            note(StudyNote::What::ended, 0, ArmGets::as_written, records.size() - 1);
            if (record.end != PhaseEnd::finished) return path_;
            const auto& next = study_.phases[phase].next;
            const auto way = std::find_if(next.begin(), next.end(), [&](const auto& n) {
                return n.when.holds(record.ratings, path_.scale);
            });
            if (way == next.end()) return path_;
            phase = way->phase;
        }
    }

  private:
    /// What is drawn once for each patient under Purpose::study_course.
    enum : std::uint64_t { kCourse = 0, kStart = 1, kBaseline = 2 };

    Scale own_scale() const {
        const Scale& scale = study_.scale;
        const double sd = study_.screening.baseline_sd;
        if (sd == 0) return scale;
        Engine e = engine(Purpose::study_course, kBaseline);
        return with_baseline(scale.baseline + sd * standard_normal(e));
    }
    Scale with_baseline(double score) const {
        const Scale& scale = study_.scale;
        constexpr double kLeast = 0.05;  // of the mean: nothing can be counted from 0
        return scale.with_baseline(std::clamp(score, kLeast * scale.baseline, scale.worst) /
                                   scale.baseline);
    }
    double rated_now(double error) {
        const double improvement = symptoms_.rating(now_, error);
        if (!study_.screening.from_screening) return improvement;
        return path_.scale.improvement_at(untreated_.score(improvement));
    }

    void screen(CourseId course) {
        const Screening& rules = study_.screening;
        // a second look at this instant is the same look: who is not screened has the same ratings
        path_.screening_score = untreated_.score(symptoms_.rating(now_, rules.error));
        if (rules.from_screening) path_.scale = with_baseline(path_.screening_score);
        if (std::binary_search(rules.excluded.begin(), rules.excluded.end(), course))
            path_.excluded = Exclusion::course;
        else if ((rules.at_least && path_.screening_score < *rules.at_least) ||
                 (rules.below && path_.screening_score >= *rules.below))
            path_.excluded = Exclusion::score;
        note(StudyNote::What::screened, path_.screening_score);
    }

    /// Of the record that is being made, which is not among the path's yet.
    void note(StudyNote::What what, double value = 0, ArmGets gets = ArmGets::as_written) {
        note(what, value, gets, path_.phases.size());
    }
    void note(StudyNote::What what, double value, ArmGets gets, std::size_t record) {
        if (telling_ != nullptr)
            telling_->notes.push_back({now_, what, record, symptoms_.level(now_), value, gets});
    }
    std::size_t arm_of(const StudyPhase& phase, std::size_t number) const {
        if (number < arms_.size() && arms_[number]) return *arms_[number];
        return pick(phase.arms, Purpose::study_arm, number);
    }

    Scene scene() const { return {now_, patient_}; }
    Engine engine(Purpose purpose, std::uint64_t index) const {
        return Engine{{seed_, replication_, patient_, purpose, index}};
    }
    /// The index of one of several with shares.
    template <class Shared>
    std::size_t pick(const std::vector<Shared>& among, Purpose purpose, std::uint64_t index) const {
        if (among.size() < 2) return 0;
        Engine e = engine(purpose, index);
        std::size_t at = 0;
        for (double rest = uniform01(e) - among[0].share; rest >= 0 && at + 1 < among.size();)
            rest -= among[++at].share;
        return at;
    }
    Instant end_drawn(const std::optional<Distribution>& time, Instant from, std::uint64_t index) {
        if (!time) return kNever;
        Engine e = engine(Purpose::study_censoring, index);
        return later(from, draw_duration(*time, e));
    }

    PhaseRecord one(std::size_t number) {
        const StudyPhase& phase = study_.phases[number];
        PhaseRecord record;
        record.phase = number;
        record.arm = arm_of(phase, number);
        note(StudyNote::What::entered);
        const ArmGets gets = phase.arms.empty() ? ArmGets::as_written : phase.arms[record.arm].gets;
        if (!phase.arms.empty() && phase.arms[record.arm].therapy) {
            note(StudyNote::What::therapy);
            symptoms_.begin_therapy(now_);
        }
        const StudyInfusions* plan = phase.infusions_in(record.arm);
        const StudyRatings& ratings = phase.ratings_in(record.arm);
        const Instant begin = now_;
        const Instant clock = phase.from_last_infusion ? last_infusion_ : begin;
        const Instant end = phase.lasts > Duration{} ? later(begin, phase.lasts) : kNever;
        const Instant censored = end_drawn(phase.censored, begin, 2 * number);
        const Instant dropped_out = end_drawn(phase.drop_out, begin, 2 * number + 1);

        std::vector<Instant> at;  // ratings at instants of their own, the earliest last
        for (std::size_t i = 0; i < ratings.at.size(); ++i) {
            Engine e = engine(Purpose::study_visit, number << 20 | i);
            at.push_back(later(begin, draw_duration(ratings.at[i], e)));
        }
        std::sort(at.rbegin(), at.rend());
        std::uint64_t gaps = 0;
        const auto one_gap_on = [&](Instant from) {
            if (!ratings.every) return kNever;
            Engine e = engine(Purpose::study_visit, number << 20 | 1 << 19 | gaps++);
            return later(from, draw_duration(*ratings.every, e));
        };
        Instant regular = one_gap_on(begin), after_infusion = kNever;
        std::size_t visits = 0;  // at which an infusion could be given
        Instant visit = visit_at(plan, begin, visits, record.infusions, end);
        ScoreCount in_a_row;
        const ScoreRule event = phase.event ? phase.event->on(path_.scale) : ScoreRule{};
        Instant phase_infused = kNever;

        const auto finish = [&](PhaseEnd how, Instant when) {
            record.end = how;
            record.days = in_days(when - clock);
            return record;
        };
        for (;;) {
            const Instant rating =
                std::min({at.empty() ? kNever : at.back(), regular, after_infusion});
            const Instant next = std::min(rating, visit);
            if (next > end || next == kNever) {
                now_ = end == kNever ? now_ : end;
                return finish(PhaseEnd::finished, now_);
            }
            now_ = next;
            if (rating == next) {
                while (!at.empty() && at.back() == now_) at.pop_back();
                if (regular == now_) regular = one_gap_on(now_);
                if (after_infusion == now_) after_infusion = kNever;
                const double y = rated_now(ratings.error);
                record.ratings.push_back(y);
                note(StudyNote::What::rated, y);
                if (phase.event && in_a_row.rated(event, now_, y))
                    return finish(PhaseEnd::event, phase.event_at_first ? in_a_row.first() : now_);
                if (std::min(censored, dropped_out) <= now_)
                    return finish(
                        dropped_out < censored ? PhaseEnd::dropped_out : PhaseEnd::censored, now_);
                if (phase.until && phase.until->holds(y, path_.scale) != phase.until->negated) {
                    record.reached = true;
                    return finish(PhaseEnd::finished, now_);
                }
                continue;
            }
            const bool given = !is_spaced_out(*plan, begin, phase_infused, record.ratings);
            note(given ? StudyNote::What::infused : StudyNote::What::spaced_out,
                 plan->dose_in(*course_), gets);
            if (given) {
                phase_infused = now_;
                if (gets != ArmGets::nothing) {
                    symptoms_.infuse(now_, plan->dose_in(*course_), gets == ArmGets::as_written);
                    last_infusion_ = now_;
                }
                ++record.infusions;
                if (ratings.after_infusion) after_infusion = later(now_, *ratings.after_infusion);
            }
            visit = visit_at(plan, begin, ++visits, record.infusions, end);
            if (given && visit != kNever && phase.leaves_per_infusion > 0) {
                Engine e = engine(Purpose::per_visit_drop_out, number << 20 | visits);
                if (happens(phase.leaves_per_infusion, e))
                    return finish(PhaseEnd::dropped_out, now_);
            }
        }
    }

    /// When the visit number `visit` (from 0) is; kNever: there is none.
    static Instant visit_at(const StudyInfusions* plan, Instant begin, std::size_t visit,
                            std::uint32_t infusions, Instant end) {
        if (plan == nullptr) return kNever;
        if (!plan->at.empty())
            return visit < plan->at.size() ? later(begin, plan->at[visit]) : kNever;
        if (plan->most > 0 && infusions >= plan->most) return kNever;
        const Instant at = later(begin, plan->every * static_cast<std::int64_t>(visit));
        return at < end ? at : kNever;
    }

    /// Whether the visit of this instant passes without an infusion because the patient is well.
    bool is_spaced_out(const StudyInfusions& plan, Instant begin, Instant infused,
                       const std::vector<double>& ratings) const {
        const auto& spaced = plan.spaced;
        return spaced && infused != kNever && now_ >= begin + spaced->after &&
               now_ - infused < spaced->to && spaced->when.holds(ratings, path_.scale);
    }

    const Study& study_;
    std::uint64_t seed_;
    std::uint32_t replication_, patient_;
    const SymptomCourse* course_ = nullptr;
    Instant now_, last_infusion_;
    Symptoms symptoms_;
    Scale untreated_;
    StudyPath path_;
    StudyTelling* telling_;
    std::vector<std::optional<std::size_t>> arms_;  // by phase, instead of the drawn ones
};

}  // namespace

StudyPath follow(const Study& study, const std::vector<Course>& courses, std::uint64_t seed,
                 std::uint32_t replication, std::uint32_t patient, const Dates& dates) {
    return Follower{study, courses, seed, replication, patient, dates}.run();
}

StudyTelling tell(const Study& study, const std::vector<Course>& courses, std::uint64_t seed,
                  std::uint32_t replication, std::uint32_t patient, const Dates& dates,
                  std::vector<std::optional<std::size_t>> arms) {
    StudyTelling telling;
    telling.path =
        Follower{study, courses, seed, replication, patient, dates, &telling, std::move(arms)}
            .run();
    return telling;
}

}  // namespace clinicsim

#include "clinicsim/report/study_story.hpp"

#include <fmt/format.h>

#include "clinicsim/report/table.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

using What = StudyNote::What;

class Teller {
  public:
    Teller(const Study& study, const std::vector<Course>& courses, const StudyTelling& telling)
        : study_{study}, courses_{courses}, telling_{telling} {}

    NamedTrack track(const std::string& name) {
        for (const StudyNote& note : telling_.notes) {
            auto& moment = at(note.at);
            if (!moment.level) moment.level = note.level;
            if (note.what == What::rated) moment.rating = note.value;
            moment.events.push_back(words(note));
        }
        return {name, std::move(moments_), infusions_, relapses_};
    }

  private:
    PatientTrack::Moment& at(Instant when) {
        if (moments_.empty() || moments_.back().at != when) moments_.push_back({when, {}, {}, {}});
        return moments_.back();
    }

    std::string words(const StudyNote& note) {
        switch (note.what) {
            case What::screened:
                return screened(note.value);
            case What::entered:
                return entered(note);
            case What::therapy:
                return "psychotherapy begins";
            case What::infused:
                return infused(note);
            case What::spaced_out:
                return "a visit without an infusion: they are spaced";
            case What::rated:
                return rated(note.value);
            case What::ended:
                return ended(record(note));
        }
        return "";
    }

    const PhaseRecord& record(const StudyNote& note) const {
        return telling_.path.phases[note.record];
    }
    const StudyPhase& phase(const PhaseRecord& of) const { return study_.phases[of.phase]; }

    std::string screened(double score) const {
        const std::string seen = fmt::format("screened: {} {:.1f}, course {}; ", study_.scale.name,
                                             score, courses_[telling_.course].name);
        switch (telling_.path.excluded) {
            case Exclusion::none:
                return seen + "enrolled";
            case Exclusion::course:
                return seen + "not enrolled because of the course";
            case Exclusion::score:
                return seen + "not enrolled because of the score";
        }
        return seen;
    }

    std::string entered(const StudyNote& note) {
        const PhaseRecord& of = record(note);
        const StudyPhase& to = phase(of);
        if (note.record == 0) enrolled_ = note.at;
        return fmt::format("day {:g}: {} begins", in_days(note.at - enrolled_), to.name) +
               (to.arms.empty() ? "" : ", arm " + to.arms[of.arm].name);
    }

    std::string infused(const StudyNote& note) {
        if (note.gets == ArmGets::nothing) return "a visit; this arm gets nothing";
        std::string text = "infusion " + std::to_string(++infusions_) + " is given";
        if (note.value != 1) text += ", dose " + fmt::format("{:g} %", 100 * note.value);
        return text + (note.gets == ArmGets::placebo ? ", without the drug" : "");
    }

    std::string rated(double improvement) const {
        const Scale& scale = telling_.path.scale;
        return fmt::format("{} {:.1f}", scale.name, scale.score(improvement)) +
               (improvement >= scale.remission  ? ", remission"
                : improvement >= scale.response ? ", response"
                                                : "");
    }

    std::string ended(const PhaseRecord& of) {
        const std::string& name = phase(of).name;
        switch (of.end) {
            case PhaseEnd::finished:
                return name + (of.reached ? " ends: what it waited for is reached" : " ends");
            case PhaseEnd::event:
                return fmt::format(
                    "relapse {}, counted on day {:g} of {}", ++relapses_, of.days,
                    phase(of).from_last_infusion ? "the time since the last infusion" : name);
            case PhaseEnd::censored:
                return name + " is followed until here: nothing is known of later";
            case PhaseEnd::dropped_out:
                return "drops out of " + name;
        }
        return "";
    }

    const Study& study_;
    const std::vector<Course>& courses_;
    const StudyTelling& telling_;
    Instant enrolled_;
    std::vector<PatientTrack::Moment> moments_;
    std::uint32_t infusions_ = 0, relapses_ = 0;
};

}  // namespace

NamedTrack study_track(const std::string& name, const Study& study,
                       const std::vector<Course>& courses, const StudyTelling& telling) {
    return Teller{study, courses, telling}.track(name);
}

}  // namespace clinicsim::report

// One patient under two or more policies (or in two or more arms of a study), side by side: the
// latent improvement, which no policy and no clinic sees, the ratings, and what happened.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clinicsim/report/patient_story.hpp"
#include "clinicsim/report/table.hpp"

namespace clinicsim::report {

/// A story that also follows the patient's symptoms, on the patient's weekly grid, at every rating
/// and just before every infusion. Nothing but the story where the course has no symptoms.
class PatientTrack final : public PatientStory {
  public:
    using PatientStory::on;
    using PatientStory::PatientStory;

    void on(const CourseBegan& fact) override;
    void on(const Rated& fact) override;
    void on(const InfusionGiven& fact) override;
    void on(const SideEffectSeen& fact) override;
    void on(const Relapsed& fact) override;
    void on(const CareEnded& fact) override;

    /// What is known of one instant; a level of nothing where there are no symptoms.
    struct Moment {
        Instant at;
        std::optional<double> level, rating;  // improvement, as a share of the baseline score
        std::vector<std::string> events;
        bool operator==(const Moment&) const = default;
    };
    /// In order of time, each instant once.
    std::vector<Moment> moments() const;
    std::uint32_t infusions() const { return infusions_; }
    std::uint32_t relapses() const { return relapses_; }

  private:
    struct Look {
        Instant at;
        std::optional<double> level, rating;
    };
    void look_until(Instant end);

    Symptoms symptoms_;
    bool has_symptoms_ = false, broken_off_ = false, ended_ = false;
    Instant next_look_;
    std::vector<Look> looks_;
    std::uint32_t infusions_ = 0, relapses_ = 0;
};

/// What stands in one of the columns.
struct NamedTrack {
    NamedTrack(std::string name, const PatientTrack* track);
    NamedTrack(std::string name, std::vector<PatientTrack::Moment> moments, std::uint32_t infusions,
               std::uint32_t relapses);

    std::string name;  // of the policy or the arm
    std::vector<PatientTrack::Moment> moments;
    std::uint32_t infusions, relapses;
};

/// The first instant of which the tracks say different things; nothing where they never do.
std::optional<Instant> first_difference(const std::vector<NamedTrack>& tracks);

/// Tracks of one patient, at least one.
std::string patients_side_by_side(const std::vector<NamedTrack>& tracks, const Dates& dates,
                                  const TableStyle& style);
/// at, day (from the start of the run), then for each track NAME: NAME.improvement, NAME.rating,
/// NAME.infusion and NAME.relapse (1 where one is then), NAME.events.
std::string patients_csv(const std::vector<NamedTrack>& tracks, const Dates& dates);

}  // namespace clinicsim::report

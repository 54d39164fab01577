// One patient's story in words, with dates: a Sink that hears a run and writes down what concerns
// one patient.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clinicsim/clinic/model.hpp"

namespace clinicsim::report {

/// "17" is the patient who arrived after 17 others, "s3" the fourth of those in care at the start;
/// nothing where the text is neither.
std::optional<PatientId> parse_patient(const std::string& text);
std::string patient_name(PatientId patient);

class PatientStory : public Sink {
  public:
    /// `model` and `policy` must outlive the story.
    PatientStory(const Model& model, const PolicyModel& policy, PatientId patient);

    /// One line per thing that happened, "2026-02-03 10:40  relapse 2, after 41 days well"; empty
    /// where the run had no such patient.
    std::string text() const;
    /// How many patients arrived in the run.
    std::uint32_t arrived() const { return arrived_; }

    void on(const Referred& fact) override;
    void on(const CareBegan& fact) override;
    void on(const CareEnded& fact) override;
    void on(const InductionBegan& fact) override;
    void on(const InductionEnded& fact) override;
    void on(const ResponseBegan& fact) override;
    void on(const Relapsed& fact) override;
    void on(const EpisodeEnded& fact) override;
    void on(const RelapseSeen& fact) override;
    void on(const VisitStarted& fact) override;
    void on(const PhaseBegan& fact) override;
    void on(const InfusionGiven& fact) override;
    void on(const SideEffectSeen& fact) override;
    void on(const TurnedAway& fact) override;
    void on(const RequestWithdrawn& fact) override;
    void on(const BookingMade& fact) override;
    void on(const NoPlaceFound& fact) override;
    void on(const TransferOffered& fact) override;
    void on(const BookingReleased& fact) override;
    void on(const SeriesBroken& fact) override;
    void on(const SentHome& fact) override;
    void on(const NoShow& fact) override;
    void on(const BoosterMissed& fact) override;
    void on(const StageLeft& fact) override;
    void on(const StillWaiting& fact) override;
    bool wants_phases() const override { return true; }

  protected:
    struct Line {
        Instant at;
        std::string what;
    };
    const std::vector<Line>& lines() const { return lines_; }
    const Model& model() const { return model_; }
    PatientId patient() const { return patient_; }

  private:
    template <class Fact>
    bool concerns(const Fact& fact) const {
        return fact.patient == patient_;
    }
    void line(Instant at, const std::string& what);
    void no_longer_booked(Instant slot);
    std::string group(Group group) const;

    const Model& model_;
    const PolicyModel& policy_;
    PatientId patient_;
    std::uint32_t arrived_ = 0;
    std::uint32_t infusions_ = 0;
    std::uint32_t relapses_ = 0;
    std::optional<Instant> well_since_;
    std::vector<Instant> booked_;           // times to come, of this patient
    std::optional<Instant> infusion_ends_;  // the last that began
    std::vector<Line> lines_;
};

}  // namespace clinicsim::report

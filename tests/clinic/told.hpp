// A sink that tells a run in lines, for tests whose answers can be worked out by hand, and the
// models that such tests share: every length is a constant, so nothing is left to chance.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "small_models.hpp"

namespace clinicsim::test {

using Lines = std::vector<std::string>;

/// Which facts are told: a sum of these.
enum Of : unsigned {
    care = 1,        // referred, care begins and ends
    relapses = 2,    // relapses and ends of episodes
    asking = 4,      // relapses seen
    visits = 8,      // visits started
    infusions = 16,  // infusions given, boosters missed
    spans = 32,      // well and ill
    requests = 64,   // turned away, withdrawn, still waiting
    bookings = 128,  // booked, not shown
    stages = 256,    // ways of the pathway
    chairs = 512,    // chairs held
    inductions = 1024,
    ratings = 2048,
    staff = 4096,         // the staff of a group changes
    held_up = 8192,       // visits that wait in their chairs
    lists = 16384,        // booked times given back and refilled, requests without a place
    chair_kinds = 32768,  // with `chairs`: of which kind
    everything = 16383
};

/// "28d", "28d 09:30", "28d 09:30:00.001".
inline std::string when(Instant at) {
    if (at == kNever) return "never";
    const auto ms = (at - kRunStart).count();
    const auto of_day = ms % 86'400'000;
    std::string result = std::to_string(ms / 86'400'000) + "d";
    char buffer[32] = "";
    if (of_day % 60'000 != 0)
        std::snprintf(buffer, sizeof buffer, " %02d:%02d:%02d.%03d",
                      static_cast<int>(of_day / 3'600'000), static_cast<int>(of_day / 60'000 % 60),
                      static_cast<int>(of_day / 1000 % 60), static_cast<int>(of_day % 1000));
    else if (of_day != 0)
        std::snprintf(buffer, sizeof buffer, " %02d:%02d", static_cast<int>(of_day / 3'600'000),
                      static_cast<int>(of_day / 60'000 % 60));
    return result + buffer;
}

class Told final : public Sink {
  public:
    /// `who`: every line names its patient: p0, p1 for arrivals, s0, s1 for those in care.
    explicit Told(unsigned of, bool who = false) : of_{of}, who_{who} {}
    Lines lines;

    void on(const Referred& f) override { tell(care, f.at, f.patient, "referred"); }
    void on(const CareBegan& f) override { tell(care, f.at, f.patient, "care begins"); }
    void on(const CareEnded& f) override {
        static const char* const why[] = {"pathway",     "dropped out", "left while ill",
                                          "turned away", "side effect", "went elsewhere",
                                          "stayed away"};
        tell(care, f.at, f.patient,
             std::string{"care ends: "} +
                 (f.because == LeftBecause::end_of_run ? "end of run"
                                                       : why[static_cast<int>(f.because)]) +
                 (f.was_in_care ? "" : ", never began"));
    }
    void on(const InductionBegan& f) override {
        tell(inductions, f.at, f.patient, f.repeated ? "induction again" : "induction begins");
    }
    void on(const InductionEnded& f) override {
        tell(inductions, f.at, f.patient,
             std::string{"induction ends: "} + (f.responded ? "responded" : "no response") +
                 (f.finished ? "" : ", unfinished") + ", began " + when(f.began));
    }
    void on(const ResponseBegan& f) override { tell(inductions, f.at, f.patient, "response"); }
    void on(const CareSpan& f) override {
        tell(spans, f.to, f.patient,
             (f.state == CareState::well ? "well since " : "ill since ") + when(f.from));
    }
    void on(const Relapsed& f) override {
        tell(relapses, f.at, f.patient, "relapse " + std::to_string(f.ordinal));
    }
    void on(const EpisodeEnded& f) override {
        tell(relapses, f.at, f.patient, "recovers, ill since " + when(f.onset));
    }
    void on(const RelapseSeen& f) override {
        tell(asking, f.at, f.patient, f.asks ? "seen, will ask" : "seen, will not ask");
    }
    void on(const VisitStarted& f) override {
        tell(visits, f.at, f.patient,
             name(f.kind) + std::string{f.first_visit ? " starts, first visit" : " starts"} +
                 since(f.at, f.wanted) + (f.waits_counted ? "" : ", no wait counted"));
    }
    void on(const InfusionGiven& f) override {
        tell(infusions, f.at, f.patient,
             name(f.kind) + std::string{f.worked ? " works" : " fails"});
    }
    void on(const Rated& f) override {
        char improvement[32];
        std::snprintf(improvement, sizeof improvement, "rated %.3f", f.improvement);
        tell(ratings, f.at, f.patient, improvement);
    }
    void on(const ChairHeld& f) override {
        const std::string kind = of_ & chair_kinds ? " " + std::to_string(f.chair) : "";
        tell(chairs, f.to, f.patient, "chair" + kind + " held since " + when(f.from));
    }
    void on(const VisitHeldUp& f) override {
        tell(held_up, f.to, f.patient,
             "held up since " + when(f.from) + " before " + name(f.before) + " for group " +
                 std::to_string(f.missing));
    }
    /// "08:10 group 0: 2 on duty, 1.5 used", and ", 3 there" where some stay longer.
    void on(const StaffChanged& f) override {
        if (!(of_ & staff)) return;
        char used[32];
        std::snprintf(used, sizeof used, "%g", static_cast<double>(f.used) / kWhole);
        lines.push_back(when(f.at) + " group " + std::to_string(f.group) + ": " +
                        std::to_string(f.on_duty) + " on duty, " + used + " used" +
                        (f.there == f.on_duty ? "" : ", " + std::to_string(f.there) + " there"));
    }
    void on(const TurnedAway& f) override {
        tell(requests, f.at, f.patient,
             name(f.kind) + std::string{" turned away"} + since(f.at, f.wanted));
    }
    void on(const RequestWithdrawn& f) override {
        tell(requests, f.at, f.patient,
             name(f.kind) + std::string{" withdrawn, wanted "} + when(f.wanted));
    }
    void on(const BookingMade& f) override {
        tell(bookings, f.at, f.patient,
             name(f.kind) + std::string{" booked for "} + when(f.slot) + ", wanted " +
                 when(f.wanted));
    }
    void on(const NoPlaceFound& f) override {
        tell(lists, f.at, f.patient, name(f.kind) + std::string{" finds no place"});
    }
    void on(const BookingReleased& f) override {
        static const char* const why[] = {"not needed", "rescue",    "series moved", "rescheduled",
                                          "moved up",   "cancelled", "staff sick"};
        tell(lists, f.at, f.patient,
             name(f.kind) + std::string{" of "} + when(f.slot) +
                 " given back: " + why[static_cast<int>(f.because)]);
    }
    void on(const TransferOffered& f) override {
        tell(lists, f.at, f.patient,
             name(f.kind) + std::string{" offered site "} + std::to_string(f.to) +
                 (f.accepted ? ": accepts" : ": refuses"));
    }
    void on(const SlotRefilled& f) override {
        tell(lists, f.at, f.patient, name(f.kind) + std::string{" refills "} + when(f.slot));
    }
    void on(const SeriesBroken& f) override { tell(lists, f.at, f.patient, "series broken"); }
    void on(const LostForWaiting& f) override { tell(lists, f.at, f.patient, "lost for waiting"); }
    void on(const SentHome& f) override {
        tell(lists, f.at, f.patient,
             name(f.kind) + std::string{" was sent home, came "} + when(f.came) +
                 (f.because == SentHomeBecause::too_late     ? ", too late"
                  : f.because == SentHomeBecause::staff_sick ? ", staff sick"
                                                             : ""));
    }
    void on(const NoShow& f) override {
        tell(bookings, f.at, f.patient, name(f.kind) + std::string{" not shown"});
    }
    void on(const BoosterMissed& f) override { tell(infusions, f.at, f.patient, "booster missed"); }
    void on(const StageLeft& f) override {
        tell(stages, f.at, f.patient,
             "leaves stage " + std::to_string(f.stage) + " by way " + std::to_string(f.way));
    }
    void on(const StillWaiting& f) override {
        tell(requests, f.at, f.patient,
             name(f.kind) + std::string{" still waits, wanted "} + when(f.wanted));
    }

  private:
    static std::string since(Instant at, Instant wanted) {
        return at == wanted ? "" : ", wanted " + when(wanted);
    }
    void tell(Of of, Instant at, PatientId id, const std::string& what) {
        if (!(of_ & of)) return;
        std::string line = when(at) + " ";
        if (who_)
            line += (id < kFirstOfStock ? "p" + std::to_string(id)
                                        : "s" + std::to_string(id - kFirstOfStock)) +
                    " ";
        lines.push_back(line + what);
    }
    unsigned of_;
    bool who_;
};

inline Lines told(const Model& model, const PolicyModel& policy, unsigned of, bool who = false,
                  std::uint32_t replication = 0) {
    Told sink{of, who};
    simulate(model, policy, replication, sink);
    return sink.lines;
}

/// Who responds relapses exactly so long after each infusion that works.
inline RenewalCourse relapses_after(Duration time) {
    RenewalCourse course;
    course.responds = {1.0};
    course.relapse = always(time);
    return course;
}

inline RenewalCourse never_relapses() {
    RenewalCourse course;
    course.responds = {1.0};
    return course;
}

/// One patient in care, treated at the start; a visit lasts 1 hour and holds the chair 30 minutes
/// longer.
inline Model one_in_care(const RenewalCourse& course, Days horizon) {
    Model model = renewal_model(1, course, horizon);
    model.clinic.visits[0].later.infusion = always(1h);
    model.clinic.visits[0].later.turnover = always(30min);
    model.clinic.visits[0].first = model.clinic.visits[0].later;
    return model;
}

/// Patients referred at these instants to an induction of so many visits, a day from the end of one
/// to the next; visits as above.
inline Model referred_at(std::vector<Instant> at, std::uint32_t visits_of_induction,
                         const RenewalCourse& course, Days horizon) {
    Model model = one_in_care(course, horizon);
    model.patients.in_care_at_start = {};
    model.patients.arrivals = ListedArrivals{std::move(at)};
    model.patients.conditions[0].induction = InductionId{0};
    model.patients.inductions = {{"series", visits_of_induction, always(Days{1})}};
    return model;
}

}  // namespace clinicsim::test

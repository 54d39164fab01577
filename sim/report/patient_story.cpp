#include "clinicsim/report/patient_story.hpp"

#include <algorithm>

#include "clinicsim/base/diagnostic.hpp"

namespace clinicsim::report {

namespace {

/// Lengths as people say them: to the minute within two days, else in days and hours.
std::string length(Duration d) {
    if (d >= Days{2}) d = std::chrono::duration_cast<hours>(d + minutes{30});
    return clinicsim::text(std::chrono::duration_cast<minutes>(d));
}
/// As a schedule writes it: to the minute.
std::string when(const Dates& dates, Instant at) {
    return dates.text(kRunStart + std::chrono::floor<minutes>(at - kRunStart));
}
const char* words(VisitKind kind) {
    switch (kind) {
        case VisitKind::induction:
            return "induction visit";
        case VisitKind::booster:
            return "planned booster";
        case VisitKind::rescue:
            return "rescue booster";
    }
    return "";
}

}  // namespace

std::optional<PatientId> parse_patient(const std::string& text) {
    const bool stock = !text.empty() && text[0] == 's';
    const std::string digits = text.substr(stock ? 1 : 0);
    if (digits.empty() || digits.size() > 10 ||
        !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    const unsigned long long number = std::stoull(digits);
    if (number >= kFirstOfStock) return std::nullopt;
    return static_cast<PatientId>(number) + (stock ? kFirstOfStock : 0);
}

std::string patient_name(PatientId patient) {
    return patient >= kFirstOfStock ? "s" + std::to_string(patient - kFirstOfStock)
                                    : std::to_string(patient);
}

PatientStory::PatientStory(const Model& model, const PolicyModel& policy, PatientId patient)
    : model_{model}, policy_{policy}, patient_{patient} {}

void PatientStory::line(Instant at, const std::string& what) {
    const auto after = std::upper_bound(lines_.begin(), lines_.end(), at,
                                        [](Instant t, const Line& one) { return t < one.at; });
    lines_.insert(after, {at, what});
}

std::string PatientStory::text() const {
    std::string all;
    bool measured = model_.warm_up_end <= kRunStart;  // a line has told that the warm-up is over
    for (const Line& one : lines_) {
        if (!measured && one.at >= model_.warm_up_end) {
            if (!all.empty())
                all += when(model_.dates, model_.warm_up_end) + "  (the warm-up ends)\n";
            measured = true;
        }
        all += when(model_.dates, one.at) + "  " + one.what + '\n';
    }
    return all;
}

std::string PatientStory::group(Group group) const {
    std::string text = printable(model_.patients.conditions[group.condition].name);
    if (group.severity < model_.patients.severities.size())
        text += ", " + printable(model_.patients.severities[group.severity].name);
    if (!model_.clinic.sites.empty())
        text += ", home site " + printable(model_.clinic.sites[group.home].name);
    return text;
}

void PatientStory::on(const Referred& fact) {
    arrived_ = std::max(arrived_, fact.patient + 1);
    if (concerns(fact)) line(fact.at, "referred (" + group(fact.group) + ")");
}

void PatientStory::on(const CareBegan& fact) {
    if (!concerns(fact)) return;
    if (patient_ >= kFirstOfStock)
        line(fact.at, "in care from the start (" + group(fact.group) + "), well");
    else
        line(fact.at, "care begins");
}

void PatientStory::on(const InductionBegan& fact) {
    if (!concerns(fact)) return;
    line(fact.at, fact.repeated ? "the induction is repeated" : "the induction begins");
}

void PatientStory::on(const InductionEnded& fact) {
    if (!concerns(fact)) return;
    std::string what = "the induction ends after " + length(fact.at - fact.began);
    what += !fact.finished ? ", not finished"
                           : (fact.responded ? ", with a response" : ", without a response");
    if (fact.remission_known && fact.in_remission) what += " and in remission";
    if (fact.responded) well_since_ = fact.at;
    line(fact.at, what);
}

void PatientStory::on(const ResponseBegan& fact) {
    if (concerns(fact)) well_since_ = fact.at;
}

void PatientStory::on(const Relapsed& fact) {
    if (!concerns(fact)) return;
    ++relapses_;
    std::string what = "relapse " + std::to_string(fact.ordinal) + " begins";
    if (well_since_) what += ", after " + length(fact.at - *well_since_) + " well";
    well_since_.reset();
    line(fact.at, what);
}

void PatientStory::on(const EpisodeEnded& fact) {
    if (!concerns(fact)) return;
    well_since_ = fact.at;
    line(fact.at, "well again, after " + length(fact.at - fact.onset) + " ill");
}

void PatientStory::on(const RelapseSeen& fact) {
    if (!concerns(fact)) return;
    const std::string what = fact.by_score ? "ratings are low" : "the relapse is seen";
    line(fact.at, what + (fact.asks ? "; the patient will ask for a booster"
                                    : "; the patient does not ask for a booster"));
}

void PatientStory::on(const VisitStarted& fact) {
    if (!concerns(fact)) return;
    std::string what = std::string{words(fact.kind)} + " begins";
    if (!model_.clinic.sites.empty())
        what += " at " + printable(model_.clinic.sites[model_.clinic.site_of(fact.chair)].name);
    const Duration waited = fact.at - fact.wanted;
    std::string wait =
        waited >= minutes{1} ? length(waited) + " after it was wanted" : "without a wait";
    // who was sent home has another time since
    const Instant today = kRunStart + std::chrono::floor<Days>(fact.at - kRunStart);
    booked_.erase(
        std::remove_if(booked_.begin(), booked_.end(), [&](Instant slot) { return slot < today; }),
        booked_.end());
    const auto booked = std::min_element(booked_.begin(), booked_.end());
    if (booked != booked_.end()) {
        const Duration late = fact.at - *booked;
        wait = late >= minutes{1}    ? length(late) + " after the booked time"
               : -late >= minutes{1} ? length(-late) + " before the booked time"
                                     : "at the booked time";
        // of a later visit of an induction the wanted time is a plan of the clinic's own
        if (fact.waits_counted && waited >= minutes{1} && *booked - fact.wanted >= minutes{1})
            wait += " (" + length(waited) + " after it was wanted)";
        booked_.erase(booked);
    }
    line(fact.at, what + ", " + wait);
}

void PatientStory::on(const PhaseBegan& fact) {
    if (concerns(fact) && fact.phase == VisitPhase::infusion) infusion_ends_ = fact.until;
}

void PatientStory::no_longer_booked(Instant slot) {
    const auto at = std::find(booked_.begin(), booked_.end(), slot);
    if (at != booked_.end()) booked_.erase(at);
}

void PatientStory::on(const InfusionGiven& fact) {
    if (!concerns(fact)) return;
    ++infusions_;
    std::string what = "infusion " + std::to_string(infusions_) + " is given";
    if (!fact.drug) what += " without the drug";
    if (fact.kind != VisitKind::induction && fact.shows)
        what += fact.worked ? " and works" : " and does not work";
    // the fact comes with the end of the visit, when it is known whether the infusion worked
    line(std::min(fact.at, infusion_ends_.value_or(fact.at)), what);
    infusion_ends_.reset();
}

void PatientStory::on(const SideEffectSeen& fact) {
    if (!concerns(fact)) return;
    line(fact.at, "side effect: " + model_.patients.side_effects[fact.which].name +
                      (fact.ends_infusion ? ", the infusion is broken off" : "") +
                      (fact.stops_treatment ? ", no more infusions" : ""));
}

void PatientStory::on(const TurnedAway& fact) {
    if (!concerns(fact)) return;
    const Duration waited = fact.at - fact.wanted;
    line(fact.at,
         std::string{words(fact.kind)} + ": " +
             (waited > Duration::zero() ? "leaves unserved after waiting for " + length(waited)
                                        : "turned away, the waiting room is full"));
}

void PatientStory::on(const RequestWithdrawn& fact) {
    if (concerns(fact)) line(fact.at, std::string{words(fact.kind)} + " is no longer asked for");
}

void PatientStory::on(const BookingMade& fact) {
    if (!concerns(fact)) return;
    booked_.push_back(fact.slot);
    line(fact.at, std::string{words(fact.kind)} + " booked for " + when(model_.dates, fact.slot));
}

void PatientStory::on(const NoPlaceFound& fact) {
    if (concerns(fact))
        line(fact.at, std::string{words(fact.kind)} + ": the book is full, waits for a time");
}

void PatientStory::on(const TransferOffered& fact) {
    if (!concerns(fact)) return;
    line(fact.at, std::string{words(fact.kind)} + ": a long wait, is offered a time at " +
                      printable(model_.clinic.sites[fact.to].name) +
                      (fact.accepted ? " and takes it" : " and stays"));
}

void PatientStory::on(const BookingReleased& fact) {
    if (!concerns(fact)) return;
    no_longer_booked(fact.slot);
    const auto why = [&]() -> const char* {
        switch (fact.because) {
            case ReleasedBecause::not_needed:
                return " is given back";
            case ReleasedBecause::rescue:
                return " makes way for a rescue";
            case ReleasedBecause::series_moved:
                return " moves with the series";
            case ReleasedBecause::rescheduled:
                return " is moved at the patient's wish";
            case ReleasedBecause::moved_up:
                return " is given up for an earlier one";
            case ReleasedBecause::cancelled:
                return " is cancelled by the patient";
            case ReleasedBecause::staff_sick:
                return " is called off by the clinic, for staff are sick";
        }
        return "";
    };
    line(fact.at, std::string{words(fact.kind)} + " of " + when(model_.dates, fact.slot) + why());
}

void PatientStory::on(const SeriesBroken& fact) {
    if (concerns(fact)) line(fact.at, "the spacing of the series cannot be kept");
}

void PatientStory::on(const SentHome& fact) {
    if (!concerns(fact)) return;
    if (fact.because == SentHomeBecause::too_late)
        line(fact.at, std::string{words(fact.kind)} + ": comes too late and is not seen");
    else
        line(fact.at,
             std::string{words(fact.kind)} + ": came " + when(model_.dates, fact.came) +
                 " and was sent home, for " +
                 (fact.because == SentHomeBecause::staff_sick ? "staff were sick and " : "") +
                 "nobody was left to begin it");
}

void PatientStory::on(const NoShow& fact) {
    if (!concerns(fact)) return;
    no_longer_booked(fact.at);
    line(fact.at, std::string{words(fact.kind)} + ": does not come");
}

void PatientStory::on(const BoosterMissed& fact) {
    if (concerns(fact)) line(fact.at, "a planned booster is due; the patient does not come");
}

void PatientStory::on(const StageLeft& fact) {
    if (!concerns(fact) || fact.way < 0) return;
    using By = PolicyChoice::By;
    const std::size_t which = policy_.choice.by == By::nothing     ? 0
                              : policy_.choice.by == By::condition ? fact.group.condition
                                                                   : fact.group.severity;
    const Pathway& pathway = policy_.pathways[which];
    const Stage& from = pathway[fact.stage];
    const Way& way = from.ways[static_cast<std::size_t>(fact.way)];
    line(fact.at, printable("from " + from.name + " to " + pathway[way.to].name));
}

void PatientStory::on(const StillWaiting& fact) {
    if (!concerns(fact)) return;
    line(fact.at, std::string{words(fact.kind)} + ": still waiting, since " +
                      when(model_.dates, fact.wanted));
}

void PatientStory::on(const CareEnded& fact) {
    if (!concerns(fact)) return;
    const auto reason = [&]() -> std::string {
        switch (fact.because) {
            case LeftBecause::pathway:
                return "leaves care at the end of the pathway";
            case LeftBecause::dropped_out:
                return "drops out";
            case LeftBecause::left_while_ill:
                return "leaves care while ill";
            case LeftBecause::side_effect:
                return "stops: a side effect forbids more infusions";
            case LeftBecause::turned_away:
                return "leaves: the first visit could not be had";
            case LeftBecause::went_elsewhere:
                return "goes elsewhere: no first visit could be had in time";
            case LeftBecause::stayed_away:
                return "leaves: did not keep the first appointment and made no other";
            case LeftBecause::end_of_run:
                return fact.was_in_care ? "the run ends, the patient is still in care"
                                        : "the run ends before a first visit";
        }
        return "";
    };
    std::string what = reason();
    if (fact.was_in_care)
        what += ": in care for " + length(fact.at - fact.since) + ", " +
                std::to_string(infusions_) + (infusions_ == 1 ? " infusion, " : " infusions, ") +
                std::to_string(relapses_) + (relapses_ == 1 ? " relapse" : " relapses");
    line(fact.at, what);
}

}  // namespace clinicsim::report

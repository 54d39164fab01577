// The laws of conservation, in every run and not in tests alone: nobody, no chair and no booking
// gets lost, and the integral of the number waiting is the sum of the waits, to the tick (Little
// 1961). They are integers and exact, and hold between any two events.
//
// The patients are counted once in 16 events for each of them, and at the end: a broken law is
// found soon after the event that broke it. On scenarios/bench/common_clinic_small.yaml this takes
// 0.13 % of a run's instructions (callgrind, 314,499 of 229,583,310).
#include <string>

#include "run.hpp"

namespace clinicsim {

Census ClinicRun::take_census() const {
    Census found;
    for (Slot slot = 0; slot < patients_.size(); ++slot) {
        const Patient& p = patients_[slot];
        if (!p.present) continue;
        if (p.where == Patient::Where::in_chair) ++found.in_chairs;
        if (p.where == Patient::Where::waiting) {
            ++found.in_line;
            found.ticks_waiting += static_cast<std::uint64_t>((now() - p.place_since).count());
        }
        if (!booked_) continue;
        found.on_the_way += p.where == Patient::Where::coming && p.request.booked == kNever;
        found.pending += (p.request.booked != kNever) + (p.planned_slot != kNever);
        for (const Request& visit : series_[slot]) found.pending += visit.booked != kNever;
        if (rules_ != nullptr)
            found.pending += bookings_[slot].rest.size() + bookings_[slot].planned_rest.size();
    }
    return found;
}

void ClinicRun::check_conservation() {
    count_line();
    const Census here = take_census();
    std::uint64_t made = 0, cancelled = 0;
    for (const AppointmentBook& book : books_) {
        made += book.made();
        cancelled += book.cancelled();
    }
    // the words and the patient are looked for only where a law is broken
    const auto law = [&](const char* text) {
        return std::string{text} + " (the laws of conservation held at " +
               std::to_string(in_days(lawful_ - kRunStart)) + " days)";
    };
    CLINICSIM_CHECK(here.in_line == line_.waiting(), law("who waits is in the line"),
                    Scene{now(), misplaced()});
    CLINICSIM_CHECK(chairs_.busy() == here.in_chairs + ledger_.turnovers,
                    law("every busy chair has a patient or is being made ready"),
                    Scene{now(), misplaced()});
    CLINICSIM_CHECK(!booked_ || ledger_.attended == count_.visits + ledger_.sent_home +
                                                        ledger_.withdrawn + here.in_line +
                                                        here.on_the_way,
                    law("who came was seen, went home unseen, changed their mind or waits"),
                    Scene{now(), misplaced()});
    CLINICSIM_CHECK(made == ledger_.attended + ledger_.missed + cancelled + here.pending,
                    law("booked = attended + missed + cancelled + pending"),
                    Scene{now(), misplaced()});
    CLINICSIM_CHECK(ledger_.lacking_ticks <= ledger_.line_ticks,
                    law("who waits for staff alone is one of those who wait"),
                    Scene{now(), misplaced()});
    CLINICSIM_CHECK(ledger_.line_ticks == ledger_.wait_ticks + here.ticks_waiting,
                    law("the integral of the number waiting is the sum of the waits"),
                    Scene{now(), misplaced()});
    lawful_ = now();
    events_since_laws_ = 0;
}

/// Nobody who was called off is lost to the clinic, but those who go elsewhere.
void ClinicRun::check_called_off(const Claim& claim) const {
    const Patient& p = patients_[claim.slot];
    if (!p.present || p.id != claim.id) return;
    bool has_time = false;
    switch (claim.line) {
        case Line::series:
            has_time = !series_[claim.slot].empty();
            break;
        case Line::request:
            has_time = p.request.booked != kNever || !series_[claim.slot].empty();
            break;
        case Line::planned:
            has_time = p.planned_slot != kNever;
            break;
    }
    // without rules nobody waits for a time, and a book that is closed for years has none
    const bool waits =
        rules_ == nullptr || bookings_[claim.slot].waits[static_cast<std::size_t>(claim.line)];
    CLINICSIM_CHECK(has_time || waits,
                    "who is called off has another time, waits for one, or has left",
                    Scene{now(), p.id});
}

/// The first patient whose place disagrees with the line, the visits under way or the clock; nobody
/// where the fault lies elsewhere.
PatientId ClinicRun::misplaced() {
    std::vector<bool> in_line(patients_.size()), seated(patients_.size());
    line_.serve([&](const WaitingLine::Entry& entry) {
        const Patient& p = patients_[entry.who];
        if (p.where == Patient::Where::waiting && p.hold == entry.ticket) in_line[entry.who] = true;
        return WaitingLine::Turn::waits;
    });
    for (const UnderWay& visit : under_way_)
        if (visit.plan != nullptr && visit.phase != VisitPhase::turnover) seated[visit.slot] = true;
    for (Slot slot = 0; slot < patients_.size(); ++slot) {
        const Patient& p = patients_[slot];
        const bool waits = p.present && p.where == Patient::Where::waiting;
        const bool sits = p.present && p.where == Patient::Where::in_chair;
        const bool overdue =
            sits && knows_ends_ && Instant{Duration{static_cast<std::int64_t>(p.hold)}} < now();
        if (waits != in_line[slot] || overdue || (staffed_ && sits != seated[slot])) return p.id;
    }
    return Scene{}.patient;
}

}  // namespace clinicsim

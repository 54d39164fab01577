// Visits that did not happen as they were wanted or booked: patients who did not come or could not
// be seen, bookings moved, called off, cancelled and refilled.
#pragma once

#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

class AttendanceObserver {
  public:
    AttendanceObserver(const Window& window, const GroupGrid& grid)
        : window_{window}, grid_{grid}, cells_(grid.cells()) {}

    void on(const NoShow& fact) {
        cells_[grid_.cell(fact.group)].no_shows += window_.contains(fact.at);
    }
    void on(const TurnedAway& fact) {
        cells_[grid_.cell(fact.group)].turned_away += window_.contains(fact.at);
    }

    void on(const NoPlaceFound& fact) {
        cells_[grid_.cell(fact.group)].no_place_found += window_.contains(fact.at);
    }
    void on(const BookingReleased& fact) {
        if (!window_.contains(fact.at)) return;
        AttendanceTally& cell = cells_[grid_.cell(fact.group)];
        using Because = ReleasedBecause;
        cell.cancelled += fact.because == Because::cancelled;
        cell.rescheduled += fact.because == Because::rescheduled;
        if (fact.because == Because::staff_sick) {
            ++cell.called_off;
            ++cell.called_off_the_day;
            called_off_ = {fact.at, fact.slot, fact.patient};
        }
        cell.moved += fact.because != Because::cancelled && fact.because != Because::not_needed;
    }
    void on(const BookingMade& fact) {
        if (fact.at != called_off_.at || fact.patient != called_off_.patient) return;
        const auto day_of = [](Instant at) { return (at - kRunStart) / Days{1}; };
        if (day_of(fact.slot) == day_of(called_off_.slot))
            --cells_[grid_.cell(fact.group)].called_off_the_day;
        called_off_ = {};
    }
    void on(const SlotRefilled& fact) {
        cells_[grid_.cell(fact.group)].refilled += window_.contains(fact.at);
    }
    void on(const SeriesBroken& fact) {
        cells_[grid_.cell(fact.group)].series_broken += window_.contains(fact.at);
    }
    void on(const TransferOffered& fact) {
        if (!window_.contains(fact.at)) return;
        AttendanceTally& cell = cells_[grid_.cell(fact.group)];
        ++cell.transfers_offered;
        cell.transfers += fact.accepted;
    }
    void on(const SentHome& fact) {
        if (!window_.contains(fact.at)) return;
        AttendanceTally& cell = cells_[grid_.cell(fact.group)];
        ++cell.sent_home;
        cell.sent_home_late += fact.because == SentHomeBecause::too_late;
        cell.sent_home_sick += fact.because == SentHomeBecause::staff_sick;
    }
    void on(const LostForWaiting& fact) {
        cells_[grid_.cell(fact.group)].lost_for_waiting += window_.contains(fact.at);
    }

    const std::vector<AttendanceTally>& cells() const { return cells_; }

  private:
    /// The last visit that was, until it is booked again: at the same instant, or later.
    struct CalledOff {
        Instant at = kNever, slot = kNever;
        PatientId patient = 0;
    } called_off_;
    Window window_;
    GroupCells grid_;
    std::vector<AttendanceTally> cells_;
};

}  // namespace clinicsim

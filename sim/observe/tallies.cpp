#include "clinicsim/observe/tallies.hpp"

namespace clinicsim {

void WaitTally::add(const WaitTally& other) {
    ticks.merge(other.ticks);
    visits += other.visits;
    ticks_of_visits += other.ticks_of_visits;
    waited += other.waited;
    kept += other.kept;
    broken += other.broken;
}

void WaitsTally::add(const WaitsTally& other) {
    for (std::size_t kind = 0; kind < kVisitKinds; ++kind) of_kind[kind].add(other.of_kind[kind]);
    still_waiting += other.still_waiting;
    room_ticks.merge(other.room_ticks);
    ticks_in_room += other.ticks_in_room;
    visits += other.visits;
    late += other.late;
}

void CareTally::add(const CareTally& other) {
    referrals += other.referrals;
    started += other.started;
    dropouts += other.dropouts;
    left_while_ill += other.left_while_ill;
    stopped_by_side_effects += other.stopped_by_side_effects;
    side_effects += other.side_effects;
    broken_off += other.broken_off;
    lost += other.lost;
    at_start += other.at_start;
    at_end += other.at_end;
    patient_ticks += other.patient_ticks;
}

void CourseTally::add(const CourseTally& other) {
    inductions_ended += other.inductions_ended;
    inductions_responded += other.inductions_responded;
    inductions_with_scores += other.inductions_with_scores;
    inductions_in_remission += other.inductions_in_remission;
    inductions_repeated += other.inductions_repeated;
    relapses += other.relapses;
    well_ticks += other.well_ticks;
    ill_ticks += other.ill_ticks;
    responder_ticks += other.responder_ticks;
    for (std::size_t kind = 0; kind < kVisitKinds; ++kind) infusions[kind] += other.infusions[kind];
    booster_ticks += other.booster_ticks;
    boosted += other.boosted;
    mean_booster_ticks += other.mean_booster_ticks;
    ratings += other.ratings;
    ratings_in_response += other.ratings_in_response;
}

void AttendanceTally::add(const AttendanceTally& other) {
    no_shows += other.no_shows;
    turned_away += other.turned_away;
    no_place_found += other.no_place_found;
    moved += other.moved;
    rescheduled += other.rescheduled;
    called_off += other.called_off;
    called_off_the_day += other.called_off_the_day;
    cancelled += other.cancelled;
    refilled += other.refilled;
    series_broken += other.series_broken;
    lost_for_waiting += other.lost_for_waiting;
    transfers_offered += other.transfers_offered;
    transfers += other.transfers;
    sent_home += other.sent_home;
    sent_home_late += other.sent_home_late;
    sent_home_sick += other.sent_home_sick;
}

void EverybodyTally::add(const EverybodyTally& other) {
    looks += other.looks;
    in_response += other.in_response;
    millionths += other.millionths;
}

void ChairKindTally::add(const ChairKindTally& other) {
    held_open += other.held_open;
    held_closed += other.held_closed;
    visits += other.visits;
}

void StaffTally::add(const StaffTally& other) {
    on_duty += other.on_duty;
    used += other.used;
    overtime += other.overtime;
    held_up += other.held_up;
    awaited += other.awaited;
}

void PatientTallies::add(const PatientTallies& other) {
    waits.add(other.waits);
    care.add(other.care);
    course.add(other.course);
    attendance.add(other.attendance);
    everybody.add(other.everybody);
}

PatientTallies RunTallies::everybody() const {
    PatientTallies sum;
    for (const auto& cell : cells) sum.add(cell);
    return sum;
}

namespace {

/// Of the cells whose `coordinate` is `which`.
template <class Coordinate>
PatientTallies sum_where(const RunTallies& tallies, Coordinate coordinate, std::size_t which) {
    PatientTallies sum;
    for (std::size_t cell = 0; cell < tallies.cells.size(); ++cell)
        if (coordinate(cell) == which) sum.add(tallies.cells[cell]);
    return sum;
}

}  // namespace

PatientTallies RunTallies::of_condition(std::size_t condition) const {
    CLINICSIM_CHECK(condition < grid.conditions, "the results are split by condition");
    return sum_where(
        *this, [&](std::size_t cell) { return cell / grid.severities % grid.conditions; },
        condition);
}

PatientTallies RunTallies::of_severity(std::size_t severity) const {
    CLINICSIM_CHECK(severity < grid.severities, "the results are split by severity");
    return sum_where(
        *this, [&](std::size_t cell) { return cell % grid.severities; }, severity);
}

PatientTallies RunTallies::of_site(std::size_t site) const {
    CLINICSIM_CHECK(site < grid.sites, "the results are split by site");
    return sum_where(
        *this, [&](std::size_t cell) { return cell / (grid.severities * grid.conditions); }, site);
}

}  // namespace clinicsim

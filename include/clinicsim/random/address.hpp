// Where a random draw lives. A draw is named by what it is for, never by how many draws came before
// it, and never by the policy: so the same patient meets the same luck under every policy, and a
// draw, a visit or a patient more moves nobody else's draws.
#pragma once

#include <cstdint>

namespace clinicsim {

/// What a draw decides. The numbers are part of every address: a new purpose takes the next free
/// one, and none is ever renumbered or reused.
enum class Purpose : std::uint8_t {
    arrival = 0,
    condition = 1,
    severity = 2,
    traits = 3,
    response = 4,
    remission = 5,
    frailty = 6,
    therapy = 7,
    drop_out = 8,
    visit = 9,
    induction_gap = 10,
    relapse = 11,
    works = 12,
    loss = 13,
    asks = 14,
    asks_after = 15,
    seen_by_others = 16,
    missed = 17,
    no_show = 18,
    patience = 19,
    pair_gap = 20,
    per_visit_drop_out = 21,
    screening = 22,
    branch = 23,
    stock_spread = 24,
    symptom_traits = 25,
    stress = 26,
    stress_kept = 27,
    recovery = 28,
    new_phase = 29,
    rating = 30,
    rating_done = 31,
    study_arm = 32,
    study_censoring = 33,
    study_visit = 34,
    study_course = 35,
    side_effect = 36,
    search = 37,           // calibrate: patient is the walker, replication the generation
    sick_leave = 38,       // patient is the group and the person, the index the day
    chair_breakdown = 39,  // patient is the kind and the chair, the index its n-th
    lifestyle = 40,
    booking_preference = 41,
    attendance = 42,
    books_again = 43,
    booking_patience = 44,
    waiting_list_call = 45,
    home_site = 46,
    transfer = 47,     // the index is the visit, and how often it was tried in vain
    punctuality = 48,  // the index is that of the attendance
    test = 255,
};

struct Address {
    std::uint64_t seed = 0;         // of the whole experiment; 0 is as good as any other
    std::uint32_t replication = 0;  // the same number means the same patients
    std::uint32_t patient = 0;      // arrivals count from 0, those in care at the start from 2^31
    Purpose purpose = Purpose::test;
    std::uint64_t index = 0;  // ordinal of the thing drawn for, or its instant; below 2^48

    bool operator==(const Address&) const = default;
};

}  // namespace clinicsim

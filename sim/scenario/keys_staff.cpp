// Rows of what a visit needs: phases with their needs, staff, shifts, and what happens to chairs.
#include "keys.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array kVisitPhaseRows{
    KeyRow{"takes", "distribution", "how long the phase lasts; absent: as it is elsewhere", "",
           "{triangular: {min: 40 min, mode: 45 min, max: 60 min}}"},
    KeyRow{
        "needs", "map of portion or 'present' or 'on call'",
        "what the phase occupies of each group of staff or equipment from its start to its end, so "
        "that nurse: 1 leaves a nurse no other patient; present: somebody is there when it "
        "starts, and is not used up; on call, of an infusion: the same, and one of them comes for "
        "as long as a side effect holds the visit up (patients.side_effects); until somebody is "
        "free to come the patient waits, and keeps the others",
        "", "{nurse: 1/3, monitor: 1, prescriber: on call}"},
};

constexpr std::array kStaffGroupRows{
    KeyRow{"shifts", "list of {shift}", "who works when; shifts add up", "required",
           "[{people: 2, days: mon-fri, hours: \"08:00-16:00\"}]"},
    KeyRow{"sick", "share",
           "share of the working days that each person is sick, one day independent of another; "
           "nobody stands in",
           "0 %", "3 %"},
};

constexpr std::array kShiftRows{
    KeyRow{"people", "whole number 1..1000", "who work these hours", "1", "2"},
    KeyRow{"site", "name | map of name",
           "with sites: where they work; or by weekday, which says their working days, too", "",
           "{\"mon,wed\": north, tue: south}"},
    KeyRow{"days", "weekdays", "working days; absent: every day that the clinic is open", "",
           "\"mon,wed\""},
    KeyRow{"hours", "hours", "working hours; absent: the opening hours", "", "\"08:00-16:00\""},
    KeyRow{"break", "hours",
           "nobody new is taken on in it; with a patient who needs them they stay. A "
           "break is no hour on duty, so that it is not paid",
           "", "\"12:00-12:30\""},
    KeyRow{"from", "date", "first day of this shift; absent: from the beginning", "", "2027-06-01"},
    KeyRow{"until", "date", "last day of this shift; absent: to the end", "", "2027-12-31"},
    KeyRow{"away", "list of date range",
           "leave, on top of the days on which the clinic is closed. Wages are for hours on duty: "
           "leave that is paid belongs into costs.payroll",
           "[]", "[2026-08-10 to 2026-08-21]"},
};

constexpr std::array kChairChangeRows{
    KeyRow{"from", "date", "the first day with these chairs", "required", "2027-06-01"},
    KeyRow{"site", "name", "with sites: where", "", "north"},
    KeyRow{"chairs", "whole number 0..10000 | map of whole number 0..10000",
           "how many there are then; kinds that are not named stay as many", "required", "8"},
};

constexpr std::array kBreakdownRows{
    KeyRow{"every", "distribution",
           "of each chair: from the end of one breakdown to the next, closed hours included",
           "required", "{exponential: {mean: 2 years}}"},
    KeyRow{"lasts", "distribution", "until it can be used again, closed hours included", "required",
           "3 days"},
};

}  // namespace

constinit const Section kVisitPhaseSection{
    "visit_phase", "clinic.visit.preparation",
    "a phase of a visit: how long, and what it needs besides the chair", kVisitPhaseRows};
constinit const Section kStaffGroupSection{
    "staff_group", "clinic.staff.NAME", "people who can stand in for each other", kStaffGroupRows};
constinit const Section kShiftSection{"shift", "clinic.staff.NAME.shifts",
                                      "people who work the same hours", kShiftRows};

constinit const Section kChairChangeSection{"chair_change", "clinic.changes",
                                            "chairs that come or go on a date", kChairChangeRows};
constinit const Section kBreakdownsSection{
    "breakdowns", "clinic.breakdowns", "chairs that are out of order now and then", kBreakdownRows};

}  // namespace clinicsim::reading

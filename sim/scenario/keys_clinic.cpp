// Rows of the clinic's sections.
#include "keys.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array kClinicRows{
    KeyRow{"chairs", "whole number 1..10000 | 'unlimited' | map of whole number 0..10000",
           "infusion chairs; or of several kinds, by name", "(none, required without sites)", "6"},
    KeyRow{"sites", "map of {site}",
           "several places to treat at, each with chairs and opening hours of its own, which are "
           "not said here then; staff may work at one and at another",
           "",
           "{north: {chairs: 4, open: {mon-fri: \"08:00-17:00\"}, patients: 60 %}, south: {chairs: "
           "2, open: {\"tue,thu\": \"09:00-17:00\"}, patients: 40 %}}"},
    KeyRow{"changes", "list of {chair_change}", "chairs that come or go on a date", "[]",
           "[{from: 2027-06-01, chairs: 8}]"},
    KeyRow{"breakdowns", "{breakdowns}", "chairs that are out of order now and then", "",
           "{every: {exponential: {mean: 2 years}}, lasts: 3 days}"},
    KeyRow{
        "open", "'always' | map of opening hours",
        "opening hours by day: mon, or a range or list such as mon-fri, \"mon,wed\"; two stretches "
        "leave a break",
        "always", "{mon-fri: \"08:00-17:00\"}"},
    KeyRow{"holidays", "list of yearly days",
           "days of every year on which the clinic is closed, single or from one to another", "[]",
           "[\"07-04\", \"12-24 to 01-01\"]"},
    KeyRow{"closed", "list of date range",
           "dates on which the clinic is closed in one year; those of every year are holidays",
           "[]", "[2026-08-03, 2026-08-10 to 2026-08-14]"},
    KeyRow{"visit", "{visit}", "how long a visit holds a chair", "required",
           "{preparation: 10 min, infusion: 40 min, recovery: 30 min, turnover: 10 min}"},
    KeyRow{
        "staff", "map of whole number 1..1000 or {staff_group}",
        "who works here: so many in all opening hours, or shifts; the phases of a visit say whom "
        "they need",
        "{}", "{nurse: 2}"},
    KeyRow{"equipment", "map of whole number 1..1000 or map of whole number 0..1000",
           "devices that the phases of a visit need; always there; with sites, so many at each",
           "{}", "{monitor: 4}"},
    KeyRow{"access", "one of walk_in, booked",
           "walk_in: who is due comes and waits for a chair; booked: visits have appointments",
           "walk_in", "booked"},
    KeyRow{"closing", "one of refuse, finish",
           "refuse: a visit starts only if its mean length ends by closing time; finish: it may "
           "start until closing, and overtime is counted",
           "(refuse for walk_in, finish for booked)", "finish"},
    KeyRow{"priority", "list of one of rescue, induction, booster | 'none'",
           "who goes first where several wait; none: in order of arrival",
           "[rescue, induction, booster]", "[rescue, induction, booster]"},
    KeyRow{"patience", "distribution",
           "walk_in: who has waited that long leaves unserved; absent: waits", "",
           "{exponential: {mean: 2 hours}}"},
    KeyRow{"waiting_room", "whole number 0..1000000",
           "walk_in: places; who finds them taken is turned away; absent: no limit", "", "12"},
    KeyRow{"attendance", "{attendance}", "booked: who does not come", "{}", "{no_show: 7 %}"},
    KeyRow{"arrival", "{arrival}",
           "booked: who comes before the booked time, and who after it; absent: everybody comes on "
           "time",
           "", "{late: {share: 5 %, by: {exponential: {mean: 10 min}}}}"},
    KeyRow{
        "booking", "{booking}",
        "booked: by which rules appointments are given; absent: every visit by itself, the first "
        "free time, as far ahead as it takes",
        "", "{horizon: 12 weeks, held_for_rescue: {share: 15 %}}"},
    KeyRow{
        "on_sick_days", "one of call_off, nobody_is_called",
        "booked: what the clinic does on the morning of a day on which staff are sick. call_off: "
        "an "
        "hour before the doors open (assumed) it counts what those who are there can carry; who "
        "goes first by priority keeps the time, a series or pair that has begun before one that "
        "has not, then who wanted it first; the others are phoned, all are reached, and get the "
        "next time that will do, and until evening nobody gets one that those who are there cannot "
        "carry. nobody_is_called: the day stays booked as if all were there, and whom nobody can "
        "see waits and is sent home in the evening",
        "(call_off; with a template, which counts no staff, nobody_is_called)", "call_off"},
    KeyRow{"slot", "duration over 0",
           "booked: planned length of an appointment; absent: the visit's mean length with "
           "turnover, rounded up to 5 minutes",
           "", "90 min"},
};

constexpr std::array kVisitPartsRows{
    KeyRow{
        "chairs", "name | list of name",
        "kinds of chairs that may be used, the one liked best first; absent: as for other visits",
        "", "[recliner, private_room]"},
    KeyRow{"preparation", "distribution | {visit_phase}", "before the infusion", "", "10 min"},
    KeyRow{"infusion", "distribution | {visit_phase}", "the infusion itself", "",
           "{triangular: {min: 40 min, mode: 45 min, max: 60 min}}"},
    KeyRow{"recovery", "distribution | {visit_phase}", "after the infusion, in the chair", "",
           "{uniform: {min: 20 min, max: 30 min}}"},
    KeyRow{"turnover", "distribution | {visit_phase}",
           "until the chair is free for the next patient", "", "10 min"},
};

constexpr std::array kVisitRows{
    KeyRow{"preparation", "distribution | {visit_phase}", "before the infusion", "0 min", "10 min"},
    KeyRow{"infusion", "distribution | {visit_phase}", "the infusion itself", "0 min",
           "{triangular: {min: 40 min, mode: 45 min, max: 60 min}}"},
    KeyRow{"recovery", "distribution | {visit_phase}", "after the infusion, in the chair", "0 min",
           "{uniform: {min: 20 min, max: 30 min}}"},
    KeyRow{"turnover", "distribution | {visit_phase}",
           "until the chair is free for the next patient", "0 min", "10 min"},
    KeyRow{"chairs", "name | list of name",
           "kinds of chairs that may be used, the one liked best first; absent: any", "",
           "[recliner, private_room]"},
    KeyRow{"first_visit", "{visit_parts}", "parts that differ in a patient's first visit", "{}",
           "{preparation: 30 min}"},
    KeyRow{"conditions", "map of {visit_condition}",
           "parts that differ for a condition; they go before those of first_visit", "{}",
           "{chronic_pain: {infusion: 4 h}}"},
};

constexpr std::array kVisitConditionRows{
    KeyRow{"chairs", "name | list of name",
           "kinds of chairs that may be used, the one liked best first; absent: as for other "
           "conditions",
           "", "[recliner, private_room]"},
    KeyRow{"preparation", "distribution | {visit_phase}", "before the infusion", "", "20 min"},
    KeyRow{"infusion", "distribution | {visit_phase}", "the infusion itself", "", "4 h"},
    KeyRow{"recovery", "distribution | {visit_phase}", "after the infusion, in the chair", "",
           "1 h"},
    KeyRow{"turnover", "distribution | {visit_phase}",
           "until the chair is free for the next patient", "", "15 min"},
    KeyRow{"first_visit", "{visit_parts}", "parts that differ in a first visit for this condition",
           "{}", "{preparation: 45 min}"},
};

}  // namespace

constinit const Section kClinicSection{"clinic", "clinic", "chairs, opening hours, visits, access",
                                       kClinicRows};
constinit const Section kVisitSection{"visit", "clinic.visit", "how long a visit holds a chair",
                                      kVisitRows};
constinit const Section kVisitPartsSection{"visit_parts", "clinic.visit.first_visit",
                                           "parts of a visit that differ", kVisitPartsRows};
constinit const Section kVisitConditionSection{"visit_condition", "clinic.visit.conditions.NAME",
                                               "parts of a visit that differ for a condition",
                                               kVisitConditionRows};

}  // namespace clinicsim::reading

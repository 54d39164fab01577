// Rows of clinic.booking and clinic.attendance.
#include "keys.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array kBookingRows{
    KeyRow{
        "rule", "one of first_free, best_fit, level_day",
        "where on its day a visit goes. first_free: as early as possible; best_fit: into the "
        "shortest free stretch that takes it; level_day: where the fewest chairs are promised at "
        "its busiest moment. The day is the first that has a place",
        "first_free", "level_day"},
    KeyRow{"horizon", "duration over 0",
           "how far ahead is booked, 1 to 366 days; what finds no time waits on a list and is "
           "tried again every midnight and whenever a time is given back",
           "12 weeks", "12 weeks"},
    KeyRow{"grid", "duration over 0", "times of the book; divides a day, 1 minute or more", "5 min",
           "15 min"},
    KeyRow{
        "staff", "one of on_average, by_phase",
        "how many visits the staff on duty can carry. by_phase: a time is given only where there "
        "is staff for every phase of the visit beside what is booked; on_average: by what a "
        "visit takes of them on average, so that many may start at once and some wait in the "
        "room. With a template, which says itself how many start: on_average",
        "by_phase", "on_average"},
    KeyRow{"held_for_rescue", "{held_time}",
           "chair time of every day that only rescues may book until shortly before", "",
           "{share: 15 %, released: 24 hours}"},
    KeyRow{"overbook", "share | 'expected_no_shows'",
           "chair time promised beyond what there is: whole chairs all day and one more for the "
           "day's first hours. expected_no_shows: so much that with the no-shows of later visits "
           "(of who is well, booked at short notice) the chairs are just full",
           "0 %", "expected_no_shows"},
    KeyRow{"waiting_list", "{waiting_list}",
           "a time that is given back is offered by phone to those who have to come a day later or "
           "more than they wanted, if they like it; once at most about the same visit. A pair or "
           "an induction that has not begun moves up as a whole, with its spacing and no visit "
           "on a later day",
           "", "{calls: 3, accepts: 50 %, notice: 24 hours}"},
    KeyRow{"series", "{series}",
           "an induction is booked whole: the gap between visits as days in the calendar, from the "
           "induction's shortest to its longest",
           "{}", "{within: 4 weeks}"},
    KeyRow{"transfers", "{transfers}",
           "with sites: who would wait long at the home site is offered a time at another one", "",
           "{after: 7 days, accepts: 60 %, halves_every: 30 min}"},
    KeyRow{"preferences", "list of {preference}",
           "weekdays and hours that a share of the patients likes; the rest likes all. Rescues are "
           "taken as they come",
           "[]", "[{share: 30 %, days: mon-wed, hours: \"08:00-12:00\", waits: 7 days}]"},
    KeyRow{
        "template", "one of individual, bailey_welch, blocks | map of whole number 0..10000",
        "how many visits may start when, on every open day, instead of a chair for every visit. "
        "individual: one per chair every slot; bailey_welch: the last slot's visits come at "
        "opening; blocks: so many slots' visits together; or times with numbers. The first three "
        "need clinic.slot",
        "", "{\"08:00\": 2, \"09:00\": 1, \"10:00\": 1}"},
    KeyRow{"block", "whole number 2..100", "template: blocks: how many slots' visits come together",
           "2", "3"},
};

constexpr std::array kHeldRows{
    KeyRow{"share", "share",
           "of every day's chair time: whole chairs all day, and one more for the day's last hours",
           "required", "15 %"},
    KeyRow{"released", "duration", "so long before, everybody may book it", "24 hours", "24 hours"},
};

constexpr std::array kWaitingListRows{
    KeyRow{"calls", "whole number 1..1000", "patients called about one time at most (assumed)", "3",
           "5"},
    KeyRow{"accepts", "share", "chance that who is called takes the time (assumed)", "50 %",
           "30 %"},
    KeyRow{"notice", "duration", "a time nearer than this is offered to nobody (assumed)",
           "24 hours", "2 hours"},
    KeyRow{
        "planned_boosters", "yes/no",
        "whether they are called for planned boosters, too; each takes a time that a series may "
        "need, and the time that it leaves is a month ahead: in clinics/six_chairs.yaml with 3.6 "
        "new patients a week and nobody sick, the wait for an induction went from 6.4 days "
        "without a list to 25.8 (6 replications), and boosters came no sooner",
        "no", "yes"},
};

constexpr std::array kSeriesRows{
    KeyRow{"within", "duration over 0", "from the day of the first visit to that of the last",
           "4 weeks", "3 weeks"},
};

constexpr std::array kPreferenceRows{
    KeyRow{"share", "share", "of the patients, drawn once for each", "required", "30 %"},
    KeyRow{"days", "text", "weekdays such as mon, mon-wed or \"tue,thu\"", "mon-sun", "mon-wed"},
    KeyRow{"hours", "opening hours", "the whole visit lies inside", "00:00-24:00",
           "\"08:00-12:00\""},
    KeyRow{"waits", "duration",
           "a liked time is taken if it is at most so much later than the first time that there is",
           "7 days", "14 days"},
};

constexpr std::array kAttendanceRows{
    KeyRow{"no_show", "share | {visit_chance}",
           "share of booked visits to which nobody comes. By itself: who does not come books again "
           "at once",
           "(0 %, or as like says)", "7 %"},
    KeyRow{"first_visit", "share", "the same for a patient's first visit",
           "(as no_show, or as like says)", "12 %"},
    KeyRow{
        "like", "one of infusion_centre, psychiatry",
        "published values for what is not named. infusion_centre: no_show 5 % (median of a survey "
        "of 2019, advisory.com 2020/02). psychiatry: no_show 9.8 %, first visits 24.9 % (PubMed "
        "21187299), and 71.1 % of those who missed a visit book again by themselves "
        "(doi:10.1007/s11126-022-09983-6)",
        "", "psychiatry"},
    KeyRow{"late_cancel", "share | {visit_chance}",
           "share of booked visits that the patient cancels shortly before; no published value",
           "0 %", "4 %"},
    KeyRow{"cancel_notice", "distribution",
           "how long before (assumed); who was booked at shorter notice than that comes or stays "
           "away",
           "(uniform from 1 to 48 hours)", "24 hours"},
    KeyRow{"reschedule", "share | {visit_chance}",
           "share of booked visits for which the patient asks for a later time; no published value",
           "0 %", "6 %"},
    KeyRow{"reschedule_notice", "distribution", "how long before (assumed)",
           "(uniform from 2 to 14 days)", "5 days"},
    KeyRow{
        "books_again", "share",
        "of those who did not come or cancelled. Who does not: a first visit is lost, a later "
        "visit of an induction is its end, a planned booster is due again an interval later, and "
        "a rescue is asked for again",
        "(100 %, or as like says)", "71.1 %"},
    KeyRow{"reminders", "{reminder}", "lower no-shows of visits that were booked early enough", "",
           "{before: 2 days, lower_no_shows_by: 30 %}"},
    KeyRow{"patience", "distribution",
           "from the referral to a first visit: who is offered none by then goes elsewhere "
           "(lost_for_waiting); absent: waits",
           "", "{exponential: {mean: 6 weeks}}"},
};

constexpr std::array kVisitChanceRows{
    KeyRow{"share", "share", "of booked visits", "required", "7 %"},
    KeyRow{"first_visit", "share", "of first visits instead", "", "20 %"},
    KeyRow{"induction", "share", "of later visits of an induction instead", "", "4 %"},
    KeyRow{"booster", "share", "of planned boosters instead", "", "7 %"},
    KeyRow{"rescue", "share", "of rescues instead", "", "2 %"},
    KeyRow{"when_ill", "number 0..100",
           "times so much while the patient is in an episode (assumed)", "1", "1.5"},
    KeyRow{"lead", "list of {lead_time}",
           "times so much where the visit was booked longer ago; the longest that is passed counts",
           "[]", "[{over: 7 days, times: 1.2}, {over: 30 days, times: 1.5}]"},
};

constexpr std::array kLeadTimeRows{
    KeyRow{"over", "duration", "from the booking to the booked time", "required", "7 days"},
    KeyRow{"times", "number 0..100", "factor on the share", "required", "1.2"},
};

constexpr std::array kArrivalRows{
    KeyRow{"early", "{off_time}",
           "who comes before the booked time, though not before the doors open; published: 84 % of "
           "410,808 visits to outpatient clinics (doi:10.1186/s12913-023-10379-w), 15 % more than "
           "30 min (doi:10.1186/s12913-018-3057-2)",
           "", "{share: 84 %, by: {exponential: {mean: 15 min}}}"},
    KeyRow{"late", "{off_time}",
           "who comes after the booked time, though not after closing time, and is seen when a "
           "chair and the staff are free; published: 5.1 % of 1,353 visits to an outpatient clinic "
           "(doi:10.1186/s12913-018-3057-2)",
           "", "{share: 5 %, by: {exponential: {mean: 10 min}}}"},
    KeyRow{"at_most", "duration over 0",
           "earlier or later nobody comes: what is drawn longer is that long (assumed)", "1 hour",
           "30 min"},
    KeyRow{"starts", "one of booked_time, when_free",
           "early comers. booked_time: are seen at the booked time at the earliest, and wait till "
           "then uncounted; when_free: join the line when they come, in which who was booked for "
           "that moment may be behind them",
           "booked_time", "when_free"},
    KeyRow{"refused_after", "duration over 0",
           "who comes later than this after the booked time is not seen, and books again as who "
           "missed the visit does; absent: everybody is seen",
           "", "30 min"},
};

constexpr std::array kOffTimeRows{
    KeyRow{"share", "share", "of booked visits to which somebody comes", "required", "5 %"},
    KeyRow{"by", "distribution", "how much (no published distribution: assumed)", "required",
           "{exponential: {mean: 10 min}}"},
};

constexpr std::array kReminderRows{
    KeyRow{"before", "duration", "sent so long before the visit, to who is booked by then",
           "2 days", "2 days"},
    KeyRow{"lower_no_shows_by", "share", "of the no-shows that there would have been", "required",
           "30 %"},
};

}  // namespace

constinit const Section kBookingSection{"booking", "clinic.booking",
                                        "by which rules appointments are given", kBookingRows};
constinit const Section kHeldSection{"held_time", "clinic.booking.held_for_rescue",
                                     "chair time kept for rescues", kHeldRows};
constinit const Section kWaitingListSection{"waiting_list", "clinic.booking.waiting_list",
                                            "who is called about a time that was given back",
                                            kWaitingListRows};
constinit const Section kSeriesSection{"series", "clinic.booking.series",
                                       "how an induction is booked", kSeriesRows};
constinit const Section kPreferenceSection{"preference", "clinic.booking.preferences.N",
                                           "times that some patients like", kPreferenceRows};
constinit const Section kAttendanceSection{"attendance", "clinic.attendance",
                                           "who comes to what is booked. Any key but no_show and "
                                           "first_visit brings clinic.booking with it",
                                           kAttendanceRows};
constinit const Section kVisitChanceSection{"visit_chance", "clinic.attendance.no_show",
                                            "a share of booked visits, by what they are",
                                            kVisitChanceRows};
constinit const Section kLeadTimeSection{"lead_time", "clinic.attendance.no_show.lead.N",
                                         "what a long time from booking to visit changes",
                                         kLeadTimeRows};
constinit const Section kArrivalSection{"arrival", "clinic.arrival",
                                        "when who comes to a booked visit does", kArrivalRows};
constinit const Section kOffTimeSection{"off_time", "clinic.arrival.late",
                                        "who does not come on time, and by how much", kOffTimeRows};
constinit const Section kReminderSection{"reminder", "clinic.attendance.reminders",
                                         "reminders before a visit", kReminderRows};

}  // namespace clinicsim::reading

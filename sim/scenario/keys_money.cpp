// Rows of the sections on what a clinic promises, charges and pays.
#include "keys.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array kPromisesRows{
    KeyRow{"induction", "duration", "from the referral to the first visit", "", "2 weeks"},
    KeyRow{"booster", "duration", "from a planned booster's due time to its visit", "", "3 days"},
    KeyRow{"rescue", "duration", "from the asking to the visit", "", "7 days"},
};

constexpr std::array kCostsRows{
    KeyRow{"currency", "text", "in which all money of this file is, and that of the results",
           "required", "USD"},
    KeyRow{"price", "{price}", "what the clinic is paid", "required",
           "{induction: 475, booster: 475, rescue: 475, first_visit: 250, no_show: 0}"},
    KeyRow{"staff", "map of {costs_staff}", "whose wages are paid, by group", "required",
           "{nurse: {people: 3, wage: 45}}"},
    KeyRow{"overtime", "number 1..10", "factor on wages after closing time", "required", "1.5"},
    KeyRow{"chair_month", "number 0..1e12", "per chair and month: its room, monitor and upkeep",
           "required", "900"},
    KeyRow{"supplies", "number 0..1e12", "per infusion: drug, line and what else is used up",
           "required", "40"},
    KeyRow{"no_show", "number 0..1e12",
           "what a no-show costs beside the empty chair, such as a drug made ready", "required",
           "0"},
    KeyRow{"payroll", "number 1..3",
           "factor on all wages for what the employer pays on top: taxes, insurance, pension; 1 "
           "where the wages have it in them",
           "1", "1.25"},
    KeyRow{"fixed_month", "number 0..1e12",
           "per month, whatever the clinic does: rent, insurance, administration", "0", "9000"},
};

constexpr std::array kPriceRows{
    KeyRow{"induction", "number 0..1e12", "per infusion of an induction", "required", "475"},
    KeyRow{"booster", "number 0..1e12", "per planned booster infusion", "required", "475"},
    KeyRow{"rescue", "number 0..1e12", "per infusion asked for because of a relapse", "required",
           "475"},
    KeyRow{"first_visit", "number 0..1e12",
           "for a patient's first visit, beside its infusion: the consultation", "required", "250"},
    KeyRow{"no_show", "number 0..1e12", "what a patient pays who does not come", "required", "0"},
};

constexpr std::array kCostsStaffRows{
    KeyRow{"people", "number 0..10000",
           "how many are paid for the opening hours, halves allowed; they stay until the last "
           "chair is ready",
           "(required, but of a group of clinic.staff, whose hours on duty are paid)", "3"},
    KeyRow{"wage", "number 0..1e12",
           "per person and hour; costs.payroll adds what the employer pays on top", "required",
           "45"},
    KeyRow{"sick_paid", "share",
           "part of the wage that is paid for hours missed by sickness (clinic.staff, sick); "
           "assumed: all",
           "100 %", "60 %"},
};

}  // namespace

constinit const Section kPromisesSection{
    "promises", "promises", "the longest waits that the clinic promises", kPromisesRows};
constinit const Section kCostsSection{"costs", "costs", "what the clinic charges and pays",
                                      kCostsRows};
constinit const Section kPriceSection{"price", "costs.price", "what the clinic is paid",
                                      kPriceRows};
constinit const Section kCostsStaffSection{"costs_staff", "costs.staff.NAME",
                                           "people whose wages are paid", kCostsStaffRows};

}  // namespace clinicsim::reading

// What a clinic promises its patients, what it charges and what it pays. Plain values: nothing of
// it changes a run, but metrics are made from it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clinicsim/clinic/clinic_plan.hpp"

namespace clinicsim {

/// [VisitKind] the longest wait from wanted to the start of the visit; none: nothing is promised.
using Promises = std::array<std::optional<Duration>, kVisitKinds>;

/// Money is in `currency`.
struct CostPlan {
    std::string currency;
    std::array<double, kVisitKinds> price{};  // [VisitKind] per infusion given
    double first_visit = 0;                   // per patient, beside the first infusion
    double no_show_fee = 0;                   // that the patient pays
    struct Staff {
        std::string group;
        double people = 0;  // paid for all opening hours, and until the last chair is ready
        double wage = 0;    // per person and hour
        /// A group of the clinic's staff, whose hours on duty are paid instead.
        std::optional<StaffGroupId> on_duty{};
        double sick_paid = 1;  // share of the wage for planned hours that sickness took
        bool operator==(const Staff&) const = default;
    };
    std::vector<Staff> staff;
    double overtime = 1;      // factor on wages after closing time
    double chair_month = 0;   // per chair and month (a twelfth of 365.25 days)
    double supplies = 0;      // per infusion given
    double no_show_loss = 0;  // that the clinic bears
    double payroll = 1;       // factor on all wages: what an employer pays on top of them
    double fixed_month = 0;   // per month, whatever the clinic does
    bool operator==(const CostPlan&) const = default;
};

}  // namespace clinicsim

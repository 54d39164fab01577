// What the clinic promises, charges and pays.
#include <algorithm>
#include <array>

#include "clinicsim/clinic/sites.hpp"
#include "draft.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::size_t kLongestCurrency = 12;
constexpr std::array<std::string_view, kVisitKinds> kKinds{"induction", "booster", "rescue"};

double amount(MapReader& map, std::string_view key) {
    const Value value = map.take(key);
    return value ? value.number() : 0;
}

std::string currency_of(const Value& value) {
    const std::string text = value ? value.text() : "";
    const bool letters = std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return c > ' ' && c != 0x7f && !(c >= '0' && c <= '9');
    });
    if (value && value.is_scalar() && (text.empty() || text.size() > kLongestCurrency || !letters))
        value.misfit("a word such as USD, EUR or €");
    return text;
}

/// Who works in the clinic's shifts is paid for them, everybody else for the opening hours.
void read_staff_costs(Draft& draft, const Value& staff, CostPlan& costs) {
    const ClinicPlan& clinic = draft.model().clinic;
    const auto known = staff_names(clinic);
    std::vector<bool> paid(known.size());
    for (const auto& [name, value] : staff.named()) {
        MapReader map{value, kCostsStaffSection};
        CostPlan::Staff group;
        group.group = name;
        const auto at = std::find(known.begin(), known.end(), name);
        const bool on_roster = at != known.end();
        const auto which = static_cast<std::size_t>(at - known.begin());
        if (on_roster) {
            map.unfit("people", "clinic says how many work and when; their hours are paid");
            paid[which] = true;
            if (clinic.staff[first_group(clinic, which)].is_equipment())
                map.fault("equipment is paid no wage");
        } else {
            if (!map.has("people")) map.missing("people");
            group.people = amount(map, "people");
            if (clinic.sites.size() > 1 && map.readable())
                map.fault("sites open at different hours, so the hours of " + name +
                          " must be said: name " + name + " in clinic.staff");
        }
        group.wage = amount(map, "wage");
        if (!on_roster || clinic.staff[first_group(clinic, which)].is_equipment())
            map.unfit("sick_paid", "only who works in clinic.staff is ever sick");
        else if (const Value paid_sick = map.take("sick_paid"))
            group.sick_paid = paid_sick.share();
        if (!on_roster) {
            costs.staff.push_back(group);
            continue;
        }
        for (std::size_t site = 0; site < clinic.number_of_sites(); ++site) {
            group.on_duty = static_cast<StaffGroupId>(first_group(clinic, which) + site);
            costs.staff.push_back(group);
        }
    }
    for (std::size_t i = 0; i < known.size(); ++i)
        if (!paid[i] && !clinic.staff[first_group(clinic, i)].is_equipment())
            staff.fault("the wage of " + known[i] +
                        " is missing, who works in clinic.staff, such as " + known[i] +
                        ": {wage: 45}");
}

}  // namespace

void read_promises(Draft& draft, const Value& value) {
    if (!value) return;
    MapReader map{value, kPromisesSection};
    for (std::size_t kind = 0; kind < kVisitKinds; ++kind)
        if (const Value longest = map.take(kKinds[kind]))
            draft.model().promises[kind] = longest.duration();
}

void read_costs(Draft& draft, const Value& value) {
    if (!value) return;
    MapReader map{value, kCostsSection};
    CostPlan& costs = draft.model().costs.emplace();
    costs.currency = currency_of(map.take("currency"));
    if (const Value prices = map.take("price")) {
        MapReader price{prices, kPriceSection};
        for (std::size_t kind = 0; kind < kVisitKinds; ++kind)
            costs.price[kind] = amount(price, kKinds[kind]);
        costs.first_visit = amount(price, "first_visit");
        costs.no_show_fee = amount(price, "no_show");
    }
    if (const Value staff = map.take("staff")) read_staff_costs(draft, staff, costs);
    costs.overtime = amount(map, "overtime");
    costs.chair_month = amount(map, "chair_month");
    costs.supplies = amount(map, "supplies");
    costs.no_show_loss = amount(map, "no_show");
    if (const Value factor = map.take("payroll")) costs.payroll = factor.number();
    costs.fixed_month = amount(map, "fixed_month");
    if (!draft.model().clinic.chairs && !draft.context.has_faults())
        draft.context.warn(value.node().place, value.path(),
                           "what unlimited chairs cost is not known: only the revenue is told");
}

}  // namespace clinicsim::reading

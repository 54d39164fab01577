#include "clinicsim/clinic/opening_hours.hpp"

#include <algorithm>

namespace clinicsim {

bool is_closed(const OpeningRule& rule, Date date) {
    const bool holiday = std::any_of(
        rule.holidays.begin(), rule.holidays.end(),
        [&](const YearlyDay& day) { return day.month == date.month() && day.day == date.day(); });
    return holiday || std::any_of(rule.closed.begin(), rule.closed.end(), [&](const auto& range) {
               return range.first <= date && date <= range.second;
           });
}

OpeningHours::OpeningHours(const OpeningRule& rule, const Dates& dates, Instant until)
    : always_{rule.always} {
    if (always_) return;
    const std::int64_t days = (until - kRunStart) / Days{1} + 1 + kCalendarMargin.count();
    Duration open{};
    for (std::int64_t day = 0; day < days; ++day) {
        const Instant midnight = kRunStart + Days{day};
        first_of_day_.push_back(static_cast<std::uint32_t>(stretches_.size()));
        if (is_closed(rule, dates.date_of(midnight))) continue;
        for (const DayHours& part : rule.week[dates.weekday_of(midnight).c_encoding()]) {
            const Stretch stretch{midnight + part.from, midnight + part.to};
            // a clinic open through midnight has one stretch, not two that touch
            if (!stretches_.empty() && stretches_.back().to == stretch.from)
                stretches_.back().to = stretch.to;
            else {
                stretches_.push_back(stretch);
                open_before_.push_back(open);
            }
            open += stretch.to - stretch.from;
        }
    }
}

std::size_t OpeningHours::index_at_or_after(Instant at) const {
    const auto day = static_cast<std::size_t>((at - kRunStart) / Days{1});
    if (day >= first_of_day_.size()) return stretches_.size();
    // the stretch before the day's first one may reach over midnight
    std::size_t i = first_of_day_[day];
    if (i > 0 && stretches_[i - 1].to > at) return i - 1;
    while (i < stretches_.size() && stretches_[i].to <= at) ++i;
    return i;
}

bool OpeningHours::is_open(Instant at) const {
    if (always_) return true;
    const std::size_t i = index_at_or_after(at);
    return i < stretches_.size() && stretches_[i].from <= at;
}

OpeningHours::Stretch OpeningHours::stretch_at_or_after(Instant at) const {
    if (always_) return {kRunStart, kNever};
    const std::size_t i = index_at_or_after(at);
    return i < stretches_.size() ? stretches_[i] : Stretch{kNever, kNever};
}

Duration OpeningHours::open_before(Instant at) const {
    if (always_) return at - kRunStart;
    const std::size_t i = index_at_or_after(at);
    if (i == stretches_.size())
        return stretches_.empty()
                   ? Duration{}
                   : open_before_.back() + (stretches_.back().to - stretches_.back().from);
    return open_before_[i] + std::max(Duration{}, at - stretches_[i].from);
}

std::vector<OpeningHours> opening_hours(const ClinicPlan& clinic, const Dates& dates,
                                        Instant until) {
    std::vector<OpeningHours> sites;
    for (std::size_t site = 0; site < clinic.number_of_sites(); ++site)
        sites.emplace_back(clinic.open_at(static_cast<SiteId>(site)), dates, until);
    return sites;
}

}  // namespace clinicsim

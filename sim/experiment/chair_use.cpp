#include "clinicsim/experiment/chair_use.hpp"

#include <array>
#include <cstdio>
#include <numeric>

#include "clinicsim/base/check.hpp"

namespace clinicsim {

namespace {

constexpr double kTicksPerHour = 3'600'000;

ChairUsePart part_of(std::string at, std::span<const ChairTime> replications, std::size_t states) {
    ChairUsePart part{std::move(at), 0, {}, {}};
    const auto share_of = [&](const auto& ticks_of) {
        std::vector<Ratio> shares;
        for (const ChairTime& time : replications)
            shares.push_back({static_cast<double>(ticks_of(time)) / kTicksPerHour,
                              static_cast<double>(time.open()) / kTicksPerHour});
        return ratio_estimate(shares);
    };
    for (std::size_t state = 0; state < states; ++state)
        part.shares.push_back(
            share_of([state](const ChairTime& time) { return time.ticks[state]; }));
    part.used = share_of([](const ChairTime& time) { return time.used(); });
    for (const ChairTime& time : replications)
        part.open_hours += static_cast<double>(time.open()) / kTicksPerHour;
    part.open_hours /= static_cast<double>(replications.size());
    return part;
}

std::string hour_text(std::size_t hour_of_week) {
    constexpr std::array kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    char text[16];
    std::snprintf(text, sizeof text, "%s %02d:00", kDays[hour_of_week / 24],
                  static_cast<int>(hour_of_week % 24));
    return text;
}

}  // namespace

ChairUse chair_use_of(std::span<const ChairUseTally> replications,
                      std::span<const std::string> months, std::vector<std::string> states) {
    CLINICSIM_CHECK(!replications.empty(), "something was run");
    ChairUse use;
    use.states = std::move(states);
    std::vector<ChairTime> all(replications.size());
    const auto part = [&](const std::string& at, const auto& time_of) {
        std::vector<ChairTime> times;
        for (const ChairUseTally& tally : replications) times.push_back(time_of(tally));
        return part_of(at, times, use.states.size());
    };
    for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour) {
        for (std::size_t r = 0; r < all.size(); ++r) all[r].add(replications[r].hours[hour]);
        ChairUsePart found =
            part(hour_text(hour), [hour](const ChairUseTally& tally) { return tally.hours[hour]; });
        if (found.open_hours > 0) use.hours.push_back(std::move(found));
    }
    for (std::size_t month = 0; month < months.size(); ++month) {
        ChairUsePart found = part(
            months[month], [month](const ChairUseTally& tally) { return tally.months.at(month); });
        if (found.open_hours > 0) use.months.push_back(std::move(found));
    }
    use.all = part_of("", all, use.states.size());
    return use;
}

}  // namespace clinicsim

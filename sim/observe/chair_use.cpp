#include "clinicsim/observe/chair_use.hpp"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "clinicsim/base/check.hpp"
#include "clinicsim/clinic/chair_calendar.hpp"

namespace clinicsim {

namespace {

int month_number(const Date& date) {
    return static_cast<int>(date.year()) * 12 + static_cast<int>(unsigned{date.month()}) - 1;
}

constexpr std::size_t index(ChairState state) { return static_cast<std::size_t>(state); }

std::size_t hour_of_week(const Dates& dates, Instant at) {
    const auto day = dates.weekday_of(at).iso_encoding() - 1;  // 0 = Monday
    const auto since_midnight = (at - kRunStart) % Days{1};
    return day * 24 + static_cast<std::size_t>(since_midnight / hours{1});
}

}  // namespace

std::vector<std::string> chair_states(const ClinicPlan& clinic) {
    std::vector<std::string> states{"preparation", "infusion",        "recovery", "turnover",
                                    "no_show",     "held_for_rescue", "broken",   "idle"};
    CLINICSIM_CHECK(states.size() == kFirstHeldUp, "every state has its name");
    for (const StaffGroup& group : clinic.staff) states.push_back("held_up." + group.name);
    return states;
}

std::int64_t ChairTime::open() const {
    return std::accumulate(ticks.begin(), ticks.end(), std::int64_t{0});
}

std::int64_t ChairTime::used() const {
    return std::accumulate(ticks.begin(), ticks.begin() + kVisitPhases, std::int64_t{0}) +
           std::accumulate(ticks.begin() + kFirstHeldUp, ticks.end(), std::int64_t{0});
}

void ChairTime::add(const ChairTime& other) {
    for (std::size_t state = 0; state < kChairStates; ++state) ticks[state] += other.ticks[state];
}

void ChairUseTally::add(const ChairUseTally& other) {
    for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour) hours[hour].add(other.hours[hour]);
    for (std::size_t month = 0; month < months.size(); ++month)
        months[month].add(other.months[month]);
}

std::vector<std::string> months_of(const Model& model) {
    std::vector<std::string> months;
    const int last = month_number(model.dates.date_of(model.end - Duration{1}));
    for (int month = month_number(model.dates.date_of(model.warm_up_end)); month <= last; ++month) {
        char text[32];
        std::snprintf(text, sizeof text, "%04d-%02d", month / 12, month % 12 + 1);
        months.emplace_back(text);
    }
    return months;
}

ChairUseObserver::ChairUseObserver(const Model& model, std::uint32_t replication,
                                   const OpeningHours& open, SiteId site)
    : open_{&open},
      dates_{model.dates},
      from_{model.warm_up_end},
      to_{model.end},
      first_month_{month_number(model.dates.date_of(model.warm_up_end))},
      reached_{kRunStart},
      holds_time_{model.clinic.booking && model.clinic.booking->held > 0} {
    CLINICSIM_CHECK(model.clinic.chairs.has_value(), "what is idle is known of limited chairs");
    for (std::size_t kind = 0; kind < model.clinic.kinds_of_chairs(); ++kind) {
        if (model.clinic.site_of(kind) != site) continue;
        planned_.push_back(chairs_over_time(model.clinic, kind, model.dates, model.end));
        working_.push_back(chairs_over_time(model.clinic, kind, model.dates, model.end,
                                            BreakdownDraws{model.seed, replication}));
    }
    tally_.months.resize(months_of(model).size());
}

/// One chair.
void ChairUseObserver::in_use(std::size_t state, Instant from, Instant to) {
    for_each_open_hour(from, to, [&](Instant begin, Instant end) {
        ChairTime time;
        time.ticks[state] = (end - begin).count();
        add(time, begin);
    });
}

void ChairUseObserver::on(const HeldTimeUnused& fact) {
    advance(fact.to);
    std::erase_if(idle_today_, [&](const Idle& piece) { return piece.to <= fact.from; });
    for (const Idle& piece : idle_today_) {
        const Instant from = std::max(piece.from, fact.from), to = std::min(piece.to, fact.to);
        if (from >= to) continue;
        ChairTime moved;
        moved.ticks[index(ChairState::held_for_rescue)] =
            std::min<std::int64_t>(piece.chairs, fact.chairs) * (to - from).count();
        moved.ticks[index(ChairState::idle)] = -moved.ticks[index(ChairState::held_for_rescue)];
        add(moved, from);
    }
}

ChairUseTally ChairUseObserver::finish() {
    advance(to_);
    for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour)
        CLINICSIM_CHECK(tally_.hours[hour].used() == taken_[hour],
                        "a chair in use is in a phase of a visit or held up in one", Scene{to_});
    return tally_;
}

/// Brings the tally up to `to`, through everything that ends before.
void ChairUseObserver::advance(Instant to) {
    while (!ends_.empty() && ends_.top().at <= to) {
        const End end = ends_.top();
        ends_.pop();
        spend(end.at);
        --(now_.*end.of);
    }
    spend(to);
}

/// The levels hold until `to`.
void ChairUseObserver::spend(Instant to) {
    for_each_open_hour(reached_, to, [this](Instant from, Instant end) {
        while (from < end) {
            const Chairs& chairs = chairs_at(from);
            const Instant until = std::min(end, chairs.until);
            count(chairs, from, until);
            from = until;
        }
    });
    reached_ = std::max(reached_, to);
}

template <class Piece>
void ChairUseObserver::for_each_open_hour(Instant from, Instant to, Piece piece) const {
    from = std::max(from, from_);
    to = std::min(to, to_);
    while (from < to) {
        const auto stretch = open_->stretch_at_or_after(from);
        const Instant end = std::min(to, stretch.to);
        for (Instant at = std::max(from, stretch.from); at < end;) {
            const Instant next_hour = kRunStart + hours{(at - kRunStart) / hours{1} + 1};
            piece(at, std::min(end, next_hour));
            at = next_hour;
        }
        from = end;
    }
}

const ChairUseObserver::Chairs& ChairUseObserver::chairs_at(Instant at) {
    if (at < chairs_.until) return chairs_;
    chairs_ = {0, 0, kNever};
    const auto total = [&](const std::vector<CapacityCalendar>& kinds) {
        std::int64_t sum = 0;
        for (const CapacityCalendar& kind : kinds) {
            sum += kind.at(at);
            chairs_.until = std::min(chairs_.until, kind.next(at).at);
        }
        return sum;
    };
    chairs_.planned = total(planned_);
    chairs_.working = total(working_);
    return chairs_;
}

/// Inside one hour of the opening time.
void ChairUseObserver::count(const Chairs& chairs, Instant from, Instant to) {
    CLINICSIM_CHECK(now_.taken >= 0, "visits end after they began", Scene{from});
    const std::int64_t empty = std::max(std::int64_t{0}, chairs.planned - now_.taken);
    const std::int64_t broken =
        std::min(empty, std::max(std::int64_t{0}, chairs.planned - chairs.working));
    const std::int64_t no_shows = std::min(empty - broken, now_.no_shows);
    const std::int64_t idle = empty - broken - no_shows;
    const std::int64_t length = (to - from).count();
    ChairTime time;
    const auto spent = [&](ChairState state, std::int64_t number) {
        time.ticks[index(state)] = number * length;
    };
    spent(ChairState::broken, broken);
    spent(ChairState::no_show, no_shows);
    spent(ChairState::idle, idle);
    add(time, from);
    taken_[hour_of_week(dates_, from)] += now_.taken * length;
    if (holds_time_ && idle > 0) idle_today_.push_back({from, to, idle});
}

void ChairUseObserver::add(const ChairTime& time, Instant at) {
    tally_.hours[hour_of_week(dates_, at)].add(time);
    const int month = month_number(dates_.date_of(at)) - first_month_;
    tally_.months[static_cast<std::size_t>(month)].add(time);
}

}  // namespace clinicsim

// The appointment book by itself: against the plain one under any sequence of commands, and its
// rules by hand.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "plain_book.hpp"
#include "small_models.hpp"

namespace clinicsim::test {
namespace {

using Wish = AppointmentBook::Wish;
using SeriesWish = AppointmentBook::SeriesWish;

const Dates kDates{Date{std::chrono::year{2026} / 1 / 5}};  // a Monday
constexpr unsigned kMonday = 1;

OpeningHours open(const OpeningRule& rule, Days days = Days{60}) {
    return OpeningHours{rule, kDates, kRunStart + days};
}
OpeningRule weekdays(int from, int to) {
    OpeningRule rule = daily({{from, to}});
    rule.week[0].clear();
    rule.week[6].clear();
    return rule;
}
AppointmentBook::LimitAt chairs(std::uint32_t number) {
    return [number](Instant) { return AppointmentBook::Limit{number, kNever}; };
}

/// One sequence of commands, drawn from `seed`.
class Commands {
  public:
    explicit Commands(unsigned seed) : bits_{seed} {}
    int roll(int n) { return static_cast<int>(bits_() % static_cast<unsigned>(n)); }

    BookingPlan plan() {
        BookingPlan plan;
        plan.grid = std::array<Duration, 3>{15min, 30min, 60min}[static_cast<std::size_t>(roll(3))];
        plan.held = roll(2) ? 0.15 * roll(4) : 0;
        plan.released = hours{roll(60)};
        plan.overbook = roll(3) ? 0 : 0.1 * roll(5);
        return plan;
    }
    OpeningRule hours_of_clinic() {
        switch (roll(4)) {
            case 0:
                return {};
            case 1:
                return daily({{8, 12}, {13, 17}});
            case 2:
                return daily({{18, 24}, {0, 3}});  // through midnight
            default:
                return weekdays(9, 16);
        }
    }
    /// Of some of the kinds, in some order.
    Wish wish(int kinds) {
        static constexpr std::array<std::array<ChairKindId, 3>, 4> kOrders{
            {{0, 1, 2}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}}};
        Wish wish{minutes{5 + roll(200)}};
        if (kinds == 2) wish.kinds = {kOrders[static_cast<std::size_t>(roll(2))].data(), 2};
        if (kinds == 3)
            wish.kinds = {kOrders[static_cast<std::size_t>(roll(4))].data(),
                          static_cast<std::size_t>(1 + roll(3))};
        if (roll(3) == 0) wish.hours = {hours{6 + roll(4)}, hours{12 + roll(6)}};
        if (roll(3) == 0) wish.weekdays = static_cast<Weekdays>(roll(127) + 1);
        wish.urgent = roll(4) == 0;
        return wish;
    }
    Instant some_time() { return kRunStart + minutes{roll(20 * 24 * 60)}; }

  private:
    std::mt19937 bits_;
};

TEST(Book, BehavesAsThePlainestOneUnderAnySequenceOfCommands) {
    int found = 0, not_found = 0, series_found = 0, series_not_found = 0;
    int second_best = 0;  // found in a kind that is not the one liked best
    for (unsigned seed = 0; seed < 90; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Commands draw{seed};
        const OpeningHours opening = open(draw.hours_of_clinic());
        const BookingPlan plan = draw.plan();
        // another number of chairs of each kind, and of all together, from some day's noon on
        const Instant change = day(draw.roll(15), 12h);
        const int kinds = 1 + static_cast<int>(seed % 3);
        std::vector<AppointmentBook::LimitAt> limits;
        std::vector<std::function<int(Instant)>> plain_limits;
        for (int kind = 0; kind < (kinds == 1 ? 1 : kinds + 1); ++kind) {
            const int before = 1 + draw.roll(3), after = draw.roll(4);
            limits.push_back([=](Instant at) {
                return at < change
                           ? AppointmentBook::Limit{static_cast<std::uint32_t>(before), change}
                           : AppointmentBook::Limit{static_cast<std::uint32_t>(after), kNever};
            });
            plain_limits.push_back([=](Instant at) { return at < change ? before : after; });
        }
        AppointmentBook book{std::move(limits), opening, plan, kMonday};
        PlainBook plain{std::move(plain_limits), opening, plan, kMonday};
        const auto promise = [&](AppointmentBook::Place place, Duration length) {
            book.take(place, length);
            const Duration on_grid = (length + plan.grid - Duration{1}) / plan.grid * plan.grid;
            plain.promises.push_back({place.start, place.start + on_grid, place.kind});
        };
        for (int i = 0; i < 40; ++i) {
            const Instant now = draw.some_time(), earliest = std::max(now, draw.some_time());
            const Instant latest = earliest + Days{draw.roll(15)};
            if (draw.roll(4) == 0 && !plain.promises.empty()) {
                const auto which =
                    plain.promises.begin() + draw.roll(static_cast<int>(plain.promises.size()));
                book.give_back({which->from, which->kind}, which->to - which->from);
                plain.promises.erase(which);
            } else if (draw.roll(3) == 0) {
                const std::int64_t least = 1 + draw.roll(3), most = least + draw.roll(3);
                const SeriesWish wish{static_cast<std::uint32_t>(1 + draw.roll(4)),
                                      draw.wish(kinds),
                                      draw.wish(kinds),
                                      least,
                                      most,
                                      1 + draw.roll(10)};
                const auto expected = plain.find_series(wish, earliest, latest, now);
                const auto series = book.find_series(wish, earliest, latest, now);
                ASSERT_EQ(series, expected);
                ++(expected.empty() ? series_not_found : series_found);
                for (std::size_t k = 0; k < series.size(); ++k)
                    promise(series[k], k == 0 ? wish.first.length : wish.later.length);
            } else {
                const Wish wish = draw.wish(kinds);
                const AppointmentBook::Place expected = plain.find(wish, earliest, latest, now);
                ASSERT_EQ(book.find(wish, earliest, latest, now), expected);
                ++(expected.start == kNever ? not_found : found);
                if (expected.start == kNever) continue;
                second_best += wish.kinds.size() > 1 && expected.kind != wish.kinds.front();
                ASSERT_EQ(book.fits(wish, expected.start, now), expected.kind);
                const Instant other = expected.start + plan.grid * draw.roll(8);
                ASSERT_EQ(book.fits(wish, other, now), plain.fits(wish, other, now));
                promise(expected, wish.length);
            }
        }
    }
    // the commands must meet both answers often, or nothing is tested
    EXPECT_GT(std::min({found, not_found, series_found, series_not_found, second_best}), 50)
        << second_best << " " << found << " " << not_found << " " << series_found << " "
        << series_not_found;
}

TEST(Book, AHeldShareIsWholeChairsAllDayAndOneMoreForTheLastHours) {
    // 8 to 16 with 3 chairs: 24 chair-hours, half of them held: one chair all day, one for 4 hours
    const OpeningHours opening = open(daily({{8, 16}}));
    BookingPlan plan;
    plan.held = 0.5;
    plan.released = 24h;
    AppointmentBook book{chairs(3), opening, plan, kMonday};
    const auto days_before = [&](int n, Wish wish) {
        return book.find(wish, day(10), day(10), day(10) - Days{n}).start;
    };
    EXPECT_EQ(book.held_on(10).held, 12h);
    EXPECT_EQ(days_before(5, {8h}), day(10, 8h));
    book.take({day(10, 8h)}, 8h);
    EXPECT_EQ(days_before(5, {4h}), day(10, 8h));
    book.take({day(10, 8h)}, 4h);
    EXPECT_EQ(days_before(5, {5min}), kNever) << "the rest is held";
    EXPECT_EQ(days_before(5, {4h, kWholeDay, kAnyDay, true}), day(10, 8h)) << "for rescues";
    EXPECT_EQ(days_before(1, {5min}), kNever) << "a day before 00:00, only 00:00 is released";
    EXPECT_EQ(book.find({5min}, day(10), day(10), day(9, 8h)).start, day(10, 8h))
        << "24 hours before";
    book.take({day(10, 12h)}, 3h);
    EXPECT_EQ(book.held_on(10).promised, 3h);
}

TEST(Book, AHeldShareOfSeveralKindsIsThatOfTheirChairsWhereStaffAreMore) {
    // the same three chairs of two kinds: of two 8 hours are held, of one 4
    const OpeningHours opening = open(daily({{8, 16}}));
    BookingPlan plan;
    plan.held = 0.5;
    plan.released = 24h;
    AppointmentBook book{{chairs(2), chairs(1), chairs(100)}, opening, plan, kMonday};
    EXPECT_EQ(book.held_on(10).held, 12h);
    book.take({day(10, 8h), 0}, 8h);
    EXPECT_EQ(book.held_on(10).promised, 0h) << "one of the two is for all";
    book.take({day(10, 9h), 0}, 3h);
    EXPECT_EQ(book.held_on(10).promised, 3h) << "although the chair of the other kind is free";
    book.take({day(10, 13h), 1}, 2h);
    EXPECT_EQ(book.held_on(10).promised, 5h);
    // where the staff are fewer, of what they can do
    AppointmentBook few{{chairs(2), chairs(1), chairs(1)}, opening, plan, kMonday};
    EXPECT_EQ(few.held_on(10).held, 4h);
}

TEST(Book, OverbookingPromisesMoreInTheFirstHours) {
    const OpeningHours opening = open(daily({{8, 16}}));
    BookingPlan plan;
    plan.overbook = 0.25;  // of 16 chair-hours: 4, so one more from 8 to 12
    AppointmentBook book{chairs(2), opening, plan, kMonday};
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(book.find({4h}, day(1), day(1), day(0)).start, day(1, 8h));
        book.take({day(1, 8h)}, 4h);
    }
    EXPECT_EQ(book.find({4h}, day(1), day(1), day(0)).start, day(1, 12h));
    book.take({day(1, 12h)}, 4h);
    book.take({day(1, 12h)}, 4h);
    EXPECT_EQ(book.find({5min}, day(1), day(1), day(0)).start, kNever);
}

TEST(Book, TheRuleDecidesWhereOnItsDayAVisitGoes) {
    const OpeningHours opening = open(daily({{8, 16}}));
    BookingPlan plan;
    plan.rule = PlaceRule::best_fit;
    AppointmentBook book{chairs(1), opening, plan, kMonday};
    book.take({day(0, 10h)}, 1h);
    book.take({day(0, 12h)}, 3h);
    // free: 8 to 10, 11 to 12, 15 to 16
    EXPECT_EQ(book.find({30min}, day(0), day(0), day(0)).start, day(0, 11h))
        << "the first of the shortest";
    EXPECT_EQ(book.find({90min}, day(0), day(0), day(0)).start, day(0, 8h));
    plan.rule = PlaceRule::level_day;
    AppointmentBook level{chairs(2), opening, plan, kMonday};
    level.take({day(0, 8h)}, 2h);
    level.take({day(0, 13h)}, 3h);
    EXPECT_EQ(level.find({1h}, day(0), day(0), day(0)).start, day(0, 10h));
    EXPECT_EQ(level.find({5h}, day(0), day(0), day(0)).start, day(0, 8h))
        << "one elsewhere everywhere";
}

TEST(Book, ATemplateLimitsHowManyVisitsStartWhenAndNothingElse) {
    const OpeningHours opening = open(daily({{8, 16}}));
    BookingPlan plan;
    plan.template_ = {{8h, 2}, {9h, 1}};
    AppointmentBook book{chairs(1), opening, plan, kMonday};
    std::vector<Instant> starts;
    for (int i = 0; i < 4; ++i) {
        starts.push_back(book.find({3h}, day(0), day(9), day(0)).start);
        book.take({starts.back()}, 3h);
    }
    EXPECT_EQ(starts, (std::vector{day(0, 8h), day(0, 8h), day(0, 9h), day(1, 8h)}));
    book.give_back({day(0, 8h)}, 3h);
    EXPECT_EQ(book.find({3h}, day(0), day(9), day(0)).start, day(0, 8h));
}

TEST(Book, WhatIsPromisedStaysPromisedWhenChairsAreTakenAway) {
    std::uint32_t number = 2;
    const OpeningHours opening = open(daily({{8, 10}}));
    AppointmentBook book{[&](Instant) {
                             return AppointmentBook::Limit{number, kNever};
                         },
                         opening, BookingPlan{}, kMonday};
    book.take(book.find({2h}, day(0), day(9), day(0)), 2h);
    book.take(book.find({2h}, day(0), day(9), day(0)), 2h);
    EXPECT_EQ(book.find({2h}, day(0), day(9), day(0)).start, day(1, 8h));
    number = 1;
    book.limits_changed(day(0), day(60));
    book.give_back({day(0, 8h)}, 2h);
    EXPECT_EQ(book.find({2h}, day(0), day(9), day(0)).start, day(1, 8h)) << "the other has it";
    book.give_back({day(0, 8h)}, 2h);
    EXPECT_EQ(book.find({2h}, day(0), day(9), day(0)).start, day(0, 8h));
}

TEST(Book, APromiseThatWasNotFoundIsOurMistake) {
    const OpeningHours opening = open(daily({{8, 10}}));
    AppointmentBook book{chairs(1), opening};
    book.take(book.find({1h}, day(0), day(0), day(0)), 1h);
    EXPECT_DEATH(book.take({day(0, 8h)}, 1h), "promises no chair twice");
    EXPECT_DEATH(book.give_back({day(0, 9h)}, 1h), "takes back only what it promised");
    EXPECT_DEATH(book.take({day(0, 11h)}, 1h), "promises what it has found");
}

}  // namespace
}  // namespace clinicsim::test

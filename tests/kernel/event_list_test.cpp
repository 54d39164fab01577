// The calendar against the plainest thing that could be right, an ordered set, under random
// commands. A failure names its seed.
#include "clinicsim/kernel/event_list.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "clinicsim/kernel/agenda.hpp"
#include "clinicsim/random/engine.hpp"

namespace clinicsim {
namespace {

constexpr std::int64_t kBucket = std::int64_t{1} << 26;  // ticks of one bucket of the calendar
constexpr std::int64_t kRing = 64 * kBucket;

/// Numbers for one seed, as many as are wanted.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : seed_{seed} {}
    std::int64_t below(std::int64_t n) {
        Engine engine{{.seed = seed_, .index = index_++}};
        return static_cast<std::int64_t>(engine() % static_cast<std::uint64_t>(n));
    }

  private:
    std::uint64_t seed_, index_ = 0;
};

/// From now to the event: equal times, crowds, the next days, edges of buckets and of the ring, and
/// what lies far beyond it.
Duration gap(Dice& dice, Instant now) {
    const std::int64_t to_edge = kBucket - now.time_since_epoch().count() % kBucket;
    switch (dice.below(10)) {
        case 0:
        case 1:
            return Duration{0};
        case 2:
            return Duration{dice.below(4)};
        case 3:
        case 4:
            return Duration{dice.below(kBucket)};
        case 5:
            return Duration{to_edge + dice.below(3) - 1};
        case 6:
            return Duration{dice.below(70) * kBucket};
        case 7:
            return Duration{to_edge + kRing + dice.below(3) - 2};
        case 8:
            return Duration{dice.below(20 * kRing)};
        default:
            return Duration{dice.below(std::int64_t{1} << 50)};
    }
}

/// A world that answers events with new ones, by the seed alone, so that two lists which give the
/// same order also get the same commands.
template <class List>
struct Story {
    explicit Story(std::uint64_t seed) : dice{seed} {}

    void handle(const Event& event) {
        seen.push_back(make_key(event));
        quiet.push_back(agenda.quiet());
        if (budget == 0) return;
        for (std::int64_t n = dice.below(4); n > 0 && budget > 0; --n) add();
    }
    void add() {
        --budget;
        agenda.schedule(later(agenda.now(), gap(dice, agenda.now())),
                        static_cast<Phase>(dice.below(4)),
                        static_cast<std::uint32_t>(dice.below(kMostPayloads)));
    }
    void tell() {
        for (int piece = 0; piece < 30; ++piece) {
            for (std::int64_t n = dice.below(8); n > 0; --n) add();
            counts.push_back(agenda.run_until(later(agenda.now(), gap(dice, agenda.now())), *this));
            pending.push_back(agenda.pending());
            budget += 20;
        }
        budget = 0;
        counts.push_back(agenda.run_until(kNever, *this));
        pending.push_back(agenda.pending());
    }

    Dice dice;
    BasicAgenda<List> agenda;
    int budget = 100;
    std::vector<EventKey> seen;
    std::vector<bool> quiet;
    std::vector<std::uint64_t> counts;
    std::vector<std::size_t> pending;
};

TEST(CalendarList, GivesWhatAnOrderedListGivesUnderAnySequenceOfCommands) {
    std::size_t events = 0, far = 0;
    for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Story<CalendarList> calendar{seed};
        Story<OrderedList> ordered{seed};
        calendar.tell();
        ordered.tell();
        ASSERT_TRUE(calendar.seen == ordered.seen);
        ASSERT_EQ(calendar.quiet, ordered.quiet);
        ASSERT_EQ(calendar.counts, ordered.counts);
        ASSERT_EQ(calendar.pending, ordered.pending);
        ASSERT_EQ(calendar.pending.back(), 0u);
        events += calendar.seen.size();
        for (std::size_t i = 1; i < calendar.seen.size(); ++i)
            far += tick_of(calendar.seen[i]) - tick_of(calendar.seen[i - 1]) > kRing;
    }
    // the commands reach what they are meant to reach
    EXPECT_GT(events, 200'000u);
    EXPECT_GT(far, 10'000u) << "gaps longer than the ring";
}

/// After a run that ends before the first event, which lies beyond the ring, nearer buckets may
/// still be filled: they come first.
TEST(CalendarList, PutsANearEventBeforeAFarOneThatARunStoppedShortOf) {
    CalendarList list;
    EventKey key{};
    const auto push = [&](std::int64_t bucket, std::uint64_t serial) {
        list.push(make_key({Instant{Duration{bucket * kBucket}}, Phase::change, serial, 0}));
    };
    push(1000, 0);
    EXPECT_FALSE(list.take_before(5 * kBucket, key));
    push(1000 % 64, 1);
    push(1000 % 64 + 1, 2);
    std::vector<std::int64_t> buckets;
    while (list.take_before(2000 * kBucket, key)) buckets.push_back(tick_of(key) / kBucket);
    EXPECT_EQ(buckets, (std::vector<std::int64_t>{40, 41, 1000}));
}

TEST(CalendarList, IsEmptyAgainWhenAllIsTaken) {
    CalendarList list;
    EventKey key{};
    EXPECT_FALSE(list.take_before(kNever.time_since_epoch().count(), key));
    for (std::int64_t tick : {std::int64_t{5}, kBucket, kRing, 100 * kRing})
        list.push(make_key({Instant{Duration{tick}}, Phase::change, 0, 0}));
    EXPECT_EQ(list.size(), 4u);
    while (list.take_before(kNever.time_since_epoch().count(), key)) {
    }
    EXPECT_EQ(list.size(), 0u);
    EXPECT_FALSE(list.any_at(tick_of(key)));
}

}  // namespace
}  // namespace clinicsim

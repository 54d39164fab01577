#include "clinicsim/observe/chair_use.hpp"

#include <gtest/gtest.h>

#include "story.hpp"

namespace clinicsim {
namespace {

/// Visits and no-shows told to a ChairUseObserver as a run tells them.
struct ChairStory {
    Model model;
    OpeningHours open{model.clinic.open, model.dates, model.end};
    ChairUseObserver observer{model, 0, open};

    explicit ChairStory(const Model& m = model_of_days()) : model{m} {}

    void starts(Instant at) {
        observer.on(VisitStarted{at, at, 0, {}, VisitKind::booster, true, false});
    }
    /// All of it infusion.
    void ends(Instant began, Instant at, Duration turnover = {}) {
        phase(began, at, VisitPhase::infusion);
        phase(at, at + turnover, VisitPhase::turnover);
        observer.on(ChairHeld{began, at + turnover, 0, {}});
    }
    void phase(Instant from, Instant to, VisitPhase phase) {
        observer.on(PhaseBegan{from, to, 0, {}, phase});
    }
    void not_shown(Instant at, Duration length) {
        observer.on(NoShow{at, 0, {}, VisitKind::booster, length});
    }
};

Instant on_day(std::int64_t day, Duration after_midnight) {
    return kRunStart + Days{day} + after_midnight;
}
constexpr std::int64_t kMinute = 60'000;

ChairTime minutes_in(std::vector<std::pair<ChairState, std::int64_t>> of) {
    ChairTime time;
    for (const auto& [state, minutes] : of)
        time.ticks[static_cast<std::size_t>(state)] = minutes * kMinute;
    return time;
}
ChairTime minutes_of(std::int64_t infusion, std::int64_t turnover, std::int64_t no_show,
                     std::int64_t idle) {
    return minutes_in({{ChairState::infusion, infusion},
                       {ChairState::turnover, turnover},
                       {ChairState::no_show, no_show},
                       {ChairState::idle, idle}});
}
/// Held up for want of the n-th group.
ChairState lacks(std::size_t group) { return static_cast<ChairState>(kFirstHeldUp + group); }

/// 2026-01-01, the first day, is a Thursday; the measured time begins on Friday.
constexpr std::size_t kFriday = 4 * 24;

TEST(ChairUse, TellsInfusionTurnoverAndIdleByTheHour) {
    ChairStory story;
    story.starts(on_day(1, hours{8} + minutes{10}));
    story.starts(on_day(1, hours{8} + minutes{30}));
    story.ends(on_day(1, hours{8} + minutes{10}), on_day(1, hours{9} + minutes{20}), minutes{15});
    story.ends(on_day(1, hours{8} + minutes{30}), on_day(1, hours{9} + minutes{50}));
    const ChairUseTally use = story.observer.finish();
    EXPECT_EQ(use.hours[kFriday + 8], minutes_of(50 + 30, 0, 0, 10 + 30));
    EXPECT_EQ(use.hours[kFriday + 9], minutes_of(20 + 50, 15, 0, 25 + 10));
    EXPECT_EQ(use.hours[kFriday + 10], minutes_of(0, 0, 0, 120));
    EXPECT_EQ(use.hours[kFriday + 12], ChairTime{}) << "the break is closed";
}

TEST(ChairUse, CountsOnlyOpeningHoursInTheMeasuredTime) {
    ChairStory story;
    story.starts(on_day(0, hours{9}));  // before the measured time
    story.ends(on_day(0, hours{9}), on_day(0, hours{10}));
    story.starts(on_day(1, hours{16} + minutes{30}));
    story.ends(on_day(1, hours{16} + minutes{30}), on_day(1, hours{17} + minutes{30}), minutes{10});
    const ChairUseTally use = story.observer.finish();
    constexpr std::size_t kThursday = 3 * 24;
    EXPECT_EQ(use.hours[kThursday + 9], ChairTime{}) << "the run ends on a Tuesday";
    EXPECT_EQ(use.hours[kFriday + 16], minutes_of(30, 0, 0, 90));
    EXPECT_EQ(use.hours[kFriday + 17], ChairTime{}) << "overtime is counted apart";
}

TEST(ChairUse, CallsAnEmptyChairANoShowWhileTheBookedTimeRuns) {
    ChairStory story;
    story.not_shown(on_day(1, hours{8}), minutes{40});
    story.not_shown(on_day(1, hours{8}), minutes{40});
    story.starts(on_day(1, hours{8} + minutes{10}));  // one of the two chairs is used after all
    story.ends(on_day(1, hours{8} + minutes{10}), on_day(1, hours{9}));
    const ChairUseTally use = story.observer.finish();
    EXPECT_EQ(use.hours[kFriday + 8], minutes_of(50, 0, 2 * 10 + 30, 20));
}

TEST(ChairUse, TellsThePhasesOfAVisitApartAndWhomItWaitsFor) {
    ChairStory story;
    const Instant eight = on_day(1, hours{8});
    story.starts(eight);
    story.observer.on(VisitHeldUp{eight, eight + minutes{20}, 0, {}, 0, VisitPhase::preparation});
    story.phase(eight + minutes{20}, eight + minutes{30}, VisitPhase::preparation);
    story.phase(eight + minutes{30}, eight + minutes{70}, VisitPhase::infusion);
    story.phase(eight + minutes{70}, eight + minutes{80}, VisitPhase::recovery);
    story.observer.on(
        VisitHeldUp{eight + minutes{80}, eight + minutes{90}, 0, {}, 3, VisitPhase::turnover});
    story.phase(eight + minutes{90}, eight + minutes{100}, VisitPhase::turnover);
    story.observer.on(ChairHeld{eight, eight + minutes{100}, 0, {}});
    const ChairUseTally use = story.observer.finish();
    EXPECT_EQ(use.hours[kFriday + 8], minutes_in({{ChairState::preparation, 10},
                                                  {ChairState::infusion, 30},
                                                  {lacks(0), 20},
                                                  {ChairState::idle, 60}}));
    EXPECT_EQ(use.hours[kFriday + 9], minutes_in({{ChairState::infusion, 10},
                                                  {ChairState::recovery, 10},
                                                  {ChairState::turnover, 10},
                                                  {lacks(3), 10},
                                                  {ChairState::idle, 80}}));
    EXPECT_EQ(use.hours[kFriday + 8].used(), 60 * kMinute);
}

TEST(ChairUse, CallsIdleChairsHeldForRescuesAsFarAsTheBookKeptThem) {
    Model model = model_of_days();
    model.clinic.booking.emplace().held = 0.5;
    ChairStory story{model};
    const Instant eight = on_day(1, hours{8});
    story.starts(eight);
    story.ends(eight, eight + minutes{30});
    // two chairs were kept from 8 to 9, one until half past: of the first half hour one is in use
    story.observer.on(HeldTimeUnused{eight, eight + minutes{60}, 2});
    story.observer.on(HeldTimeUnused{eight + minutes{60}, eight + minutes{90}, 1});
    const ChairUseTally use = story.observer.finish();
    EXPECT_EQ(use.hours[kFriday + 8],
              minutes_in({{ChairState::infusion, 30}, {ChairState::held_for_rescue, 30 + 2 * 30}}));
    EXPECT_EQ(use.hours[kFriday + 9],
              minutes_in({{ChairState::held_for_rescue, 30}, {ChairState::idle, 90}}));
}

TEST(ChairUse, FollowsChairsThatComeAndAreLeftOneByOne) {
    Model model = model_of_days();
    ChairChange change;
    change.from = Date{std::chrono::year{2026} / 1 / 3};  // the second measured day
    change.chairs = {5};
    model.clinic.changes = {change};
    const ChairUseTally use = ChairStory{model}.observer.finish();
    EXPECT_EQ(use.hours[kFriday + 8], minutes_of(0, 0, 0, 2 * 60));
    EXPECT_EQ(use.hours[kFriday + 24 + 8], minutes_of(0, 0, 0, 5 * 60));
}

TEST(ChairUse, IsByCalendarMonth) {
    Model model = model_of_days();
    model.dates = Dates{Date{std::chrono::year{2026} / 1 / 29}};
    ChairStory story{model};
    EXPECT_EQ(months_of(story.model), (std::vector<std::string>{"2026-01", "2026-02"}));
    story.starts(on_day(3, hours{10}));  // 1 February
    story.ends(on_day(3, hours{10}), on_day(3, hours{11}));
    const ChairUseTally use = story.observer.finish();
    ASSERT_EQ(use.months.size(), 2u);
    EXPECT_EQ(use.months[0], minutes_of(0, 0, 0, 2 * 8 * 60 * 2));
    EXPECT_EQ(use.months[1], minutes_of(60, 0, 0, 3 * 8 * 60 * 2 - 60));
}

TEST(ChairUse, AddsUpToTheChairTimeOpenWhateverIsUnderWayAtTheEnd) {
    ChairStory story;
    story.starts(on_day(5, hours{16}));
    story.phase(on_day(5, hours{16}), story.model.end + hours{5}, VisitPhase::infusion);
    story.observer.on(ChairHeld{on_day(5, hours{16}), story.model.end, 0, {}});
    std::int64_t total = 0;
    for (const ChairTime& hour : story.observer.finish().hours) total += hour.open();
    EXPECT_EQ(total, 5 * 2 * ticks(hours{8}));
}

}  // namespace
}  // namespace clinicsim

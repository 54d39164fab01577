#include "clinicsim/kernel/agenda.hpp"

#include <functional>
#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

Instant at(std::int64_t tick) { return kRunStart + Duration{tick}; }

/// Writes down every event, and may answer it.
struct Recorder {
    std::vector<Event> seen;
    std::function<void(const Event&)> answer = [](const Event&) {};

    void handle(const Event& event) {
        seen.push_back(event);
        answer(event);
    }
    std::vector<std::uint32_t> payloads() const {
        std::vector<std::uint32_t> result;
        for (const Event& event : seen) result.push_back(event.payload);
        return result;
    }
};

using Payloads = std::vector<std::uint32_t>;

TEST(EventKey, GivesBackWhatItWasMadeOf) {
    const Event last{kNever - Duration{1}, Phase::census, kMostSerials - 1, kMostPayloads - 1};
    for (const Event& event : {Event{kRunStart, Phase::release, 0, 0}, last}) {
        const Event back = event_of(make_key(event));
        EXPECT_EQ(back.at, event.at);
        EXPECT_EQ(back.phase, event.phase);
        EXPECT_EQ(back.serial, event.serial);
        EXPECT_EQ(back.payload, event.payload);
    }
}

TEST(EventKey, ComparesByInstantThenPhaseThenSerialAndNeverByPayload) {
    const EventKey one = make_key({at(1), Phase::census, 9, 9});
    EXPECT_LT(one, make_key({at(2), Phase::release, 0, 0}));
    EXPECT_LT(make_key({at(1), Phase::seize, 9, 9}), make_key({at(1), Phase::census, 0, 0}));
    EXPECT_LT(make_key({at(1), Phase::seize, 1, 9}), make_key({at(1), Phase::seize, 2, 0}));
}

TEST(Agenda, RunsByInstantThenPhaseThenOrderOfScheduling) {
    Agenda agenda;
    agenda.schedule(at(20), Phase::release, 5);
    agenda.schedule(at(10), Phase::census, 4);
    agenda.schedule(at(10), Phase::seize, 2);
    agenda.schedule(at(10), Phase::change, 1);
    agenda.schedule(at(10), Phase::seize, 3);
    agenda.schedule(at(10), Phase::release, 0);
    Recorder world;
    EXPECT_EQ(agenda.run_until(at(100), world), 6u);
    EXPECT_EQ(world.payloads(), (Payloads{0, 1, 2, 3, 4, 5}));
    EXPECT_EQ(world.seen[2].at, at(10));
    EXPECT_EQ(world.seen[2].phase, Phase::seize);
}

TEST(Agenda, GivesEveryEventASerialOfItsOwnAndHandsItOver) {
    Agenda agenda;
    std::set<std::uint64_t> given;
    for (std::uint32_t i = 0; i < 100; ++i)
        given.insert(agenda.schedule(i % 3 == 0 ? kNever : at(i), Phase::change, i));
    EXPECT_EQ(given.size(), 100u);
    Recorder world;
    agenda.run_until(at(100), world);
    EXPECT_EQ(world.seen.size(), 66u);
    for (const Event& event : world.seen) EXPECT_EQ(given.erase(event.serial), 1u);
}

TEST(Agenda, TakesAnEarlierPhaseOfTheCurrentInstantNext) {
    Agenda agenda;
    Recorder world;
    world.answer = [&](const Event& event) {
        if (event.payload == 0) agenda.schedule(agenda.now(), Phase::release, 7);
    };
    agenda.schedule(at(10), Phase::seize, 0);
    agenda.schedule(at(10), Phase::seize, 1);
    agenda.run_until(at(100), world);
    EXPECT_EQ(world.payloads(), (Payloads{0, 7, 1}));
    EXPECT_EQ(world.seen[1].at, at(10));
}

TEST(Agenda, LeavesAnEventAtTheEndPendingAndTheClockAtTheEnd) {
    Agenda agenda;
    Recorder world;
    agenda.schedule(at(9), Phase::census, 0);
    agenda.schedule(at(10), Phase::release, 1);
    EXPECT_EQ(agenda.run_until(at(10), world), 1u);
    EXPECT_EQ(agenda.now(), at(10));
    EXPECT_EQ(agenda.pending(), 1u);
    EXPECT_EQ(agenda.run_until(at(10), world), 0u) << "nothing lies before its own instant";
    EXPECT_EQ(agenda.run_until(at(11), world), 1u);
    EXPECT_EQ(world.payloads(), (Payloads{0, 1}));
    EXPECT_EQ(agenda.now(), at(11));
}

TEST(Agenda, LeavesTheClockAtTheEndWhenThereIsNothingToDo) {
    Agenda agenda;
    Recorder world;
    EXPECT_EQ(agenda.run_until(at(1'000), world), 0u);
    EXPECT_EQ(agenda.now(), at(1'000));
}

TEST(Agenda, ShowsTheClockOfTheEventInsideItsHandling) {
    Agenda agenda;
    Recorder world;
    Instant shown = kNever;
    world.answer = [&](const Event&) { shown = agenda.now(); };
    agenda.schedule(at(42), Phase::change, 0);
    agenda.run_until(at(100), world);
    EXPECT_EQ(shown, at(42));
}

TEST(Agenda, NeverRunsWhatIsScheduledForNever) {
    Agenda agenda;
    Recorder world;
    agenda.schedule(kNever, Phase::change, 0);
    EXPECT_EQ(agenda.pending(), 0u);
    agenda.schedule(kNever - Duration{1}, Phase::change, 1);
    EXPECT_EQ(agenda.run_until(kNever, world), 1u);
    EXPECT_EQ(world.payloads(), Payloads{1});
}

TEST(Agenda, IsQuietWhenNothingElseIsPendingAtThisInstant) {
    Agenda agenda;
    Recorder world;
    std::vector<bool> quiet;
    world.answer = [&](const Event&) { quiet.push_back(agenda.quiet()); };
    agenda.schedule(at(10), Phase::release, 0);
    agenda.schedule(at(10), Phase::census, 1);
    agenda.schedule(at(11), Phase::release, 2);
    agenda.schedule(at(11) + Days{400}, Phase::release, 3);
    agenda.run_until(kNever, world);
    EXPECT_EQ(quiet, (std::vector<bool>{false, true, true, true}));
}

TEST(Agenda, IsNotQuietAfterSchedulingForThisInstant) {
    Agenda agenda;
    Recorder world;
    bool quiet = true;
    world.answer = [&](const Event& event) {
        if (event.payload != 0) return;
        agenda.schedule(agenda.now(), Phase::census, 1);
        quiet = agenda.quiet();
    };
    agenda.schedule(at(10), Phase::release, 0);
    agenda.run_until(at(100), world);
    EXPECT_FALSE(quiet);
}

TEST(AgendaDeathTest, RefusesThePast) {
    Agenda agenda;
    Recorder world;
    agenda.run_until(at(10), world);
    EXPECT_EXIT(agenda.schedule(at(9), Phase::change, 0), testing::ExitedWithCode(1),
                "events are not put in the past");
    EXPECT_EXIT(agenda.run_until(at(9), world), testing::ExitedWithCode(1),
                "time does not run backwards");
}

TEST(AgendaDeathTest, RefusesAPayloadThatWouldReachIntoTheSerial) {
    Agenda agenda;
    EXPECT_EXIT(agenda.schedule(at(0), Phase::change, kMostPayloads), testing::ExitedWithCode(1),
                "a payload has 28 bits");
}

}  // namespace
}  // namespace clinicsim

#include "clinicsim/kernel/waiting_line.hpp"

#include <algorithm>
#include <array>
#include <list>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "clinicsim/kernel/agenda.hpp"
#include "clinicsim/random/engine.hpp"

namespace clinicsim {
namespace {

using Turn = WaitingLine::Turn;
using Entry = WaitingLine::Entry;
using People = std::vector<std::uint32_t>;

/// Serves `n` people and says who.
People serve(WaitingLine& line, std::size_t n) {
    People served;
    line.serve([&](const Entry& entry) {
        if (served.size() == n) return Turn::nobody;
        served.push_back(entry.who);
        return Turn::taken;
    });
    return served;
}

TEST(WaitingLine, ServesInOrderOfJoining) {
    WaitingLine line;
    for (std::uint32_t who : {7u, 3u, 5u}) line.join(0, who);
    EXPECT_EQ(line.waiting(), 3u);
    EXPECT_EQ(serve(line, 2), (People{7, 3}));
    line.join(0, 1);
    EXPECT_EQ(serve(line, 9), (People{5, 1}));
    EXPECT_TRUE(line.empty());
}

TEST(WaitingLine, ServesALowerRankFirstWheneverItJoined) {
    WaitingLine line{3};
    line.join(2, 20);
    line.join(1, 10);
    line.join(0, 1);
    line.join(1, 11);
    line.join(0, 2);
    EXPECT_EQ(serve(line, 9), (People{1, 2, 10, 11, 20}));
}

TEST(WaitingLine, GivesEveryEntryATicketOfItsOwn) {
    WaitingLine line{2};
    std::set<std::uint64_t> tickets;
    for (std::uint32_t i = 0; i < 10; ++i) tickets.insert(line.join(i % 2, 4));
    EXPECT_EQ(tickets.size(), 10u);
    line.serve([&](const Entry& entry) {
        EXPECT_EQ(tickets.erase(entry.ticket), 1u);
        return Turn::taken;
    });
    EXPECT_TRUE(tickets.empty());
}

TEST(WaitingLine, KeepsThePlaceOfWhoCannotBeServedNow) {
    WaitingLine line;
    for (std::uint32_t who = 0; who < 6; ++who) line.join(0, who);
    People asked;
    line.serve([&](const Entry& entry) {
        asked.push_back(entry.who);
        if (entry.who == 4) return Turn::nobody;
        return entry.who % 2 == 0 ? Turn::waits : Turn::taken;
    });
    EXPECT_EQ(asked, (People{0, 1, 2, 3, 4}));
    EXPECT_EQ(line.waiting(), 4u);
    EXPECT_EQ(serve(line, 9), (People{0, 2, 4, 5}));
}

TEST(WaitingLine, StopsAtNobodyAcrossRanks) {
    WaitingLine line{2};
    line.join(0, 1);
    line.join(1, 2);
    int asked = 0;
    line.serve([&](const Entry&) {
        ++asked;
        return Turn::nobody;
    });
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(serve(line, 9), (People{1, 2}));
}

TEST(WaitingLine, AsksWhoJoinsWhileItServes) {
    WaitingLine line;
    line.join(0, 1);
    People served;
    line.serve([&](const Entry& entry) {
        served.push_back(entry.who);
        if (entry.who < 200) line.join(0, entry.who + 1);  // far enough to move the memory
        return Turn::taken;
    });
    EXPECT_EQ(served.size(), 200u);
    EXPECT_TRUE(line.empty());
}

TEST(WaitingLineDeathTest, CannotBeLeftByMoreThanAreInIt) {
    WaitingLine line;
    line.join(0, 1);
    line.leave();
    EXPECT_EXIT(line.leave(), testing::ExitedWithCode(1), "only who waits can leave the line");
}

/// Random joining, leaving and serving, with every mixture of answers, against one std::list per
/// rank from which who leaves is really taken out.
TEST(WaitingLine, BehavesAsPlainListsUnderAnySequenceOfCommands) {
    constexpr std::size_t kRanks = 3;
    std::size_t taken = 0, stale = 0, waited = 0, stopped = 0;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::uint64_t index = 0;
        const auto roll = [&](std::uint64_t n) {
            Engine engine{{.seed = seed, .index = index++}};
            return engine() % n;
        };
        WaitingLine line{kRanks};
        std::array<std::list<Entry>, kRanks> lists;
        std::set<std::uint64_t> held;
        std::uint32_t people = 0;
        const std::uint64_t crowd = 1 + roll(20);  // joins per service: some lines get long
        for (int step = 0; step < 300; ++step) {
            const std::uint64_t command = roll(crowd + 2);
            if (command < crowd) {
                const std::size_t rank = roll(kRanks);
                const std::uint64_t ticket = line.join(rank, people);
                ASSERT_TRUE(held.insert(ticket).second);
                lists[rank].push_back({people++, ticket});
            } else if (command == crowd && !held.empty()) {
                const auto victim =
                    std::next(held.begin(), static_cast<std::ptrdiff_t>(roll(held.size())));
                for (auto& list : lists)
                    list.remove_if([&](const Entry& e) { return e.ticket == *victim; });
                held.erase(victim);
                line.leave();
            } else {
                // what each person is told is a matter of the person and the step
                const auto turn = [&, salt = roll(1'000'000)](const Entry& e) {
                    Engine engine{{.seed = seed, .patient = e.who, .index = salt}};
                    const std::uint64_t side = engine() % 20;
                    return side == 0 ? Turn::nobody : side < 8 ? Turn::waits : Turn::taken;
                };
                std::vector<Entry> asked, expected;
                line.serve([&](const Entry& entry) {
                    if (!held.contains(entry.ticket)) return ++stale, Turn::stale;
                    asked.push_back(entry);
                    return turn(entry);
                });
                bool go_on = true;
                for (auto& list : lists)
                    for (auto at = list.begin(); go_on && at != list.end();) {
                        expected.push_back(*at);
                        const Turn answer = turn(*at);
                        if (answer == Turn::taken) {
                            held.erase(at->ticket);
                            at = list.erase(at);
                            ++taken;
                        } else {
                            ++at;
                            ++(answer == Turn::waits ? waited : stopped);
                            go_on = answer == Turn::waits;
                        }
                    }
                ASSERT_TRUE(std::equal(asked.begin(), asked.end(), expected.begin(), expected.end(),
                                       [](const Entry& a, const Entry& b) {
                                           return a.who == b.who && a.ticket == b.ticket;
                                       }));
            }
            ASSERT_EQ(line.waiting(), held.size());
        }
    }
    EXPECT_GT(std::min({taken, stale, waited, stopped}), 1'000u) << "every answer was given";
}

/// How patience works on the kernel: the alarm of who gives up drops the ticket and leaves the
/// line; nobody is taken out, and the alarm of who is served is forgotten.
struct Impatient {
    static constexpr std::uint32_t kServer = 99;
    static constexpr std::uint64_t kNone = ~std::uint64_t{0};
    Agenda agenda;
    WaitingLine line;
    std::array<std::uint64_t, 3> ticket{kNone, kNone, kNone}, alarm{kNone, kNone, kNone};
    std::vector<std::string> story;

    void come(std::uint32_t who, Duration patience) {
        ticket[who] = line.join(0, who);
        alarm[who] = agenda.schedule(agenda.now() + patience, Phase::change, who);
    }
    void tell(const char* what, std::uint32_t who) {
        story.push_back(std::to_string(in_ticks(agenda.now())) + what + std::to_string(who));
    }
    static std::int64_t in_ticks(Instant at) { return at.time_since_epoch().count(); }
    void handle(const Event& event) {
        const std::uint32_t who = event.payload;
        if (who == kServer) {
            bool free = true;
            line.serve([&](const Entry& entry) {
                if (!free) return Turn::nobody;
                if (ticket[entry.who] != entry.ticket) return Turn::stale;
                alarm[entry.who] = kNone;
                free = false;
                tell(" serves ", entry.who);
                return Turn::taken;
            });
        } else if (alarm[who] == event.serial) {
            ticket[who] = kNone;
            line.leave();
            tell(" gives up ", who);
        }
    }
};

TEST(WaitingLine, LetsPeopleGiveUpByForgetting) {
    Impatient world;
    world.come(0, Duration{10});
    world.come(1, Duration{30});
    world.come(2, Duration{40});
    for (const int tick : {20, 35})
        world.agenda.schedule(kRunStart + Duration{tick}, Phase::seize, Impatient::kServer);
    world.agenda.run_until(kRunStart + Duration{100}, world);
    EXPECT_EQ(world.story,
              (std::vector<std::string>{"10 gives up 0", "20 serves 1", "35 serves 2"}));
    EXPECT_TRUE(world.line.empty());
}

}  // namespace
}  // namespace clinicsim

#include "clinicsim/experiment/workers.hpp"

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

void nothing(std::size_t) {}

class Workers : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Threads, Workers, testing::Values(1, 2, 8));

TEST_P(Workers, DoEveryItemOnce) {
    std::vector<int> times(1000, 0);
    EXPECT_EQ(do_items(
                  1000, GetParam(), nullptr, [&](std::size_t i) { ++times[i]; }, nothing),
              1000u);
    EXPECT_EQ(times, std::vector<int>(1000, 1));
    EXPECT_EQ(do_items(
                  0, GetParam(), nullptr, [](std::size_t) { FAIL(); }, nothing),
              0u);
}

TEST_P(Workers, TellTheNumberDoneOneAfterTheOther) {
    std::vector<std::size_t> told;  // not guarded: do_items promises one call at a time
    do_items(200, GetParam(), nullptr, nothing, [&](std::size_t done) { told.push_back(done); });
    ASSERT_EQ(told.size(), 200u);
    for (std::size_t i = 0; i < told.size(); ++i) EXPECT_EQ(told[i], i + 1);
}

TEST_P(Workers, StopBetweenItemsAndLeaveAPrefix) {
    std::atomic<bool> stop{false};
    std::vector<int> times(1000, 0);
    const std::size_t done = do_items(
        1000, GetParam(), &stop, [&](std::size_t i) { ++times[i]; },
        [&](std::size_t so_far) { stop = so_far >= 100; });
    EXPECT_GE(done, 100u);
    EXPECT_LE(done, 100 + GetParam()) << "those under way are finished";
    for (std::size_t i = 0; i < times.size(); ++i) EXPECT_EQ(times[i], i < done ? 1 : 0) << i;
}

TEST_P(Workers, StopBeforeTheFirstItem) {
    const std::atomic<bool> stop{true};
    EXPECT_EQ(do_items(
                  10, GetParam(), &stop, [](std::size_t) { FAIL(); }, nothing),
              0u);
}

TEST_P(Workers, CarryTheExceptionOfTheLowestItemToTheCaller) {
    for (int times = 0; times < 20; ++times) try {
            do_items(
                100, GetParam(), nullptr,
                [](std::size_t i) {
                    // the later one throws first
                    if (i == 30) std::this_thread::sleep_for(std::chrono::microseconds{200});
                    if (i == 30 || i == 31) throw std::runtime_error{std::to_string(i)};
                },
                nothing);
            FAIL() << "nothing thrown";
        } catch (const std::runtime_error& error) {
            EXPECT_EQ(error.what(), std::string{"30"});
        }
}

TEST_P(Workers, CarryAnExceptionOfTheListener) {
    EXPECT_THROW(do_items(10, GetParam(), nullptr, nothing,
                          [](std::size_t) { throw std::logic_error{"listener"}; }),
                 std::logic_error);
}

}  // namespace
}  // namespace clinicsim

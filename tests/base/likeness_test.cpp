#include "clinicsim/base/likeness.hpp"

#include <array>

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

constexpr std::array<std::string_view, 6> kNames{
    "chair_utilisation",    "staff_utilisation.nurse", "staff_utilisation.prescriber",
    "wait_days_rescue.p95", "wait_days_booster.p95",   "wait_days_rescue.waited"};

std::string meant(std::string_view name) { return meant_text(names_alike(name, kNames)); }

TEST(Likeness, IsThatOfWordsInAnyOrder) {
    EXPECT_EQ(meant("nurse_utilisation"), "; did you mean 'staff_utilisation.nurse'?");
    EXPECT_EQ(meant("rescue wait"),
              "; did you mean 'wait_days_rescue.p95' or 'wait_days_rescue.waited'?");
}

TEST(Likeness, ForgivesTwoLettersOfALongWord) {
    EXPECT_EQ(meant("nurse_utilization"), "; did you mean 'staff_utilisation.nurse'?");
    EXPECT_EQ(meant("norse"), "") << "one letter of a short word makes another word";
}

TEST(Likeness, IsNoneWithFewerThanHalfOfTheWords) {
    EXPECT_EQ(meant("rescue_calls_each_month"), "");
    EXPECT_EQ(meant(""), "");
    EXPECT_EQ(meant("of_a_day"), "") << "short words are in every name";
    EXPECT_EQ(meant(std::string(1000, '_')), "");
}

TEST(Likeness, NamesThreeAtMost) {
    EXPECT_EQ(meant("utilisation"),
              "; did you mean 'chair_utilisation', 'staff_utilisation.nurse' or "
              "'staff_utilisation.prescriber'?");
}

}  // namespace
}  // namespace clinicsim

// How the tables of exact cases are written: scenarios with holes, and what estimates a quantity.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clinicsim/experiment/selftest.hpp"

namespace clinicsim::proof {

/// Every case has at least so many: under 30, Student's t asks more of normality than it gives.
constexpr int kReplications = 64;

struct Known {
    const char* quantity;
    double exact;
    bool certain = false;
};

/// What estimates a quantity of a family, by its name in the reference cases.
using Recipes = std::map<std::string_view, std::function<Ratio(const Observed&)>>;

/// A number with all its digits, for a scenario.
std::string digits(double number);

/// `text` with every $name replaced.
std::string filled(std::string text,
                   const std::vector<std::pair<std::string_view, std::string>>& holes);

ExactCase exact_case(std::string id, std::string variant, std::string scenario, std::string policy,
                     const Recipes& recipes, const std::vector<Known>& known);

std::vector<ExactCase> queue_cases();
std::vector<ExactCase> finite_source_cases();
std::vector<ExactCase> booked_cases();
std::vector<ExactCase> policy_cases();
std::vector<ExactCase> first_episode_cases();

}  // namespace clinicsim::proof

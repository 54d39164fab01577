#include "words.hpp"

#include "failure.hpp"

namespace clinicsim::cli {

namespace {

/// A text as YAML, whatever is in it.
std::string in_quotes(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

}  // namespace

std::optional<double> parse_relative(std::string text) {
    double scale = 1;
    while (!text.empty() && text.back() == ' ') text.pop_back();
    if (!text.empty() && text.back() == '%') {
        scale = 100;
        text.pop_back();
        while (!text.empty() && text.back() == ' ') text.pop_back();
    }
    if (text.empty() || text.find_first_not_of("0123456789.") != std::string::npos)
        return std::nullopt;
    try {
        std::size_t used = 0;
        const double value = std::stod(text, &used) / scale;
        if (used != text.size() || !(value > 0) || !(value < 1)) return std::nullopt;
        return value;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

void complete_plan(Request& request, const PlanWords& words) {
    std::string vary, targets;
    for (const std::string& one : words.vary) {
        const std::size_t at = one.find('=');
        if (at == std::string::npos || at == 0 || at + 1 == one.size())
            throw Failure{kUsage,
                          "--vary: expected path=values, such as clinic.chairs=4..10 or "
                          "clinic.closing=refuse,finish, found '" +
                              one + "'"};
        const std::string values = one.substr(at + 1);
        const bool whole = values.front() == '[' || values.find("..") != std::string::npos;
        vary += (vary.empty() ? "" : ", ") + in_quotes(one.substr(0, at)) + ": " +
                (whole ? values : "[" + values + "]");
    }
    for (const std::string& one : words.targets)
        targets += (targets.empty() ? "" : ", ") + ("{target: " + in_quotes(one) + "}");
    const auto add = [&](const char* key, std::string value, const char* option) {
        if (!value.empty())
            request.overrides.push_back({std::string{"plan."} + key, std::move(value), option});
    };
    add("vary", vary.empty() ? "" : "{" + vary + "}", "--vary");
    add("goal", words.goal, "--goal");
    add("targets", targets.empty() ? "" : "[" + targets + "]", "--target");
    add("confidence", words.confidence, "--confidence");
    add("budget", words.budget ? std::to_string(*words.budget) : "", "--budget");
    if (words.growth.empty()) return;
    request.growth = parse_relative(words.growth);
    constexpr double kMostGrowth = 0.2;
    if (!request.growth || *request.growth > kMostGrowth)
        throw Failure{kUsage,
                      "--monthly-growth: expected a growth of the arrivals up to 20 %, such as 3%, "
                      "found '" +
                          words.growth + "'"};
}

}  // namespace clinicsim::cli

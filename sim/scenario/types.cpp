#include "types.hpp"

#include <array>
#include <cstdlib>
#include <limits>

#include "clinicsim/base/check.hpp"
#include "quantities.hpp"

namespace clinicsim::reading {
namespace {

#define NUMBER "[0-9]+(\\\\.[0-9]+)?([eE][-+]?[0-9]+)?"
#define UNIT "(ms|s|sec|seconds?|min|minutes?|h|hours?|days?|weeks?|months?|years?)"
#define LENGTH NUMBER " *" UNIT "( +" NUMBER " *" UNIT ")*"
#define STRETCH "[0-2][0-9]:[0-5][0-9] *- *[0-2][0-9]:[0-5][0-9]"
#define DATE "[0-9]{4}-[0-9]{2}-[0-9]{2}"
#define PATTERN(text) R"({"type":"string","pattern":"^)" text R"($"})"
#define ANY_OF(a, b) R"({"anyOf":[)" a "," b "]}"

struct ScalarType {
    std::string_view name, words, schema;
};
// a type's longer name stands before one that begins it
constexpr std::array kScalarTypes{
    ScalarType{"text", "a text", R"({"type":["string","number"]})"},
    ScalarType{"name", "a name", R"({"type":"string"})"},
    ScalarType{"yes/no", "yes or no", R"({"enum":[true,false,"yes","no"]})"},
    ScalarType{"whole number", "a whole number", R"({"type":"integer","minimum":0})"},
    ScalarType{"number", "a number", R"({"type":"number"})"},
    ScalarType{"share", "a share such as '75 %' or 0.75",
               ANY_OF(R"({"type":"number","minimum":0,"maximum":1})", PATTERN(NUMBER " *%"))},
    ScalarType{"growth", "a growth such as '10 %' or '-5 %'",
               ANY_OF(R"({"type":"number","exclusiveMinimum":-1,"maximum":10})",
                      PATTERN("-?" NUMBER " *%"))},
    ScalarType{"days", "a duration such as '7.25 days'", PATTERN(LENGTH)},
    ScalarType{"frequency", "never, or a frequency such as '0.0075 per day' or '2.7 per year'",
               PATTERN("(never|" NUMBER " +per +(" UNIT "|" LENGTH "))")},
    ScalarType{"ratings", "a number of ratings such as '2 ratings' or '2 weekly ratings'",
               PATTERN("[0-9]+ +(weekly +)?ratings?")},
    ScalarType{"test",
               "a test such as response, 'no remission', 'improvement >= 45 %', 'response at 2 of "
               "2', always",
               PATTERN("(no +)?(always|response|remission|worse|improvement *>= *" NUMBER
                       "( *%)?)( +at +[0-9]+ +of +[0-9]+)?")},
    ScalarType{"measure", "a number in the metric's unit, such as '18 days', '75 %' or 0.75",
               ANY_OF(R"({"type":"number"})", PATTERN("(-?" NUMBER " *%|" LENGTH ")"))},
    ScalarType{"duration", "a duration such as '30 min' or '2 days'", PATTERN(LENGTH)},
    ScalarType{"length", "a length of time such as '30 days' or '6 months'", PATTERN(LENGTH)},
    ScalarType{"quantity", "a duration such as '30 min', or a number where no time is meant",
               ANY_OF(R"({"type":"number"})", PATTERN(LENGTH))},
    ScalarType{"date and time", "a date and time such as 2026-01-05 09:00",
               PATTERN(DATE "( +[0-2][0-9]:[0-5][0-9])?")},
    ScalarType{"weekdays", "days such as mon-fri or \"mon,wed\"",
               PATTERN("(sun|mon|tue|wed|thu|fri|sat)([-, ]+(sun|mon|tue|wed|thu|fri|sat))*")},
    ScalarType{"hours", "hours such as \"08:00-16:00\"", PATTERN(STRETCH)},
    ScalarType{"portion", "1, 2, a fraction such as 1/3, or a share such as '50 %'",
               ANY_OF(R"({"type":"number","exclusiveMinimum":0,"maximum":1000})",
                      PATTERN("([0-9]+ */ *[0-9]+|" NUMBER " *%)"))},
    ScalarType{"date range", "dates such as 2026-08-03, or 2026-08-10 to 2026-08-14",
               PATTERN(DATE "( +to +" DATE ")?")},
    ScalarType{"date", "a date such as 2026-01-05", PATTERN(DATE)},
    ScalarType{"yearly days", "a day of the year such as \"12-25\", or \"12-24 to 01-06\"",
               PATTERN("[0-9]{2}-[0-9]{2}( +to +[0-9]{2}-[0-9]{2})?")},
    ScalarType{"yearly day", "a day of the year such as \"12-25\"", PATTERN("[0-9]{2}-[0-9]{2}")},
    ScalarType{"opening hours", "hours such as \"08:00-17:00\", or a list of them",
               ANY_OF(PATTERN(STRETCH), R"({"type":"array","items":)" PATTERN(STRETCH) "}")},
    ScalarType{"per", "hour, day, week, month, year, or a duration such as '2 weeks'",
               PATTERN("(" UNIT "|" LENGTH ")")},
    ScalarType{"spread", "'spread over 30 days' or the like", PATTERN("spread over +" LENGTH)},
    ScalarType{"way",
               "a share, responded, otherwise, 'ill 60 days', 'well 1 year' or 'after 90 days'",
               ANY_OF(R"({"type":"number","minimum":0,"maximum":1})",
                      PATTERN("(" NUMBER " *%|responded|otherwise|(ill|well|after) +" LENGTH ")"))},
    ScalarType{"target", "a target such as \"wait_days_rescue.p95 <= 7 days\"",
               PATTERN("[a-z][a-z0-9_.]* *(<=|>=|<|>|=|in ).*")},
    ScalarType{"candidates",
               "a range such as 1..12 or '10 %..50 % by 10 %', or a list such as [1, 2, 4]",
               ANY_OF(R"({"type":"array","minItems":1})", PATTERN("[0-9.]+.*[.][.] *[0-9.]+.*"))},
    ScalarType{"goal",
               "a goal such as 'fewest clinic.chairs', 'most patients.arrivals.poisson.mean' or "
               "'lowest wait_days_rescue.mean'",
               PATTERN("(fewest|most|lowest|highest) +[^ ]+")},
    ScalarType{"runs", "a number of replications such as '2000 replications'",
               ANY_OF(R"({"type":"integer","minimum":1})", PATTERN("[0-9]+ +replications"))},
    ScalarType{"plain distribution",
               "a number, or a distribution such as {gamma: {mean: 1, sd: 0.3}}", ""},
    ScalarType{
        "distribution",
        "a duration such as '40 min', or a distribution such as {uniform: {min: 2 days, max: "
        "3 days}}",
        ""},
};

#undef NUMBER
#undef UNIT
#undef LENGTH
#undef STRETCH
#undef DATE
#undef PATTERN
#undef ANY_OF

const ScalarType& scalar_type(std::string_view type) {
    for (const ScalarType& known : kScalarTypes)
        if (type.starts_with(known.name)) return known;
    fail_check("a row's type is known", type, __FILE__, __LINE__);
}

constexpr std::string_view kListOf = "list of ", kMapOf = "map of ", kOneOf = "one of ";

template <class Use>
void split(std::string_view text, std::string_view by, Use use) {
    for (;;) {
        const std::size_t at = text.find(by);
        use(text.substr(0, at));
        if (at == std::string_view::npos) return;
        text.remove_prefix(at + by.size());
    }
}

double number_or(std::string_view text, double otherwise) {
    return text.empty() ? otherwise : parse_number(text).value;
}

std::string quoted(std::string_view text) { return '"' + std::string{text} + '"'; }

std::string bounded_schema(std::string_view type, const ScalarType& scalar) {
    if (scalar.name == "share" && type != "share") {
        const std::string number = "number" + std::string{type.substr(scalar.name.size())};
        return R"({"anyOf":[)" + bounded_schema(number, scalar_type(number)) +
               R"(,{"type":"string","pattern":"^[0-9.]+ *%$"}]})";
    }
    if (scalar.name != "number" && scalar.name != "whole number") return std::string{scalar.schema};
    const Bounds bounds = bounds_of(type, scalar.name);
    std::string schema = scalar.name == "number" ? R"({"type":"number")" : R"({"type":"integer")";
    const bool whole = scalar.name == "whole number";
    if (bounds.lowest_excluded)
        schema += R"(,"exclusiveMinimum":)" + number_text(bounds.lowest);
    else if (whole || bounds.lowest > -std::numeric_limits<double>::infinity())
        schema +=
            R"(,"minimum":)" + number_text(whole ? std::max(bounds.lowest, 0.0) : bounds.lowest);
    if (bounds.highest < std::numeric_limits<double>::infinity())
        schema += R"(,"maximum":)" + number_text(bounds.highest);
    return schema + "}";
}

std::string one_in_words(std::string_view one) {
    if (one.starts_with(kListOf)) return "a list, each " + in_words(one.substr(kListOf.size()));
    if (one.starts_with(kMapOf)) return "a mapping of names";
    if (one.starts_with('{')) return "a mapping (" + std::string{section_of(one)} + ")";
    if (one.starts_with('\'')) return std::string{one.substr(1, one.size() - 2)};
    if (one.starts_with(kOneOf)) return std::string{one};
    const ScalarType& scalar = scalar_type(one);
    std::string words{scalar.words};
    const std::string_view rest = one.substr(scalar.name.size());
    const std::size_t dots = rest.find("..");
    if (rest == " over 0") {
        words += scalar.name == "number" ? " over 0" : ", longer than 0";
    } else if (dots != std::string_view::npos) {
        std::string low{trimmed(rest.substr(0, dots))}, high{trimmed(rest.substr(dots + 2))};
        const auto add = [&](const auto& change) { low = change(low), high = change(high); };
        if (scalar.name == "share")
            add([](const std::string& s) {
                return number_text(parse_number(s).value * 100) + " %";
            });
        if (scalar.name == "days") high += " days";
        if (scalar.name == "frequency") high += " per day";
        if (low == high) return "the number " + low;
        words += high.empty() ? " of at least " + low : " from " + low + " to " + high;
    }
    return words;
}

std::string one_schema(std::string_view one, std::string_view prefix) {
    if (one.starts_with(kListOf))
        return R"({"type":"array","items":)" + schema_of(one.substr(kListOf.size()), prefix) + "}";
    if (one.starts_with(kMapOf))
        return R"({"type":"object","additionalProperties":)" +
               schema_of(one.substr(kMapOf.size()), prefix) + "}";
    const auto reference = [&](std::string_view name) {
        return R"({"$ref":"#/definitions/)" + std::string{prefix} + std::string{name} + "\"}";
    };
    if (one.starts_with('{')) return reference(section_of(one));
    if (one.starts_with('\'') || one.starts_with(kOneOf)) {
        std::string words;
        for (const auto word : words_of(one)) words += (words.empty() ? "" : ",") + quoted(word);
        return R"({"enum":[)" + words + "]}";
    }
    if (one == "distribution")
        return R"({"anyOf":[)" + one_schema("duration", prefix) + "," + reference(one) + "]}";
    if (one == "plain distribution")
        return R"({"anyOf":[{"type":"number"},)" + reference("distribution") + "]}";
    return bounded_schema(one, scalar_type(one));
}

}  // namespace

std::vector<std::string_view> alternatives(std::string_view type) {
    std::vector<std::string_view> result;
    split(type, " | ", [&](std::string_view one) {
        if (one.starts_with(kListOf) || one.starts_with(kMapOf))
            result.push_back(one);
        else
            split(one, " or ", [&](std::string_view each) { result.push_back(each); });
    });
    return result;
}

std::string_view element_of(std::string_view type, std::string_view prefix) {
    for (const auto one : alternatives(type))
        if (one.starts_with(prefix)) return one.substr(prefix.size());
    return {};
}

std::vector<std::string_view> words_of(std::string_view type) {
    std::vector<std::string_view> result;
    for (const auto one : alternatives(type)) {
        if (one.starts_with('\'')) result.push_back(one.substr(1, one.size() - 2));
        if (one.starts_with(kOneOf))
            split(one.substr(kOneOf.size()), ", ",
                  [&](std::string_view word) { result.push_back(word); });
    }
    return result;
}

std::string_view section_of(std::string_view type) {
    const std::size_t open = type.find('{'), close = type.find('}');
    return open == std::string_view::npos ? std::string_view{}
                                          : type.substr(open + 1, close - open - 1);
}

Bounds bounds_of(std::string_view type, std::string_view scalar) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    Bounds bounds{-kInfinity, kInfinity, false};
    for (const auto one : alternatives(type)) {
        if (!one.starts_with(scalar)) continue;
        const std::string_view rest = one.substr(scalar.size());
        const std::size_t dots = rest.find("..");
        if (rest == " over 0") {
            bounds = {0, kInfinity, true};
        } else if (dots != std::string_view::npos) {
            bounds.lowest = number_or(trimmed(rest.substr(0, dots)), -kInfinity);
            bounds.highest = number_or(trimmed(rest.substr(dots + 2)), kInfinity);
        }
    }
    return bounds;
}

std::string in_words(std::string_view type) {
    const auto all = alternatives(type);
    std::string result;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i > 0) result += i + 1 == all.size() ? ", or " : ", ";
        const bool of_them = i > 0 && all[i] == "list of " + std::string{all[i - 1]};
        result += of_them ? "a list of them" : one_in_words(all[i]);
    }
    return result;
}

std::string schema_of(std::string_view type, std::string_view prefix) {
    const auto all = alternatives(type);
    if (all.size() == 1) return one_schema(all[0], prefix);
    std::string result;
    for (const auto one : all) result += (result.empty() ? "" : ",") + one_schema(one, prefix);
    return R"({"anyOf":[)" + result + "]}";
}

}  // namespace clinicsim::reading

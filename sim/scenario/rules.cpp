#include "rules.hpp"

#include <array>

#include "words.hpp"

namespace clinicsim::reading {
namespace {

std::optional<Scale> scale_of(const Value& value) {
    const std::string name = value.text();
    if (!value.is_scalar()) return std::nullopt;
    if (const auto scale = scale_named(name)) return scale;
    std::vector<std::string_view> known;
    for (const ScaleRow& row : scales()) known.push_back(row.scale.name);
    value.fault("there is no scale '" + name + "'" + advice(name, known, "scales") +
                "; another one needs its numbers: {name: " + name +
                ", highest: 52, baseline: 24, response: 50 %, remission: 71 %}");
    return std::nullopt;
}

std::uint32_t read_count(const Value& value, bool weekly) {
    const RatingsInARow count = value.ratings();
    if (count.weekly && !weekly)
        value.fault("the ratings are not weekly here: write " + std::to_string(count.number) +
                    " ratings");
    return count.number;
}

/// "3 of 4" into the test; the reason where it is none.
std::string parse_times(std::string_view text, RatingTest& test) {
    const std::size_t of = text.find(" of ");
    if (of == std::string_view::npos) return "write how many of how many, such as at 3 of 4";
    const auto hits = parse_whole(text.substr(0, of)), all = parse_whole(text.substr(of + 4));
    if (!hits.fits || !all.fits) return "write how many of how many, such as at 3 of 4";
    if (hits.value < 1 || hits.value > all.value || all.value > 1000)
        return "at K of N: K from 1 to N, N at most 1000";
    test.hits = static_cast<std::uint32_t>(hits.value);
    test.of = static_cast<std::uint32_t>(all.value);
    return {};
}

Parsed<RatingTest> parse_test(std::string_view text) {
    using What = RatingTest::What;
    text = trimmed(text);
    RatingTest test;
    if (text == "always") return {test, true, {}};
    if (text.starts_with("no ")) {
        test.negated = true;
        text = trimmed(text.substr(3));
    }
    if (const std::size_t at = text.find(" at "); at != std::string_view::npos) {
        if (const auto why = parse_times(trimmed(text.substr(at + 4)), test); !why.empty())
            return {.why = why};
        text = trimmed(text.substr(0, at));
    }
    constexpr std::string_view kImprovement = "improvement";
    if (text.starts_with(kImprovement)) {
        text = trimmed(text.substr(kImprovement.size()));
        if (!text.starts_with(">=")) return {.why = "write improvement >= 45 %"};
        const auto share = parse_per_cent(text.substr(2));
        if (!share.fits) return {.why = share.why};
        if (share.value < -1 || share.value > 1)
            return {.why = "an improvement lies between -100 % and 100 %"};
        test.what = What::at_least;
        test.improvement = share.value;
        return {test, true, {}};
    }
    if (text == "response") test.what = What::response;
    if (text == "remission") test.what = What::remission;
    if (text == "worse") test.what = What::worse;
    return {test, test.what != What::always, {}};
}

}  // namespace

RatingTest read_test(const Value& value) {
    if (!value.is_scalar()) {
        value.misfit();
        return {};
    }
    const auto test = parse_test(value.node().text);
    if (!test.fits) value.misfit(test.why);
    return test.value;
}

namespace {

/// A scale of the file's own: nothing of it is known here.
std::optional<Scale> own_scale(MapReader& map, const Value& name) {
    const Value highest = map.take("highest");
    const std::size_t before = highest.context().fault_count();
    for (const char* key : {"baseline", "response", "remission"})
        if (!map.has(key))
            map.missing(key, "a scale that says its highest score says all of these");
    Scale scale;
    if (name) scale.name = name.text();
    scale.worst = highest.number();
    for (const ScaleRow& row : scales())
        if (row.scale.name == scale.name)
            highest.fault("the highest score of " + scale.name +
                          " is known: " + number_text(row.scale.worst));
    return highest.context().fault_count() == before ? std::optional{scale} : std::nullopt;
}

}  // namespace

Scale read_scale(const Value& value) {
    if (!value) return {};
    if (!value.is_map()) return scale_of(value).value_or(Scale{});
    MapReader map{value, kScaleSection};
    const Value name = map.take("name");
    const bool own = map.has("highest");
    const auto published = own ? own_scale(map, name) : name ? scale_of(name) : std::nullopt;
    Scale scale = published.value_or(Scale{});
    if (published && !own) {
        map.decided("baseline", number_text(scale.baseline));
        map.decided("response", number_text(scale.response));
        map.decided("remission", number_text(scale.remission));
    }
    const std::size_t before = value.context().fault_count();
    const Value baseline = map.take("baseline"), remission = map.take("remission");
    if (baseline) scale.baseline = baseline.number();
    if (const Value response = map.take("response")) scale.response = response.share();
    if (remission) scale.remission = remission.share();
    if (value.context().fault_count() != before || !published) return scale;
    if (scale.baseline > scale.worst)
        baseline.fault("the highest score of " + scale.name + " is " + number_text(scale.worst));
    if (scale.remission < scale.response)
        remission.fault("remission must not need less improvement than response, which is " +
                        number_text(scale.response * 100) + " % here");
    return scale;
}

double usual_relapse(const Scale& scale) {
    constexpr double kOfResponse = 0.84;  // 42 of 50 %
    const double usual = ScoreRule{}.below;
    return usual > scale.response ? kOfResponse * scale.response : usual;
}

ScoreRule read_score_rule(MapReader& map, const Scale& scale, bool has_default, bool weekly) {
    constexpr std::array<std::string_view, 3> kKinds{"improvement_below", "score_at_least",
                                                     "loss_of_response"};
    ScoreRule rule;
    int kinds = 0;
    for (const auto kind : kKinds) kinds += map.has(kind);
    if (kinds == 0 && has_default) {
        rule.below = usual_relapse(scale);
        map.decided("improvement_below", number_text(rule.below));
    }
    if (kinds > 1 || (kinds == 0 && !has_default && !map.has_unknown() && map.readable()))
        map.fault("write one of improvement_below, score_at_least, loss_of_response");
    if (const Value below = map.take("improvement_below")) rule.below = below.share();
    if (const Value score = map.take("score_at_least")) {
        rule.by = ScoreRule::By::score;
        rule.score = score.number();
        rule.below = scale.improvement_at(rule.score);
        if (score.is_scalar() && score.number() > scale.worst)
            score.fault("the highest score of " + scale.name + " is " + number_text(scale.worst));
    }
    const Value lost = map.take("loss_of_response");
    if (!lost) {
        if (const Value ratings = map.take("for")) rule.ratings = read_count(ratings, weekly);
        return rule;
    }
    rule.by = ScoreRule::By::response;
    rule.below = scale.response;
    rule.ratings = read_count(lost, weekly);
    map.unfit("for", "loss_of_response says how many ratings");
    return rule;
}

}  // namespace clinicsim::reading

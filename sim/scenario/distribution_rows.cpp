#include "distribution_rows.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <limits>

#include "observed_values.hpp"

namespace clinicsim::reading {
namespace {

// --- parameters ---------------------------------------------------------------------------------

#define NAMED_BY_MEANING "distributions are named by what they mean; write mean, such as "
constexpr std::array kParameterHints{
    Hint{"rate", NAMED_BY_MEANING "mean: 2 hours"},
    Hint{"rates", NAMED_BY_MEANING "mean: 2 hours"},
    Hint{"lambda", NAMED_BY_MEANING "mean: 2 hours"},
    Hint{"intensity", NAMED_BY_MEANING "mean: 2 hours"},
    Hint{"hazard", NAMED_BY_MEANING "mean: 2 hours"},
    Hint{"theta", NAMED_BY_MEANING "mean: 2 hours"},
    Hint{"alpha", NAMED_BY_MEANING "mean and sd"},
    Hint{"beta", NAMED_BY_MEANING "mean and sd"},
    Hint{"mu", NAMED_BY_MEANING "mean or median"},
    Hint{"k", "write shape"},
    Hint{"stddev", "write sd"},
    Hint{"std", "write sd"},
    Hint{"variance", "write sd, the square root of the variance"},
};
#undef NAMED_BY_MEANING

constexpr KeyRow kMean{"mean", "quantity", "the mean", "", "2 hours"};
constexpr KeyRow kSd{"sd", "quantity", "the standard deviation", "", "30 min"};
constexpr KeyRow kMedian{"median", "quantity", "half of all draws lie below", "", "60 days"};
constexpr KeyRow kShape{"shape", "number over 0", "form, without unit; 1 is the exponential", "",
                        "1.3"};

constexpr std::array kUniformRows{
    KeyRow{"min", "quantity", "the lowest value", "required", "2 days"},
    KeyRow{"max", "quantity", "the highest value", "required", "3 days"},
};
constexpr std::array kTriangularRows{
    KeyRow{"min", "quantity", "the lowest value", "required", "40 min"},
    KeyRow{"mode", "quantity", "the most likely value", "required", "45 min"},
    KeyRow{"max", "quantity", "the highest value", "required", "60 min"},
};
constexpr std::array kExponentialRows{
    KeyRow{"mean", "quantity", "the mean", "required", "2 years"},
};
constexpr std::array kGammaRows{
    kMean,
    kSd,
    kShape,
    KeyRow{"scale", "quantity", "mean / shape", "", "20 days"},
};
constexpr std::array kErlangRows{
    KeyRow{"stages", "whole number 1..1000000", "exponential stages, one after another", "required",
           "2"},
    KeyRow{"mean", "quantity", "the mean of all stages together", "required", "40 days"},
};
constexpr std::array kWeibullRows{
    KeyRow{"shape", "number over 0", "1: constant hazard; above 1: the hazard rises with time",
           "required", "1.3"},
    KeyRow{"scale", "quantity", "the time by which 63.2 % are over", "", "40 days"},
    kMedian,
    kMean,
};
constexpr std::array kLognormalRows{
    kMean,
    kSd,
    kMedian,
    KeyRow{"sigma", "number over 0", "standard deviation of the logarithm, without unit", "",
           "0.5"},
};
constexpr std::array kNormalRows{
    KeyRow{"mean", "quantity", "the mean before it is cut to min and max", "required", "45 min"},
    KeyRow{"sd", "quantity", "the standard deviation before it is cut", "required", "10 min"},
    KeyRow{"min", "quantity", "draws below are cut off", "(0 for durations, else none)", "20 min"},
    KeyRow{"max", "quantity", "draws above are cut off", "", "90 min"},
};
constexpr std::array kBetaRows{
    KeyRow{"mean", "quantity", "the mean", "required", "45 min"},
    KeyRow{"sd", "quantity", "the standard deviation", "required", "5 min"},
    KeyRow{"min", "quantity", "the lowest value", "(0)", "30 min"},
    KeyRow{"max", "quantity", "the highest value", "(1 for plain numbers; durations must name it)",
           "60 min"},
};
constexpr std::array kDiscreteRows{
    KeyRow{"value", "quantity", "one of the values", "required", "30 min"},
    KeyRow{"share", "share", "how often; the shares sum to 100 %", "required", "25 %"},
};
constexpr std::array kEmpiricalRows{
    KeyRow{"csv", "text", "a CSV file beside the scenario or deeper, with a line of headings",
           "required", "visits.csv"},
    KeyRow{"column", "text", "heading of the column", "required", "minutes"},
    KeyRow{"unit", "per", "durations: what 1 in that column means", "", "min"},
};
constexpr std::array kMixtureRows{
    KeyRow{"share", "share", "how often; the shares sum to 100 %", "required", "25 %"},
    KeyRow{"of", "distribution", "a distribution", "required", "{exponential: {mean: 2 hours}}"},
};

constinit const Section kUniform{"distribution.uniform", "", "any value between two is as likely",
                                 kUniformRows, kParameterHints};
constinit const Section kTriangular{"distribution.triangular", "",
                                    "a lowest, a likeliest, a highest", kTriangularRows,
                                    kParameterHints};
constinit const Section kExponential{
    "distribution.exponential", "",
    "the hazard never changes: what is over soon is as likely as ever", kExponentialRows,
    kParameterHints};
constinit const Section kGamma{"distribution.gamma", "",
                               "write mean and sd, or mean and shape, or shape and scale",
                               kGammaRows, kParameterHints};
constinit const Section kErlang{"distribution.erlang", "",
                                "so many exponential stages one after another", kErlangRows,
                                kParameterHints};
constinit const Section kWeibull{"distribution.weibull", "",
                                 "write shape, and one of scale, median, mean", kWeibullRows,
                                 kParameterHints};
constinit const Section kLognormal{
    "distribution.lognormal", "",
    "write mean and sd, mean and sigma, median and sd, median and sigma, or median and mean",
    kLognormalRows, kParameterHints};
constinit const Section kNormal{"distribution.normal", "", "a normal, cut to min and max",
                                kNormalRows, kParameterHints};
constinit const Section kBeta{"distribution.beta", "", "a beta, stretched to min and max",
                              kBetaRows, kParameterHints};
constinit const Section kDiscrete{"distribution.discrete", "", "one value and how often it comes",
                                  kDiscreteRows, kParameterHints};
constinit const Section kEmpirical{"distribution.empirical", "", "observed values from a CSV file",
                                   kEmpiricalRows, kParameterHints};
constinit const Section kMixture{"distribution.mixture", "", "one part and how often it is drawn",
                                 kMixtureRows, kParameterHints};

constexpr std::array kParameterSections{&kUniform,
                                        &kTriangular,
                                        &kExponential,
                                        &kGamma,
                                        &kErlang,
                                        &kWeibull,
                                        &kLognormal,
                                        &kNormal,
                                        &kBeta,
                                        &kDiscrete,
                                        &kEmpirical,
                                        &kMixture,
                                        &kDistributionSection};

// --- reading ------------------------------------------------------------------------------------

double quantity_of(const Value& value, Quantity quantity) {
    if (!value) return 1;
    const Value typed{value.context(), value.node(), value.path(),
                      quantity == Quantity::duration ? "duration" : "number"};
    return quantity == Quantity::duration ? typed.ticks() : typed.number();
}

/// The parameters of one distribution; each may be asked for by name.
class Parameters {
  public:
    Parameters(const Value& value, const Section& section, Quantity quantity)
        : map_{value, section}, section_{section}, quantity_{quantity} {}

    double quantity(std::string_view key) { return quantity_of(map_.take(key), quantity_); }
    double number(std::string_view key) {
        const Value value = map_.take(key);
        return value ? value.number() : 1;
    }
    double quantity_or(std::string_view key, double otherwise) {
        const Value value = map_.take(key);
        return value ? quantity_of(value, quantity_) : otherwise;
    }
    bool has(std::string_view key) const { return map_.has(key); }
    MapReader& map() { return map_; }

    /// Whether exactly these of the keys that can be combined are there.
    bool are(std::initializer_list<std::string_view> keys) const {
        std::size_t present = 0;
        for (const KeyRow& row : section_.rows) present += map_.has(row.key);
        if (present != keys.size()) return false;
        for (const auto key : keys)
            if (!map_.has(key)) return false;
        return true;
    }
    /// No combination fits: says which do.
    Distribution no_combination() {
        map_.fault(std::string{section_.summary});
        for (const KeyRow& row : section_.rows) map_.take(row.key);
        return Constant{1};
    }

  private:
    MapReader map_;
    const Section& section_;
    Quantity quantity_;
};

Distribution read_constant(const Value& value, Quantity quantity) {
    return Constant{quantity_of(value, quantity)};
}

Distribution read_uniform(const Value& value, Quantity quantity) {
    Parameters p{value, kUniform, quantity};
    Uniform uniform;
    uniform.min = p.quantity("min");
    uniform.max = p.quantity("max");
    return uniform;
}

Distribution read_triangular(const Value& value, Quantity quantity) {
    Parameters p{value, kTriangular, quantity};
    Triangular triangular;
    triangular.min = p.quantity("min");
    triangular.mode = p.quantity("mode");
    triangular.max = p.quantity("max");
    return triangular;
}

Distribution read_exponential(const Value& value, Quantity quantity) {
    Parameters p{value, kExponential, quantity};
    return Exponential{p.quantity("mean")};
}

Distribution read_gamma(const Value& value, Quantity quantity) {
    Parameters p{value, kGamma, quantity};
    if (p.are({"mean", "sd"})) {
        const double mean = p.quantity("mean");
        return Gamma::of_mean_sd(mean, p.quantity("sd"));
    }
    if (p.are({"mean", "shape"})) {
        const double mean = p.quantity("mean");
        return Gamma::of_mean_shape(mean, p.number("shape"));
    }
    if (p.are({"shape", "scale"})) {
        const double shape = p.number("shape");
        return Gamma{shape, p.quantity("scale")};
    }
    return p.no_combination();
}

Distribution read_erlang(const Value& value, Quantity quantity) {
    Parameters p{value, kErlang, quantity};
    const Value stages = p.map().take("stages");
    const int count = stages ? static_cast<int>(stages.whole()) : 1;
    return Erlang{count, p.quantity("mean")};
}

Distribution read_weibull(const Value& value, Quantity quantity) {
    Parameters p{value, kWeibull, quantity};
    const double shape = p.number("shape");
    if (p.has("scale") + p.has("median") + p.has("mean") != 1) return p.no_combination();
    if (p.has("median")) return Weibull::of_shape_median(shape, p.quantity("median"));
    if (p.has("mean")) return Weibull::of_shape_mean(shape, p.quantity("mean"));
    return Weibull{shape, p.quantity("scale")};
}

Distribution read_lognormal(const Value& value, Quantity quantity) {
    Parameters p{value, kLognormal, quantity};
    if (p.are({"mean", "sd"})) {
        const double mean = p.quantity("mean");
        return Lognormal::of_mean_sd(mean, p.quantity("sd"));
    }
    if (p.are({"mean", "sigma"})) {
        const double mean = p.quantity("mean");
        return Lognormal::of_mean_sigma(mean, p.number("sigma"));
    }
    if (p.are({"median", "sd"})) {
        const double median = p.quantity("median");
        return Lognormal::of_median_sd(median, p.quantity("sd"));
    }
    if (p.are({"median", "sigma"})) {
        const double median = p.quantity("median");
        return Lognormal{median, p.number("sigma")};
    }
    if (p.are({"median", "mean"})) {
        const double median = p.quantity("median"), mean = p.quantity("mean");
        if (median > 0 && mean > median)  // mean = median exp(sigma^2 / 2)
            return Lognormal{median, std::sqrt(2 * std::log(mean / median))};
        p.map().fault("the mean of a lognormal lies above its median, and both above 0");
        return Constant{1};
    }
    return p.no_combination();
}

Distribution read_normal(const Value& value, Quantity quantity) {
    Parameters p{value, kNormal, quantity};
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    Normal normal;
    normal.mean = p.quantity("mean");
    normal.sd = p.quantity("sd");
    normal.min = p.quantity_or("min", quantity == Quantity::duration ? 0 : -kInfinity);
    normal.max = p.quantity_or("max", kInfinity);
    return normal;
}

Distribution read_beta(const Value& value, Quantity quantity) {
    Parameters p{value, kBeta, quantity};
    const double mean = p.quantity("mean"), sd = p.quantity("sd");
    const double min = p.quantity_or("min", 0);
    if (quantity == Quantity::duration && !p.has("max")) {
        p.map().missing("max");
        return Constant{1};
    }
    return Beta::of_mean_sd(mean, sd, min, p.quantity_or("max", 1));
}

/// Shares of a list must sum to one; the sum is shown where they do not.
void check_sum(const Value& list, double sum) {
    if (std::abs(sum - 1) > 1e-9)
        list.fault("the shares sum to " + number_text(sum * 100) + " %, not 100 %");
}

Distribution read_discrete(const Value& value, Quantity quantity) {
    Discrete discrete;
    const std::size_t before = value.context().fault_count();
    double sum = 0;
    for (const Value& item : value.items()) {
        Parameters p{item, kDiscrete, quantity};
        discrete.values.push_back(p.quantity("value"));
        const Value share = p.map().take("share");
        discrete.shares.push_back(share ? share.share() : 0);
        sum += discrete.shares.back();
    }
    if (value.context().fault_count() == before) check_sum(value, sum);
    return discrete;
}

/// The values stand in for the file from then on: what was run is told without it.
void keep_values(Node& node, const std::vector<double>& values, Quantity quantity) {
    Node list;
    list.kind = Node::Kind::list;
    list.place = node.place;
    for (const double value : values) {
        char text[40];
        std::snprintf(text, sizeof text, quantity == Quantity::duration ? "%.17g ms" : "%.17g",
                      value);
        list.items.push_back(Node::scalar(text));
    }
    node = std::move(list);
}

std::vector<double> values_of_file(const Value& value, Quantity quantity) {
    Parameters p{value, kEmpirical, quantity};
    const Value csv = p.map().take("csv"), column = p.map().take("column");
    const Value unit = p.map().take("unit");
    if (quantity == Quantity::duration && !unit) p.map().missing("unit");
    if (quantity == Quantity::plain && unit) unit.fault("plain numbers have no unit");
    const double factor = unit ? unit.per() : 1;
    std::vector<double> values;
    if (csv && column) values = read_column(csv, column);
    for (double& observed : values) observed *= factor;
    return values;
}

Distribution read_empirical(const Value& value, Quantity quantity) {
    Empirical empirical;
    if (value.is_map()) {
        empirical.values = values_of_file(value, quantity);
        keep_values(value.node(), empirical.values, quantity);
    } else {
        for (const Value& item : value.items())
            empirical.values.push_back(quantity_of(item, quantity));
    }
    return empirical;
}

Distribution read_mixture(const Value& value, Quantity quantity) {
    Mixture mixture;
    const std::size_t before = value.context().fault_count();
    double sum = 0;
    for (const Value& item : value.items()) {
        Parameters p{item, kMixture, quantity};
        const Value share = p.map().take("share"), of = p.map().take("of");
        MixturePart part;
        if (share) part.share = share.share();
        if (of) part.distribution = read_distribution(of, quantity);
        sum += part.share;
        mixture.parts.push_back(std::move(part));
    }
    if (value.context().fault_count() == before) check_sum(value, sum);
    return mixture;
}

// --- the rows -----------------------------------------------------------------------------------

constexpr std::array kRows{
    DistributionRow{Constant::name, "quantity", "always the same; the name may be left out",
                    "40 min", "1", nullptr, read_constant},
    DistributionRow{Uniform::name, "{distribution.uniform}", kUniform.summary,
                    "{min: 2 days, max: 3 days}", "{min: 0.5, max: 1.5}", &kUniform, read_uniform},
    DistributionRow{Triangular::name, "{distribution.triangular}", kTriangular.summary,
                    "{min: 40 min, mode: 45 min, max: 60 min}", "{min: 0, mode: 1, max: 3}",
                    &kTriangular, read_triangular},
    DistributionRow{Exponential::name, "{distribution.exponential}", kExponential.summary,
                    "{mean: 2 years}", "{mean: 1}", &kExponential, read_exponential},
    DistributionRow{Gamma::name, "{distribution.gamma}", kGamma.summary,
                    "{mean: 40 days, sd: 20 days}", "{mean: 1, sd: 0.3}", &kGamma, read_gamma},
    DistributionRow{Erlang::name, "{distribution.erlang}", kErlang.summary,
                    "{stages: 2, mean: 40 days}", "{stages: 2, mean: 1}", &kErlang, read_erlang},
    DistributionRow{Weibull::name, "{distribution.weibull}", kWeibull.summary,
                    "{shape: 1.3, median: 60 days}", "{shape: 1.3, mean: 1}", &kWeibull,
                    read_weibull},
    DistributionRow{Lognormal::name, "{distribution.lognormal}", kLognormal.summary,
                    "{mean: 45 min, sd: 10 min}", "{median: 1, sigma: 0.5}", &kLognormal,
                    read_lognormal},
    DistributionRow{Normal::name, "{distribution.normal}", kNormal.summary,
                    "{mean: 45 min, sd: 10 min, min: 20 min}", "{mean: 1, sd: 0.2, min: 0, max: 2}",
                    &kNormal, read_normal},
    DistributionRow{Beta::name, "{distribution.beta}", kBeta.summary,
                    "{mean: 45 min, sd: 5 min, min: 30 min, max: 60 min}", "{mean: 0.6, sd: 0.1}",
                    &kBeta, read_beta},
    DistributionRow{Discrete::name, "list of {distribution.discrete}",
                    "one of several values, each with its share",
                    "[{value: 40 min, share: 75 %}, {value: 60 min, share: 25 %}]",
                    "[{value: 0.5, share: 50 %}, {value: 1.5, share: 50 %}]", &kDiscrete,
                    read_discrete},
    DistributionRow{Empirical::name, "list of quantity | {distribution.empirical}",
                    "observed values, each as likely; a list or a column of a CSV file",
                    "[38 min, 41 min, 55 min]", "[0.8, 1, 1.3]", &kEmpirical, read_empirical},
    DistributionRow{Mixture::name, "list of {distribution.mixture}",
                    "one of several distributions, each with its share",
                    "[{share: 80 %, of: 40 min}, {share: 20 %, of: {exponential: {mean: 1 h}}}]",
                    "[{share: 50 %, of: 1}, {share: 50 %, of: {exponential: {mean: 2}}}]",
                    &kMixture, read_mixture},
};
static_assert(kRows.size() == std::variant_size_v<AnyDistribution>,
              "a distribution without a row cannot be written in a scenario");

constexpr auto key_rows_of(const std::array<DistributionRow, kRows.size()>& rows) {
    std::array<KeyRow, kRows.size()> keys{};
    for (std::size_t i = 0; i < rows.size(); ++i)
        keys[i] = {rows[i].name, rows[i].type, rows[i].summary, "", rows[i].example};
    return keys;
}
constexpr auto kKeyRows = key_rows_of(kRows);

constexpr std::array kNameHints{
    Hint{"poisson", "for a time between events write exponential, with its mean"},
    Hint{"fixed", "write the value itself"},
};

}  // namespace

constinit const Section kDistributionSection{
    "distribution", "", "a distribution: a mapping with one key, its name", kKeyRows, kNameHints};

std::span<const DistributionRow> distribution_rows() { return kRows; }

const DistributionRow* distribution_row(std::string_view name) {
    for (const DistributionRow& row : kRows)
        if (row.name == name) return &row;
    return nullptr;
}

std::span<const Section* const> distribution_sections() { return kParameterSections; }

Distribution read_distribution(const Value& value, Quantity quantity) {
    const std::size_t before = value.context().fault_count();
    Distribution result = Constant{1};
    if (value.is_map()) {
        MapReader map{value, kDistributionSection};
        const DistributionRow* chosen = nullptr;
        for (const DistributionRow& row : kRows)
            if (map.has(row.name)) {
                if (chosen != nullptr)
                    map.unfit(row.name, "a distribution has one name; this one has " +
                                            std::string{chosen->name} + " already");
                else
                    chosen = &row;
            }
        if (chosen != nullptr)
            result = chosen->read(map.take(chosen->name), quantity);
        else if (value.node().entries.empty())
            value.misfit();
    } else if (value.is_scalar()) {
        result = read_constant(value, quantity);
    } else {
        value.misfit();
    }
    if (value.context().fault_count() != before || value.is_refused()) return Constant{1};
    const std::string why =
        quantity == Quantity::duration ? duration_validity(result) : validity(result);
    if (why.empty()) return result;
    value.fault("this distribution cannot be drawn from: " + why);
    return Constant{1};
}

}  // namespace clinicsim::reading

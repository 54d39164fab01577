#include "sets_csv.hpp"

#include <algorithm>

#include "quantities.hpp"
#include "words.hpp"

namespace clinicsim::reading {

namespace {

constexpr std::size_t kMostSets = 10'000;
constexpr std::size_t kMostFaults = 20;  // of one file

/// One line of a CSV file, without quotes; `column` counts characters from 1.
struct Cell {
    std::string_view text;
    std::size_t column;
};

std::vector<Cell> cells_of(std::string_view line) {
    std::vector<Cell> cells;
    for (std::size_t from = 0;;) {
        const std::size_t end = line.find(',', from);
        const std::string_view whole = line.substr(from, end - from);
        const std::string_view text = trimmed(whole);
        const std::size_t skipped =
            text.empty() ? 0 : static_cast<std::size_t>(text.data() - whole.data());
        cells.push_back({text, from + skipped + 1});
        if (end == std::string_view::npos) return cells;
        from = end + 1;
    }
}

class SetsFile {
  public:
    explicit SetsFile(const SetsFault& fault) : fault_{fault} {}

    ParameterSets read(std::string_view text) {
        bool has_header = false;
        while (!text.empty() && faults_ < kMostFaults) {
            const std::size_t end = text.find('\n');
            std::string_view line = text.substr(0, end);
            if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
            text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
            ++line_;
            if (trimmed(line).empty() || line[0] == '#') continue;
            if (has_header)
                read_set(line);
            else
                read_header(line);
            has_header = true;
            if (sets_.parameters.empty()) return sets_;
            if (sets_.values.size() > kMostSets) {
                fault_(0, 0, "holds more than 10,000 sets");
                return {};
            }
        }
        if (faults_ == 0 && sets_.values.empty()) fault_(0, 0, "holds no sets of parameters");
        return sets_;
    }

  private:
    void fault(const Cell& cell, const std::string& message) {
        ++faults_;
        fault_(line_, cell.column, message);
    }

    void read_header(std::string_view line) {
        for (const Cell& cell : cells_of(line)) {
            const SymptomParameter* parameter = symptom_parameter(cell.text);
            if (parameter == nullptr)
                fault(cell, "the symptom course has no parameter '" + std::string{cell.text} + "'" +
                                advice(cell.text, parameter_names(), "parameters"));
            else if (std::count(sets_.parameters.begin(), sets_.parameters.end(), parameter) != 0)
                fault(cell, "'" + std::string{cell.text} + "' is named twice");
            sets_.parameters.push_back(parameter);
        }
        if (faults_ > 0) sets_.parameters.clear();
    }

    void read_set(std::string_view line) {
        const auto cells = cells_of(line);
        if (cells.size() != sets_.parameters.size()) {
            fault(cells.back(), count_fault(cells.size(), sets_.parameters.size()));
            return;
        }
        std::vector<double> set;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto number = parse_number(cells[i].text);
            if (!number.fits) {
                fault(cells[i], "'" + std::string{cells[i].text} + "' is no number");
            } else if (const auto why = range_fault(*sets_.parameters[i], number.value);
                       !why.empty()) {
                fault(cells[i], why);
            }
            set.push_back(number.value);
        }
        sets_.values.push_back(std::move(set));
    }

    const SetsFault& fault_;
    ParameterSets sets_;
    std::size_t line_ = 0, faults_ = 0;
};

}  // namespace

ParameterSets parse_sets(std::string_view text, const SetsFault& fault) {
    return SetsFile{fault}.read(text);
}

std::vector<std::string_view> parameter_names() {
    std::vector<std::string_view> names;
    for (const SymptomParameter& one : symptom_parameters()) names.push_back(one.name);
    return names;
}

/// Why the frequency of stress may rise over its bound; empty: it may not.
std::string too_much_stress(const SymptomCourse& course) {
    const double most = most_stress(course);
    if (most <= kMostStress) return {};
    return "season, therapy_stress and stressful_factor together can raise the frequency of "
           "stress " +
           number_text(most) + " times; at most " + number_text(kMostStress) + " is possible";
}

std::string range_fault(const SymptomParameter& parameter, double value) {
    if (value >= parameter.lowest && value <= parameter.highest) return {};
    return number_text(value) + " is out of range for " + std::string{parameter.name} + ", " +
           number_text(parameter.lowest) + " to " + number_text(parameter.highest);
}

std::string count_fault(std::size_t found, std::size_t expected) {
    return "a set has " + std::to_string(expected) + " values here, one for each parameter, not " +
           std::to_string(found);
}

}  // namespace clinicsim::reading

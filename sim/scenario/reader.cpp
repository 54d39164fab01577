#include "reader.hpp"

#include <algorithm>
#include <limits>

#include "clinicsim/base/check.hpp"
#include "types.hpp"
#include "words.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::size_t kLongestFound = 60;
constexpr std::size_t kLongestName = 64;
/// No section has as many keys: nobody wrote them by hand.
constexpr std::size_t kMostEntriesToHelpWith = 200;

}  // namespace

bool is_name(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (text.empty() || text.size() > kLongestName || !letter(text[0])) return false;
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

namespace {

/// Cut at a character's end, so that the text stays UTF-8.
std::string shortened(std::string_view text) {
    if (text.size() <= kLongestFound) return std::string{text};
    std::size_t end = kLongestFound;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return std::string{text.substr(0, end)} + "…";
}

std::string joined(const std::string& path, std::string_view key) {
    return path.empty() ? std::string{key} : path + "." + std::string{key};
}

/// A row's default as a node, which has no place.
Node default_node(std::string_view text) {
    if (text != "{}" && text != "[]" && text[0] == '[') {
        // the only defaults that are lists hold plain words
        Node node;
        node.kind = Node::Kind::list;
        std::string_view rest = text.substr(1, text.size() - 2);
        while (!rest.empty()) {
            const std::size_t comma = rest.find(',');
            node.items.push_back(Node::scalar(std::string{trimmed(rest.substr(0, comma))}));
            rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        }
        return node;
    }
    Node node = Node::scalar(std::string{text});
    if (text == "{}") node.kind = Node::Kind::map, node.text.clear();
    if (text == "[]") node.kind = Node::Kind::list, node.text.clear();
    return node;
}

}  // namespace

std::string found_text(const Node& node) {
    switch (node.kind) {
        case Node::Kind::nothing:
            return "found nothing";
        case Node::Kind::scalar:
            return node.quoted ? "found the text \"" + shortened(node.text) + "\""
                               : "found '" + shortened(node.text) + "'";
        case Node::Kind::list:
            return "found a list";
        case Node::Kind::map:
            return "found a mapping";
        case Node::Kind::refused:
            break;
    }
    return "found what was refused";
}

// --- Value --------------------------------------------------------------------------------------

void Value::fault(std::string message) const {
    if (!is_refused()) context_->fault(node_->place, path_, std::move(message));
}

void Value::misfit(const std::string& why) const {
    fault("expected " + in_words(type_) + "; " + found_text(*node_) +
          (why.empty() ? "" : ": " + why));
}

template <class T>
T Value::read(Parsed<T> (*parse)(std::string_view), bool quoted_fits) const {
    if (!is_scalar()) {
        misfit();
        return {};
    }
    if (node_->quoted && !quoted_fits) {
        misfit("write it without quotes");
        return {};
    }
    Parsed<T> parsed = parse(node_->text);
    if (!parsed.fits) misfit(parsed.why);
    return parsed.value;
}

std::string Value::text() const {
    if (!is_scalar()) misfit();
    return is_scalar() ? node_->text : std::string{};
}

double Value::bounded(Parsed<double> (*parse)(std::string_view), bool quoted_fits,
                      std::string_view scalar, double otherwise) const {
    const std::size_t before = context_->fault_count();
    const double value = read(parse, quoted_fits);
    if (context_->fault_count() != before || is_refused()) return otherwise;
    const Bounds bounds = bounds_of(type_, scalar);
    if (value < bounds.lowest || value > bounds.highest ||
        (bounds.lowest_excluded && value == bounds.lowest)) {
        misfit("it is out of range");
        return otherwise;
    }
    return value;
}

double Value::number() const { return bounded(parse_number, false, "number", 1); }
double Value::days() const { return bounded(parse_days, true, "days", 1); }
double Value::per_day() const { return bounded(parse_frequency, true, "frequency", 0); }

std::uint64_t Value::whole() const {
    const std::size_t before = context_->fault_count();
    const std::uint64_t value = read(parse_whole, false);
    const Bounds bounds = bounds_of(type_, "whole number");
    const auto lowest = static_cast<std::uint64_t>(std::max(bounds.lowest, 0.0));
    if (context_->fault_count() != before || is_refused()) return lowest;
    if (value < lowest || static_cast<double>(value) > bounds.highest) {
        misfit("it is out of range");
        return lowest;
    }
    return value;
}

bool Value::yes_no() const {
    const auto parse = [](std::string_view text) -> Parsed<bool> {
        const bool yes = text == "yes" || text == "true";
        return {yes, yes || text == "no" || text == "false", {}};
    };
    return read<bool>(parse, true);
}

std::size_t Value::choice() const {
    const auto words = words_of(type_);
    if (is_scalar()) {
        const auto at = std::find(words.begin(), words.end(), node_->text);
        if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
        const auto meant = nearest(node_->text, words);
        misfit(meant.empty() ? "" : "did you mean '" + std::string{meant} + "'?");
    } else {
        misfit();
    }
    return 0;
}

double Value::share() const {
    if (is_scalar() && node_->quoted && node_->text.find('%') == std::string::npos) {
        misfit("write it without quotes");
        return 0;
    }
    if (bounds_of(type_, "share").highest < std::numeric_limits<double>::infinity())
        return bounded(parse_per_cent, true, "share", 0);
    return read(parse_share, true);
}

double Value::growth() const { return read(parse_growth, true); }
double Value::ticks() const { return read(parse_ticks, true); }
double Value::per() const {
    const double ticks = read(parse_per, true);
    return ticks > 0 ? ticks : 1;
}
Date Value::date() const {
    const auto parse = [](std::string_view text) -> Parsed<Date> {
        const auto date = parse_date(text);
        return {date.value_or(Date{}), date.has_value(), "no such date exists"};
    };
    return read<Date>(parse, true);
}
YearlyDay Value::yearly_day() const {
    const auto parse = [](std::string_view text) -> Parsed<YearlyDay> {
        const auto day = parse_yearly_day(text);
        return {day.value_or(YearlyDay{}), day.has_value(), "write month-day, in quotes"};
    };
    return read<YearlyDay>(parse, true);
}
std::vector<YearlyDay> Value::yearly_days() const { return read(parse_yearly_days, true); }
DateRange Value::date_range() const { return read(parse_date_range, true); }
DayAndTime Value::day_and_time() const { return read(parse_day_and_time, true); }
Stretch Value::stretch() const { return read(parse_stretch, true); }

std::array<bool, 7> Value::weekdays() const { return read(parse_weekdays, true); }

std::uint32_t Value::portion() const {
    const std::uint32_t parts = read(parse_portion, true);
    return parts > 0 ? parts : kWhole;
}

RatingsInARow Value::ratings() const { return read(parse_ratings, true); }

Duration Value::duration() const {
    const std::size_t before = context_->fault_count();
    const Duration value = read(parse_duration, true);
    if (context_->fault_count() == before && is_scalar() && value == Duration::zero() &&
        bounds_of(type_, "duration").lowest_excluded)
        misfit("it must be longer than 0");
    return value;
}

Span Value::span() const {
    const std::size_t before = context_->fault_count();
    const Span value = read(parse_span, true);
    if (context_->fault_count() == before && is_scalar() && value.empty() &&
        bounds_of(type_, "length").lowest_excluded)
        misfit("it must be longer than 0");
    return value;
}

std::vector<Value> Value::items() const {
    std::vector<Value> result;
    if (!is_list()) {
        misfit();
        return result;
    }
    const auto type = element_of(type_, "list of ");
    for (std::size_t i = 0; i < node_->items.size(); ++i)
        result.emplace_back(*context_, node_->items[i], path_ + "." + std::to_string(i), type);
    return result;
}

std::vector<std::pair<std::string, Value>> Value::named() const {
    std::vector<std::pair<std::string, Value>> result;
    if (!is_map()) {
        misfit();
        return result;
    }
    const auto type = element_of(type_, "map of ");
    node_->in_order = true;
    for (Entry& entry : node_->entries) {
        if (!is_name(entry.key)) {
            context_->fault(entry.place, joined(path_, entry.key),
                            "a name begins with a letter and goes on with letters, digits, _ and "
                            "-, at most 64 in all");
            continue;
        }
        result.emplace_back(entry.key,
                            Value{*context_, entry.value, joined(path_, entry.key), type});
    }
    return result;
}

std::optional<std::size_t> Value::reference(const std::vector<std::string>& known,
                                            std::string_view what,
                                            std::string_view known_as) const {
    if (!is_scalar()) {
        misfit();
        return std::nullopt;
    }
    const auto at = std::find(known.begin(), known.end(), node_->text);
    if (at != known.end()) return static_cast<std::size_t>(at - known.begin());
    fault("there is no " + std::string{what} + " '" + shortened(node_->text) + "'" +
          advice(node_->text, known, known_as));
    return std::nullopt;
}

// --- MapReader ----------------------------------------------------------------------------------

MapReader::MapReader(const Value& map, const Section& section) : map_{map}, section_{section} {
    if (map_ && !map_.is_map()) map_.misfit();
}

MapReader::~MapReader() {
    if (!readable()) return;
    for (const Entry& entry : map_.node().entries) {
        if (map_.context().is_full()) return;
        if (asked_.count(entry.key) != 0) continue;
        const auto hint = std::find_if(section_.hints.begin(), section_.hints.end(),
                                       [&](const Hint& h) { return h.key == entry.key; });
        std::vector<std::string_view> known;
        for (const KeyRow& row : section_.rows) known.push_back(row.key);
        map_.context().fault(entry.place, path_of(entry.key),
                             hint != section_.hints.end()
                                 ? std::string{hint->advice}
                                 : "unknown key" + advice(entry.key, known, "keys here"));
    }
}

Value MapReader::take(std::string_view key) {
    const KeyRow& row = row_of(key);
    asked_.insert(row.key);
    if (!readable()) return {};
    Node& node = map_.node();
    Entry* entry = node.find(key);
    if (entry != nullptr) {
        if (entry->place.file >= 0) map_.context().met.insert(&row);
    } else if (row.fallback == "required") {
        missing(key);
    } else if (!row.fallback.empty() && row.fallback[0] != '(') {
        node.entries.push_back({std::string{key}, {}, default_node(row.fallback)});
        entry = &node.entries.back();
    }
    if (entry == nullptr) return {};
    return Value{map_.context(), entry->value, path_of(key), row.type};
}

bool MapReader::has(std::string_view key) const {
    return readable() && map_.node().find(key) != nullptr;
}

bool MapReader::has_unknown() const {
    if (!readable()) return false;
    const auto& entries = map_.node().entries;
    return std::any_of(entries.begin(), entries.end(),
                       [&](const Entry& entry) { return section_.row(entry.key) == nullptr; });
}

void MapReader::missing(std::string_view key, const std::string& why) const {
    const KeyRow& row = row_of(key);
    if (!readable() || is_mistyped(key)) return;
    map_.context().fault(map_.node().place, path_of(key),
                         "missing: " + std::string{row.summary} + ", such as " +
                             std::string{row.key} + ": " + std::string{row.example} +
                             (why.empty() ? "" : " (" + why + ")"));
}

void MapReader::unfit(std::string_view key, const std::string& why) {
    const KeyRow& row = row_of(key);
    asked_.insert(row.key);
    if (!has(key)) return;
    map_.context().met.insert(&row);
    map_.context().fault(map_.node().find(key)->place, path_of(key), why);
}

void MapReader::decided(std::string_view key, std::string_view text) {
    row_of(key);
    if (readable() && !has(key))
        map_.node().entries.push_back({std::string{key}, {}, default_node(text)});
}

void MapReader::fault(std::string message) const {
    if (map_) map_.fault(std::move(message));
}

/// Whether an unknown key is there that will be reported as a slip for this one.
bool MapReader::is_mistyped(std::string_view key) const {
    std::vector<std::string_view> known;
    for (const KeyRow& row : section_.rows) known.push_back(row.key);
    const auto& entries = map_.node().entries;
    if (entries.size() > kMostEntriesToHelpWith) return false;
    return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
        if (section_.row(entry.key) != nullptr) return false;
        const bool hinted = std::any_of(section_.hints.begin(), section_.hints.end(),
                                        [&](const Hint& hint) { return hint.key == entry.key; });
        return hinted || nearest(entry.key, known) == key;
    });
}

const KeyRow& MapReader::row_of(std::string_view key) const {
    const KeyRow* row = section_.row(key);
    CLINICSIM_CHECK(row != nullptr, "the reader asks for keys that have a row only");
    return *row;
}

std::string MapReader::path_of(std::string_view key) const { return joined(map_.path(), key); }

}  // namespace clinicsim::reading

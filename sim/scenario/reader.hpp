// The one way to read a mapping, and the one way to read a value. A MapReader asks for the keys of
// a section; what stands in the file and has no row is reported when the reader ends. A Value reads
// itself as what its row's type says, and reports what does not fit, with its place and path.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clinicsim/base/dates.hpp"
#include "clinicsim/base/time.hpp"
#include "context.hpp"
#include "keys.hpp"
#include "node.hpp"
#include "quantities.hpp"

namespace clinicsim::reading {

/// A value of the file with its path and its row's type; or none, where the key is absent. After a
/// fault the readers return something harmless, so that reading goes on and finds the next one.
class Value {
  public:
    Value() = default;
    Value(Context& context, Node& node, std::string path, std::string_view type)
        : context_{&context}, node_{&node}, path_{std::move(path)}, type_{type} {}

    explicit operator bool() const { return node_ != nullptr; }
    Context& context() const { return *context_; }
    Node& node() const { return *node_; }
    const std::string& path() const { return path_; }
    std::string_view type() const { return type_; }

    bool is_map() const { return node_->kind == Node::Kind::map; }
    bool is_list() const { return node_->kind == Node::Kind::list; }
    bool is_scalar() const { return node_->kind == Node::Kind::scalar; }
    /// Whether it is this word.
    bool is(std::string_view word) const { return is_scalar() && node_->text == word; }
    /// Already reported: nothing more is to be said about it.
    bool is_refused() const { return node_->kind == Node::Kind::refused; }

    std::string text() const;
    double number() const;
    std::uint64_t whole() const;
    bool yes_no() const;
    /// Which of the words that the type names; 0 after a fault.
    std::size_t choice() const;
    /// 0 to 1, or within the bounds of the type.
    double share() const;
    double growth() const;
    double ticks() const;
    double days() const;
    double per_day() const;
    RatingsInARow ratings() const;
    Duration duration() const;
    Span span() const;
    Date date() const;
    YearlyDay yearly_day() const;
    std::vector<YearlyDay> yearly_days() const;
    DateRange date_range() const;
    DayAndTime day_and_time() const;
    Stretch stretch() const;
    double per() const;
    std::array<bool, 7> weekdays() const;
    /// Of a person or device, in parts of which kWhole are one.
    std::uint32_t portion() const;

    /// The elements of a list; of anything else, a fault and none.
    std::vector<Value> items() const;
    /// The elements of a mapping from names; of anything else, a fault and none. Names begin with a
    /// letter and go on with letters, digits, _ and -.
    std::vector<std::pair<std::string, Value>> named() const;
    /// The name's place in `known`; nothing after a fault. `what` is "course", `known_as`
    /// "courses".
    std::optional<std::size_t> reference(const std::vector<std::string>& known,
                                         std::string_view what, std::string_view known_as) const;

    /// Reports a fault at this value.
    void fault(std::string message) const;
    /// "expected …, found '…'", with the reason where there is one.
    void misfit(const std::string& why = {}) const;

  private:
    template <class T>
    T read(Parsed<T> (*parse)(std::string_view), bool quoted_fits) const;
    double bounded(Parsed<double> (*parse)(std::string_view), bool quoted_fits,
                   std::string_view scalar, double otherwise) const;

    Context* context_ = nullptr;
    Node* node_ = nullptr;
    std::string path_;
    std::string_view type_;
};

/// A letter, then letters, digits, _ and -, at most 64 in all.
bool is_name(std::string_view text);
/// "found 'banana'", "found a list", …
std::string found_text(const Node& node);

/// Reads one mapping by the rows of its section. The node is completed with the defaults of keys
/// that were asked for and absent, so that the whole tree says what was run.
class MapReader {
  public:
    MapReader(const Value& map, const Section& section);
    ~MapReader();
    MapReader(const MapReader&) = delete;
    MapReader& operator=(const MapReader&) = delete;

    /// The key's value: as written, else its default, else none (a fault where it is required).
    Value take(std::string_view key);
    /// Whether the file names the key; asks for nothing.
    bool has(std::string_view key) const;
    /// Whether the file names a key without a row.
    bool has_unknown() const;
    /// Reports that the key is missing, with its row's words.
    void missing(std::string_view key, const std::string& why = {}) const;
    /// A key that is there but does not go with the others: reports it and asks for it.
    void unfit(std::string_view key, const std::string& why);
    /// Writes what the reader decided for a key that is absent into the tree.
    void decided(std::string_view key, std::string_view text);
    /// Faults about the mapping as a whole.
    void fault(std::string message) const;
    const std::string& path() const { return map_.path(); }
    /// Whether there is a mapping to read at all.
    bool readable() const { return map_ && map_.is_map(); }

  private:
    const KeyRow& row_of(std::string_view key) const;
    std::string path_of(std::string_view key) const;
    bool is_mistyped(std::string_view key) const;

    Value map_;
    const Section& section_;
    std::set<std::string_view> asked_;
};

}  // namespace clinicsim::reading

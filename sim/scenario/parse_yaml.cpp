#include "parse_yaml.hpp"

#include <set>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "utf8.hpp"

namespace clinicsim::reading {
namespace {

struct TooDeep {};

/// Builds the tree from the parser's events, bottom up.
class TreeBuilder final : public YAML::EventHandler {
  public:
    TreeBuilder(Context& context, int file, const std::string& under)
        : context_{context}, file_{file}, under_{under} {}

    Node take() { return std::move(root_); }
    bool second_document() const { return documents_ > 1; }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ == 2)
            fault(mark, "a second document begins here; a scenario file holds one");
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        check_anchor(mark, anchor);
        Node node;
        node.place = place_of(mark);
        add(std::move(node));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        fault(mark, "aliases (*) are not supported; write the value again, or use extends");
        Node node;
        node.kind = Node::Kind::refused;
        node.place = place_of(mark);
        add(std::move(node));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        check_anchor(mark, anchor);
        check_tag(mark, tag);
        Node node = Node::scalar(value, place_of(mark));
        node.quoted = tag == "!";
        add(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(Node::Kind::list, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(Node::Kind::map, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

  private:
    struct Frame {
        Node node;
        bool in_value = false;  // of a map: the key was read, its value comes next
        bool keeps = true;      // no: the pending key is a duplicate or unfit, forget its value
        std::string key;
        Place key_place;
        std::set<std::string> keys;
    };

    Place place_of(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }
    void fault(Place at, std::string message) { context_.fault(at, path(), std::move(message)); }
    void fault(const YAML::Mark& mark, std::string message) {
        fault(place_of(mark), std::move(message));
    }
    std::string path() const {
        std::string result = under_;
        for (const Frame& frame : frames_) {
            if (!frame.in_value) continue;
            if (!result.empty()) result += '.';
            result += frame.key;
        }
        return result;
    }
    void check_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != 0)
            fault(mark, "anchors (&) are not supported; write the value again, or use extends");
    }
    void check_tag(const YAML::Mark& mark, const std::string& tag) {
        if (!tag.empty() && tag != "?" && tag != "!")
            fault(mark, "tags (!) are not supported; found '" + tag + "'");
    }

    void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
              YAML::anchor_t anchor) {
        check_anchor(mark, anchor);
        check_tag(mark, tag);
        if (frames_.size() >= kDeepest) {
            fault(mark, "values lie more than " + std::to_string(kDeepest) + " levels deep");
            throw TooDeep{};
        }
        Frame frame;
        frame.node.kind = kind;
        frame.node.place = place_of(mark);
        frames_.push_back(std::move(frame));
    }
    void close() {
        Node node = std::move(frames_.back().node);
        frames_.pop_back();
        add(std::move(node));
    }

    void add(Node node) {
        if (frames_.empty()) {
            if (documents_ < 2) root_ = std::move(node);
            return;
        }
        Frame& frame = frames_.back();
        if (frame.node.kind == Node::Kind::list)
            frame.node.items.push_back(std::move(node));
        else if (!frame.in_value)
            begin_entry(frame, std::move(node));
        else
            end_entry(frame, std::move(node));
    }
    void begin_entry(Frame& frame, Node key) {
        frame.keeps = false;
        if (key.kind != Node::Kind::scalar) {
            if (key.kind != Node::Kind::refused) fault(key.place, "a key must be a plain word");
            frame.key = "?";
        } else if (key.text == "<<" && !key.quoted) {
            fault(key.place, "merge keys (<<) are not supported; use extends");
            frame.key = key.text;
        } else {
            frame.key = key.text;
            frame.keeps = frame.keys.insert(key.text).second;
            if (!frame.keeps) {
                frame.in_value = true;
                fault(key.place, "key given twice");
            }
        }
        frame.key_place = key.place;
        frame.in_value = true;
    }
    void end_entry(Frame& frame, Node value) {
        // yaml-cpp marks an empty value on the line after it
        if (value.kind == Node::Kind::nothing) value.place = frame.key_place;
        if (frame.keeps)
            frame.node.entries.push_back({std::move(frame.key), frame.key_place, std::move(value)});
        frame.in_value = false;
    }

    Context& context_;
    int file_;
    const std::string& under_;
    int documents_ = 0;
    std::vector<Frame> frames_;
    Node root_;
};

bool check_bytes(Context& context, int file) {
    const std::string& text = context.source(file).text;
    Place at{file, 1, 1};
    for (std::size_t i = 0; i < text.size();) {
        const unsigned char c = static_cast<unsigned char>(text[i]);
        const std::size_t length = utf8_length(text, i);
        if (length == 0) {
            context.fault(at, "", "this is not UTF-8 text");
            return false;
        }
        if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f) {
            context.fault(at, "",
                          c == 0 ? "the file holds a NUL byte; it is not text"
                                 : "the file holds a control character; it is not text");
            return false;
        }
        if (c == '\n')
            ++at.line, at.column = 1;
        else
            at.column += static_cast<int>(length);
        i += length;
    }
    return true;
}

/// Column of the first tab before anything else on a line, which counts from 0; 0: none. What the
/// parser says of one depends on where it stumbles.
int tab_in_indentation(const std::string& text, int line) {
    std::size_t begin = 0;
    for (; line > 0; --line) {
        begin = text.find('\n', begin);
        if (begin == std::string::npos) return 0;
        ++begin;
    }
    const std::size_t end = text.find_first_not_of(' ', begin);
    return end != std::string::npos && text[end] == '\t' ? static_cast<int>(end - begin) + 1 : 0;
}

Node refused() {
    Node node;
    node.kind = Node::Kind::refused;
    return node;
}

}  // namespace

Node parse_yaml(Context& context, int file, const std::string& under) {
    const std::string& text = context.source(file).text;
    if (text.size() > kLargestFile) {
        context.fault({file, 0, 0}, "", "the file is larger than 1 MiB; no scenario needs that");
        return refused();
    }
    if (!check_bytes(context, file)) return refused();
    TreeBuilder builder{context, file, under};
    try {
        std::istringstream in{text};
        YAML::Parser parser{in};
        while (!builder.second_document() && parser.HandleNextDocument(builder)) continue;
        return builder.take();
    } catch (const TooDeep&) {
        return refused();
    } catch (const YAML::Exception& e) {
        Place at{file, 1, 1};
        std::string what = e.msg;
        if (!e.mark.is_null()) {
            at = {file, e.mark.line + 1, e.mark.column + 1};
            if (const int tab = tab_in_indentation(text, e.mark.line); tab > 0) {
                at.column = tab;
                what = "a tab indents this line, and YAML wants spaces (" + what + ")";
            }
        }
        context.fault(at, "", "this is not YAML: " + what);
        return refused();
    }
}

}  // namespace clinicsim::reading

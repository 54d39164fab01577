#include "json_text.hpp"

#include <algorithm>
#include <cstdio>

namespace clinicsim::report {

namespace {

std::string on_one_line(const Json& value) {
    if (value.is_array() || value.is_object()) {
        std::string text;
        for (const auto& item : value.items()) {
            if (!text.empty()) text += ", ";
            if (value.is_object()) text += on_one_line(Json(item.key())) + ": ";
            text += on_one_line(item.value());
        }
        return value.is_array() ? '[' + text + ']' : '{' + text + '}';
    }
    const std::string dumped = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string text;
    for (std::size_t i = 0; i < dumped.size(); ++i) {
        const auto byte = static_cast<unsigned char>(dumped[i]);
        const auto next = i + 1 < dumped.size() ? static_cast<unsigned char>(dumped[i + 1]) : 0u;
        if (byte == 0x7f || (byte == 0xC2 && next < 0xA0)) {  // DEL; U+0080 to U+009F
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", byte == 0x7f ? 0x7fu : next);
            text += escaped;
            i += byte == 0x7f ? 0 : 1;
        } else {
            text += dumped[i];
        }
    }
    return text;
}

bool is_plain(const Json& value) { return !value.is_object() && !value.is_array(); }
bool holds_only_plain(const Json& value) {
    return std::all_of(value.begin(), value.end(), [](const Json& v) { return is_plain(v); });
}
bool fits_one_line(const Json& value) {
    if (is_plain(value) || value.empty()) return true;
    return std::all_of(value.begin(), value.end(), [&](const Json& inner) {
        return is_plain(inner) ||
               (value.is_object() && inner.is_array() && holds_only_plain(inner));
    });
}

void write(const Json& value, std::size_t depth, std::string& out) {
    if (fits_one_line(value)) {
        out += on_one_line(value);
        return;
    }
    const std::string margin(2 * depth + 2, ' ');
    out += value.is_array() ? '[' : '{';
    bool first = true;
    for (const auto& item : value.items()) {
        out += first ? "\n" : ",\n";
        first = false;
        out += margin;
        if (value.is_object()) out += on_one_line(Json(item.key())) + ": ";
        write(item.value(), depth + 1, out);
    }
    out += '\n' + std::string(2 * depth, ' ');
    out += value.is_array() ? ']' : '}';
}

}  // namespace

std::string json_text(const Json& value) {
    std::string out;
    write(value, 0, out);
    return out + '\n';
}

}  // namespace clinicsim::report

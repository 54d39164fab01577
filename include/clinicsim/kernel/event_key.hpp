// One agenda entry as a 128-bit integer whose order is the order of events: instant, then phase,
// then order of scheduling. Nothing else decides.
#pragma once

#include <cstdint>

#include "clinicsim/base/time.hpp"

namespace clinicsim {

/// What goes first when events share an instant: what is in use is freed, things change (people
/// fall ill, leave, ask), what is free is handed out, and then it is counted.
enum class Phase : std::uint8_t { release, change, seize, census };

__extension__ typedef unsigned __int128 EventKey;

constexpr int kPayloadBits = 28;
constexpr int kSerialBits = 36;
constexpr std::uint64_t kMostSerials = std::uint64_t{1} << kSerialBits;
constexpr std::uint32_t kMostPayloads = std::uint32_t{1} << kPayloadBits;

struct Event {
    Instant at;
    Phase phase;
    std::uint64_t serial;   // order of scheduling in this run, 36 bits
    std::uint32_t payload;  // 28 bits, the owner's business
};

constexpr EventKey make_key(const Event& e) {
    const auto tick = static_cast<std::uint64_t>(e.at.time_since_epoch().count());
    const std::uint64_t high = tick << 2 | static_cast<std::uint64_t>(e.phase);
    return EventKey{high} << 64 | (e.serial << kPayloadBits | e.payload);
}

constexpr std::int64_t tick_of(EventKey key) { return static_cast<std::int64_t>(key >> 66); }

constexpr Event event_of(EventKey key) {
    const auto low = static_cast<std::uint64_t>(key);
    return {Instant{Duration{tick_of(key)}},
            static_cast<Phase>(static_cast<std::uint64_t>(key >> 64) & 3), low >> kPayloadBits,
            static_cast<std::uint32_t>(low) & (kMostPayloads - 1)};
}

}  // namespace clinicsim

// A level that lasts (chairs taken, patients in care): its integral over the measured time, in
// level x ticks, exact.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "clinicsim/base/check.hpp"
#include "clinicsim/base/time.hpp"
#include "clinicsim/stats/wide.hpp"

namespace clinicsim {

class TimeWeighted {
  public:
    /// Counts what lies in [from, to). Changes before `from` set the level that holds there,
    /// changes from `to` on count nothing.
    TimeWeighted(Instant from, Instant to, std::int64_t level = 0)
        : from_{from}, to_{std::max(from, to)}, until_{from}, level_{level} {}

    /// Instants must not go back.
    void set(Instant at, std::int64_t level) {
        advance(at);
        level_ = level;
    }
    void change(Instant at, std::int64_t by) { set(at, level_ + by); }
    /// Counts the current level up to `at` and ends the window there, if that is before `to`.
    /// Nothing counts afterwards.
    void close(Instant at) {
        advance(at);
        to_ = until_;
    }

    std::int64_t level() const { return level_; }
    /// Level x ticks so far: up to the last change, or to the end after close().
    I128 integral() const { return integral_; }
    /// The part of the window that the integral covers.
    Duration covered() const { return until_ - from_; }
    /// Over the covered part; nothing where that is empty.
    std::optional<double> time_average() const {
        if (until_ == from_) return std::nullopt;
        return static_cast<double>(integral_) / static_cast<double>(covered().count());
    }

  private:
    void advance(Instant at) {
        at = std::clamp(at, from_, to_);
        CLINICSIM_CHECK(at >= until_, "a level changes in order of time", Scene{at});
        integral_ += static_cast<I128>((at - until_).count()) * level_;
        until_ = at;
    }

    Instant from_, to_;
    Instant until_;  // what lies before is in integral_
    std::int64_t level_;
    I128 integral_ = 0;
};

}  // namespace clinicsim

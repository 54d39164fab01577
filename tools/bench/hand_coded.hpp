// The common clinic written by hand, as somebody would who needs its number of visits once: no
// rooms, no scenario, no addresses, no statistics but a count. What a visit costs here is the
// yardstick for what it costs in clinicsim.
//
// Events lie in one bucket per day; those of the current day in a binary heap of integer keys,
// whose choice of a child is arithmetic, because a branch would be guessed wrong half of the time.
// Time is in minutes.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

namespace clinicsim {

class HandCodedClinic {
  public:
    HandCodedClinic(std::uint64_t seed, double patients_per_day, int chairs, int days)
        : random_{seed * 2'654'435'769 + 88'172'645'463'325'252},
          gap_{kDay / patients_per_day},
          free_chairs_{chairs},
          buckets_(static_cast<std::size_t>(days)) {}

    /// Runs to the end and returns the number of visits finished.
    std::uint64_t run() {
        put(exponential(gap_), kArrival);
        for (today_ = 0; today_ < buckets_.size(); ++today_) {
            for (const Event event : buckets_[today_]) push(event);
            while (!heap_.empty()) {
                const Event event = pop();
                const std::uint32_t what = static_cast<std::uint32_t>(event);
                const auto bits = static_cast<std::uint64_t>(event >> 64);
                std::memcpy(&now_, &bits, sizeof now_);
                if (what == kArrival)
                    arrive();
                else if (what % 2 == 0)
                    fall_due(what / 2);
                else
                    leave_chair(what / 2);
            }
        }
        return visits_;
    }

  private:
    // The bits of the time, then what: 2 x patient: due for a visit; 2 x patient + 1: its end.
    // Doubles of one sign are in the order of their bits.
    __extension__ typedef unsigned __int128 Event;
    struct Patient {
        double drop_out;
        std::uint32_t visits;
    };
    static constexpr double kDay = 1440;
    static constexpr std::uint32_t kArrival = ~std::uint32_t{0};

    double uniform() {  // Marsaglia's xorshift with Vigna's multiplier
        random_ ^= random_ >> 12;
        random_ ^= random_ << 25;
        random_ ^= random_ >> 27;
        return (static_cast<double>(random_ * 2'685'821'657'736'338'717u >> 11) + 0.5) * 0x1p-53;
    }
    double exponential(double mean) { return -mean * std::log(uniform()); }

    void put(double at, std::uint32_t what) {
        const auto day = static_cast<std::size_t>(at / kDay);
        std::uint64_t bits;
        std::memcpy(&bits, &at, sizeof bits);
        const Event event = Event{bits} << 64 | what;
        if (day == today_)
            push(event);
        else if (day < buckets_.size())
            buckets_[day].push_back(event);
    }
    void push(Event event) {
        heap_.push_back(event);
        rise(heap_.size() - 1, event);
    }
    Event pop() {
        const Event first = heap_.front(), last = heap_.back();
        heap_.pop_back();
        if (heap_.empty()) return first;
        std::size_t hole = 0;
        for (std::size_t child = 1; child < heap_.size(); child = 2 * hole + 1) {
            child += child + 1 < heap_.size() && heap_[child + 1] < heap_[child];
            heap_[hole] = heap_[child];
            hole = child;
        }
        rise(hole, last);
        return first;
    }
    void rise(std::size_t hole, Event event) {
        for (; hole > 0 && event < heap_[(hole - 1) / 2]; hole = (hole - 1) / 2)
            heap_[hole] = heap_[(hole - 1) / 2];
        heap_[hole] = event;
    }
    void arrive() {
        put(now_ + exponential(gap_), kArrival);
        if (free_places_.empty()) {
            free_places_.push_back(static_cast<std::uint32_t>(patients_.size()));
            patients_.emplace_back();
        }
        const std::uint32_t who = free_places_.back();
        free_places_.pop_back();
        patients_[who] = {1e300, 0};
        ask_for_chair(who);
    }
    void fall_due(std::uint32_t who) {
        if (now_ > patients_[who].drop_out)
            free_places_.push_back(who);
        else
            ask_for_chair(who);
    }
    void ask_for_chair(std::uint32_t who) {
        if (free_chairs_ > 0) {
            --free_chairs_;
            sit_down(who);
        } else {
            line_.push_back(who);
        }
    }
    void sit_down(std::uint32_t who) { put(now_ + 60 + 20 * uniform(), 2 * who + 1); }
    void leave_chair(std::uint32_t who) {
        ++visits_;
        Patient& p = patients_[who];
        ++p.visits;
        if (p.visits == 6) p.drop_out = now_ + exponential(360 * kDay);
        put(now_ + (p.visits < 6 ? (2 + uniform()) * kDay : 30 * kDay), 2 * who);
        if (head_ == line_.size()) {
            ++free_chairs_;
            line_.clear();
            head_ = 0;
        } else {
            sit_down(line_[head_++]);
        }
    }

    std::uint64_t random_;
    double gap_, now_ = 0;
    int free_chairs_;
    std::size_t today_ = ~std::size_t{0};  // before the first day
    std::vector<std::vector<Event>> buckets_;
    std::vector<Event> heap_;
    std::vector<Patient> patients_;
    std::vector<std::uint32_t> free_places_, line_;
    std::size_t head_ = 0;
    std::uint64_t visits_ = 0;
};

}  // namespace clinicsim

// The patients of a run by slot. They lie in large pieces that never move: growing copies nobody,
// and a million patients take the memory of a million, not of the next power of two. Internal to
// the clinic room.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "patient.hpp"

namespace clinicsim {

class PatientTable {
  public:
    std::size_t size() const { return size_; }
    Patient& operator[](Slot slot) { return pieces_[slot >> kBits].get()[slot & kMask]; }
    const Patient& operator[](Slot slot) const {
        return pieces_[slot >> kBits].get()[slot & kMask];
    }

    void add() {
        if (size_ >> kBits == pieces_.size()) grow();
        new (pieces_.back().get() + (size_ & kMask)) Patient{};
        ++size_;
    }

  private:
    static constexpr int kBits = 15;
    static constexpr std::size_t kPiece = std::size_t{1} << kBits;  // patients
    static constexpr std::size_t kMask = kPiece - 1;
    static constexpr std::align_val_t kPage{std::size_t{1} << 21};
    static_assert(std::is_trivially_destructible_v<Patient>);

    struct Free {
        void operator()(Patient* piece) const { ::operator delete(piece, kPage); }
    };

    void grow() {
        constexpr std::size_t kBytes = kPiece * sizeof(Patient);
        pieces_.emplace_back(static_cast<Patient*>(::operator new(kBytes, kPage)));
#if defined(__linux__)
        // Large pages: with 100,000 in care, looking up small ones costs as much as the visit. Only
        // advice; where it is not taken all goes on as before.
        madvise(pieces_.back().get(), kBytes, MADV_HUGEPAGE);
#endif
    }

    std::vector<std::unique_ptr<Patient, Free>> pieces_;
    std::size_t size_ = 0;
};

}  // namespace clinicsim

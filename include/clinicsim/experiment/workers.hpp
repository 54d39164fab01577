// Work items done by several threads, handed out in order, so that what is finished after a stop is
// always the items before some number.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

namespace clinicsim {

/// Calls item(0), item(1), … item(count - 1), each once, on `threads` >= 1 threads (this one among
/// them), and after_each(number done) after each of them, never from two threads at once. Returns
/// how many were done: all, or fewer where `stop` (may be null) was set, and then those before that
/// number. When items throw, no more are handed out, those under way are finished, and the
/// exception of the lowest item comes out: the same for any number of threads.
std::size_t do_items(std::size_t count, unsigned threads, const std::atomic<bool>* stop,
                     const std::function<void(std::size_t)>& item,
                     const std::function<void(std::size_t)>& after_each);

}  // namespace clinicsim

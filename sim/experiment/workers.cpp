#include "clinicsim/experiment/workers.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "clinicsim/base/check.hpp"

namespace clinicsim {

namespace {

/// What the threads share; everything but the atomics is guarded by `mutex`.
struct Work {
    std::size_t count;
    const std::atomic<bool>* stop;
    const std::function<void(std::size_t)>& item;
    const std::function<void(std::size_t)>& after_each;

    std::mutex mutex{};
    std::size_t next = 0;
    std::size_t done = 0;
    std::size_t failed = ~std::size_t{0};  // the lowest item that threw
    std::exception_ptr failure{};

    bool take(std::size_t& mine) {
        const std::scoped_lock lock{mutex};
        if (failure || next == count || (stop != nullptr && stop->load())) return false;
        mine = next++;
        return true;
    }
    void run() {
        for (std::size_t mine = 0; take(mine);) {
            std::exception_ptr thrown;
            try {
                item(mine);
            } catch (...) {
                thrown = std::current_exception();
            }
            const std::scoped_lock lock{mutex};
            try {
                if (!thrown) after_each(++done);
            } catch (...) {
                thrown = std::current_exception();
            }
            if (thrown && mine < failed) {
                failed = mine;
                failure = thrown;
            }
        }
    }
};

}  // namespace

std::size_t do_items(std::size_t count, unsigned threads, const std::atomic<bool>* stop,
                     const std::function<void(std::size_t)>& item,
                     const std::function<void(std::size_t)>& after_each) {
    CLINICSIM_CHECK(threads >= 1, "somebody does the work");
    Work work{count, stop, item, after_each};
    std::vector<std::thread> others;
    const std::size_t wanted = std::min<std::size_t>(threads, count);
    others.reserve(wanted);
    try {
        while (others.size() + 1 < wanted) others.emplace_back([&work] { work.run(); });
    } catch (const std::system_error&) {
        // the system gives no more threads: fewer do the same work
    }
    work.run();
    for (auto& thread : others) thread.join();
    if (work.failure) std::rethrow_exception(work.failure);
    return work.done;
}

}  // namespace clinicsim

// clinic.on_sick_days: who is called off on the morning of a day on which staff are sick.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "clinicsim/clinic/roster.hpp"
#include "site_models.hpp"

namespace clinicsim::test {
namespace {

/// Every visit needs a nurse for all of it but the turnover.
PhaseNeeds a_nurse() { return {{{{0, whole}}, {{0, whole}}, {{0, whole}}, {}}}; }

std::uint32_t nurses_at(const Model& model, Instant at, StaffGroupId group = 0) {
    return on_duty(model.clinic, group, model.dates, model.end, SickDays{model.seed, 0}).at(at);
}

/// As many nurses as chairs, of whom so many are there on day 28, and all on the days about it.
Model on_day_28(Model model, std::uint32_t chairs, std::uint32_t there, int to = 10) {
    model.clinic.access = Access::booked;
    model.clinic.closing = Closing::finish;
    model.clinic.open = daily({{8, to}});
    model.clinic.chairs = chairs;
    model.clinic.visits[0].first = {always(10min), always(40min), always(20min), always(10min), {}};
    model.clinic.visits[0].later = model.clinic.visits[0].first;
    model.clinic.staff = {group_of("nurse", {daily_shift(chairs, 8h, 18h)})};
    model.clinic.staff[0].sick = 0.3;
    model.clinic.on_sick_days = OnSickDays::call_off;
    needs(model, a_nurse());
    for (model.seed = 1;; ++model.seed) {
        const auto on = [&](std::int64_t d) { return nurses_at(model, day(d, 9h)); };
        if (on(27) == chairs && on(28) == there && on(29) == chairs && on(30) == chairs)
            return model;
    }
}

/// What is told of days 27 to 29.
Lines story(const Model& model, const Policy& policy, unsigned of) {
    Lines lines = told(model, with_pathway(model, policy), of, true);
    std::erase_if(lines, [](const std::string& line) {
        return line.rfind("27d", 0) != 0 && line.rfind("28d", 0) != 0 && line.rfind("29d", 0) != 0;
    });
    return lines;
}

TEST(SickDay, OfTwoAtATimeOneIsCalledOffWhereOneOfTwoNursesIsThere) {
    // four patients who want day 28: two at 08:00, two when the nurses are free of them
    Model model = on_day_28(
        referred_at({day(27, 20h), day(27, 20h + 1min), day(27, 20h + 2min), day(27, 20h + 3min)},
                    1, never_relapses(), Days{30}),
        2, 1, 11);
    model.clinic.chairs = 4;
    const Lines booked{"27d 20:00 p0 induction booked for 28d 08:00, wanted 27d 20:00",
                       "27d 20:01 p1 induction booked for 28d 08:00, wanted 27d 20:01",
                       "27d 20:02 p2 induction booked for 28d 09:10, wanted 27d 20:02",
                       "27d 20:03 p3 induction booked for 28d 09:10, wanted 27d 20:03"};
    const auto and_then = [&](Lines lines) {
        lines.insert(lines.begin(), booked.begin(), booked.end());
        return lines;
    };
    const unsigned all = bookings | lists | visits;
    EXPECT_EQ(story(model, Policy{}, all),
              and_then({"28d 07:00 p1 induction of 28d 08:00 given back: staff sick",
                        "28d 07:00 p1 induction booked for 29d 08:00, wanted 27d 20:01",
                        "28d 07:00 p3 induction of 28d 09:10 given back: staff sick",
                        "28d 07:00 p3 induction booked for 29d 08:00, wanted 27d 20:03",
                        "28d 08:00 p0 induction starts, first visit, wanted 27d 20:00",
                        "28d 09:10 p2 induction starts, first visit, wanted 27d 20:02",
                        "29d 08:00 p1 induction starts, first visit, wanted 27d 20:01",
                        "29d 08:00 p3 induction starts, first visit, wanted 27d 20:03"}));
    // with an hour more there is another time on the same day for one of them
    model.clinic.open = daily({{8, 12}});
    EXPECT_EQ(story(model, Policy{}, bookings | lists),
              and_then({"28d 07:00 p1 induction of 28d 08:00 given back: staff sick",
                        "28d 07:00 p1 induction booked for 28d 10:20, wanted 27d 20:01",
                        "28d 07:00 p3 induction of 28d 09:10 given back: staff sick",
                        "28d 07:00 p3 induction booked for 29d 08:00, wanted 27d 20:03"}));
    // where nobody is called p1 and p2 wait, and p3 is sent home
    model.clinic.open = daily({{8, 11}});
    model.clinic.on_sick_days = OnSickDays::nobody_is_called;
    EXPECT_EQ(story(model, Policy{}, all),
              and_then({"28d 08:00 p0 induction starts, first visit, wanted 27d 20:00",
                        "28d 09:10 p1 induction starts, first visit, wanted 27d 20:01",
                        "28d 10:20 p2 induction starts, first visit, wanted 27d 20:02",
                        "28d 11:30 p3 induction starts, first visit, wanted 27d 20:03"}));
}

/// At 08:00 of day 28, when three nurses see three patients and no more until ten, come: s0, in
/// care since day 0; p0, for the second visit of an induction; p1, for the first of one.
Model three_claims(const RenewalCourse& course, std::uint32_t there) {
    Model model = referred_at({day(27), day(27, 20h)}, 2, course, Days{30});
    model.patients.in_care_at_start.patients = 1;
    return on_day_28(std::move(model), 3, there);
}

const Lines kThreeAtEight{"27d p0 induction booked for 27d 08:00, wanted 27d",
                          "27d p0 induction booked for 28d 08:00, wanted 28d 09:10",
                          "27d 20:00 p1 induction booked for 28d 08:00, wanted 27d 20:00",
                          "27d 20:00 p1 induction booked for 29d 08:00, wanted 29d 09:10"};

TEST(SickDay, ABoosterGoesBeforeAnInductionIsMoved) {
    const Lines lines = story(three_claims(never_relapses(), 2),
                              every(Days{28}, ScheduleClock::reset), bookings | lists);
    ASSERT_GE(lines.size(), 6u);
    EXPECT_EQ(Lines(lines.begin(), lines.begin() + 4), kThreeAtEight);
    EXPECT_EQ(Lines(lines.begin() + 4, lines.end()),
              (Lines{"28d 07:00 s0 booster of 28d 08:00 given back: staff sick",
                     "28d 07:00 s0 booster booked for 29d 08:00, wanted 28d"}));
}

TEST(SickDay, ASeriesThatHasBegunKeepsItsTimeBeforeOneThatHasNot) {
    const Lines lines = story(three_claims(never_relapses(), 1),
                              every(Days{28}, ScheduleClock::reset), bookings | lists);
    ASSERT_GE(lines.size(), 4u);
    EXPECT_EQ(Lines(lines.begin(), lines.begin() + 4), kThreeAtEight);
    EXPECT_EQ(Lines(lines.begin() + 4, lines.end()),
              (Lines{"28d 07:00 p1 induction of 28d 08:00 given back: staff sick",
                     "28d 07:00 p1 induction of 29d 08:00 given back: series moved",
                     "28d 07:00 p1 induction booked for 29d 08:00, wanted 27d 20:00",
                     "28d 07:00 p1 induction booked for 30d 08:00, wanted 30d 09:10",
                     "28d 07:00 s0 booster of 28d 08:00 given back: staff sick",
                     "28d 07:00 s0 booster booked for 29d 08:00, wanted 28d"}));
}

TEST(SickDay, ARescueKeepsItsTimeBeforeInductions) {
    const Lines lines = story(three_claims(relapses_after(Days{27} + 19h), 1), as_needed(Asking{}),
                              bookings | lists);
    EXPECT_EQ(lines,
              (Lines{kThreeAtEight[0], kThreeAtEight[1],
                     "27d 19:00 s0 rescue booked for 28d 08:00, wanted 27d 19:00", kThreeAtEight[2],
                     kThreeAtEight[3], "28d 07:00 p0 induction of 28d 08:00 given back: staff sick",
                     "28d 07:00 p0 induction booked for 29d 08:00, wanted 28d 09:10",
                     "28d 07:00 p1 induction of 28d 08:00 given back: staff sick",
                     "28d 07:00 p1 induction of 29d 08:00 given back: series moved",
                     "28d 07:00 p1 induction booked for 29d 08:00, wanted 27d 20:00",
                     "28d 07:00 p1 induction booked for 30d 08:00, wanted 30d 09:10"}));
    // where the clinic's priority says otherwise it is the rescue that is moved
    Model model = three_claims(relapses_after(Days{27} + 19h), 2);
    model.clinic.rank = {0, 1, 2};
    EXPECT_EQ(story(model, as_needed(Asking{}), lists),
              (Lines{"28d 07:00 s0 rescue of 28d 08:00 given back: staff sick"}));
}

TEST(SickDay, WhoWouldFindNobodyIsCalledOffAndNotSentHome) {
    Model model = on_day_28(referred_at({day(27, 20h)}, 1, never_relapses(), Days{30}), 2, 1);
    model.clinic.staff[0].sick = 1;
    EXPECT_EQ(story(model, Policy{}, bookings | lists),
              (Lines{"27d 20:00 p0 induction booked for 28d 08:00, wanted 27d 20:00",
                     "28d 07:00 p0 induction of 28d 08:00 given back: staff sick",
                     "28d 07:00 p0 induction booked for 29d 08:00, wanted 27d 20:00",
                     "29d 07:00 p0 induction of 29d 08:00 given back: staff sick",
                     "29d 07:00 p0 induction booked for 30d 08:00, wanted 27d 20:00"}));
    model.clinic.on_sick_days = OnSickDays::nobody_is_called;
    EXPECT_EQ(story(model, Policy{}, lists),
              (Lines{"29d 08:00 p0 induction was sent home, came 28d 08:00, staff sick"}));
}

// --- laws ----------------------------------------------------------------------------------------

Instant midnight_before(Instant at) { return kRunStart + Days{(at - kRunStart) / Days{1}}; }

/// Follows the book as it is told, and looks at it after each morning's calls. Every visit takes 70
/// minutes of a nurse of its site.
class Mornings final : public Sink {
  public:
    explicit Mornings(const Model& model) : model_{model} {
        for (StaffGroupId group = 0; group < model.clinic.staff.size(); ++group)
            there_.push_back(
                on_duty(model.clinic, group, model.dates, model.end, SickDays{model.seed, 0}));
    }
    int called_off = 0, again = 0, same_day = 0, no_place = 0, gone = 0, sent_home = 0, broken = 0;
    std::array<int, kVisitKinds> of_kind{}, kept_of_kind{};

    using Sink::on;
    void on(const BookingMade& f) override {
        look(f.at);
        if (off_.erase(f.patient) > 0) {
            ++again;
            same_day += midnight_before(f.slot) == midnight_before(f.at);
        }
        // the second of a pair that was asked for is a booster
        const bool second = std::any_of(book_.begin(), book_.end(), [&](const Visit& one) {
            return one.patient == f.patient && one.made == f.at && f.kind == VisitKind::rescue;
        });
        book_.push_back({f.slot, second ? VisitKind::booster : f.kind, f.patient, f.at});
    }
    void on(const BookingReleased& f) override {
        look(f.at);
        const auto visit = std::find_if(book_.begin(), book_.end(), [&](const Visit& one) {
            return one.patient == f.patient && one.start == f.slot;
        });
        ASSERT_NE(visit, book_.end());
        if (f.because == ReleasedBecause::staff_sick) {
            ++called_off;
            ++of_kind[static_cast<std::size_t>(visit->kind)];
            if (released_.empty()) {
                morning_ = f.at;
                kept_.clear();
                for (const Visit& one : book_)
                    if (one.start > f.at && one.start < midnight_before(f.at) + Days{1})
                        kept_.push_back(one);
            }
            std::erase(kept_, *visit);
            released_.push_back(*visit);
            off_.insert(f.patient);
        }
        book_.erase(visit);
    }
    void on(const NoPlaceFound& f) override {
        look(f.at);
        no_place += static_cast<int>(off_.erase(f.patient));
    }
    void on(const NoShow& f) override {
        look(f.at);
        std::erase_if(
            book_, [&](const Visit& one) { return one.patient == f.patient && one.start == f.at; });
    }
    void on(const LostForWaiting& f) override {
        look(f.at);
        gone += static_cast<int>(off_.erase(f.patient));
    }
    void on(const SentHome& f) override {
        sent_home += f.because == SentHomeBecause::staff_sick;
        look(f.at);
    }
    void on(const SeriesBroken& f) override {
        ++broken;
        told_broken_.insert(f.patient);
    }
    void on(const InductionBegan& f) override {
        last_.erase(f.patient);
        told_broken_.erase(f.patient);
    }
    void on(const InfusionGiven& f) override {
        look(f.at);
        if (f.kind != VisitKind::induction || !model_.clinic.booking) return;
        const std::int64_t day = (f.at - kRunStart) / Days{1};
        if (const auto last = last_.find(f.patient); last != last_.end()) {
            EXPECT_GE(day - last->second, 1) << "never two on one day";
            if (!told_broken_.contains(f.patient)) {
                EXPECT_LE(day - last->second, 3);
            }
        }
        last_[f.patient] = day;
    }

  private:
    struct Visit {
        Instant start;
        VisitKind kind;
        PatientId patient;
        Instant made;
        bool operator==(const Visit&) const = default;
    };
    int rank(const Visit& visit) const {
        return model_.clinic.rank[static_cast<std::size_t>(visit.kind)];
    }
    /// How many of those who keep their time are with a nurse at this instant.
    std::uint32_t seen_at(Instant at) const {
        return static_cast<std::uint32_t>(std::count_if(
            kept_.begin(), kept_.end(),
            [&](const Visit& one) { return one.start <= at && at < one.start + 70min; }));
    }
    /// When the clock has gone on: were the right ones called off?
    void look(Instant at) {
        if (released_.empty() || at == morning_) return;
        EXPECT_TRUE(off_.empty()) << "all have another time, wait for one, or are gone";
        for (const Visit& kept : kept_) {
            ++kept_of_kind[static_cast<std::size_t>(kept.kind)];
            EXPECT_LE(seen_at(kept.start), there_[0].at(kept.start))
                << "more keep their time than can be seen";
        }
        for (const Visit& off : released_) {
            bool too_many = false;
            for (Duration after{}; after < 70min; after += 5min)
                too_many |= seen_at(off.start + after) >= there_[0].at(off.start + after);
            EXPECT_TRUE(too_many) << "called off in vain";
            for (const Visit& kept : kept_)
                if (kept.start == off.start) {
                    EXPECT_LE(rank(kept), rank(off))
                        << "a higher claim was moved at " << when(morning_);
                }
        }
        released_.clear();
        std::erase_if(book_, [&](const Visit& one) { return one.start <= morning_; });
    }

    const Model& model_;
    std::vector<CapacityCalendar> there_;
    std::vector<Visit> book_, kept_, released_;
    std::set<PatientId> off_, told_broken_;
    std::map<PatientId, std::int64_t> last_;  // day of the last infusion of an induction
    Instant morning_;
};

/// Four nurses on two shifts, each sick one day in five, for four chairs.
Model often_sick(int variant) {
    Model model = busy_clinic(Days{300}, 4);
    model.clinic.access = Access::booked;
    model.clinic.closing = Closing::finish;
    model.clinic.open = daily({{8, 17}});
    model.clinic.no_show = model.clinic.no_show_first = 0.05;
    model.seed = static_cast<std::uint64_t>(variant);
    model.patients.arrivals = PoissonArrivals{.per_tick = 0.9 / kDay};
    model.patients.in_care_at_start.patients = variant % 2 == 0 ? 150 : 400;
    model.patients.inductions[0].gap = Uniform{1.5 * kDay, 2.5 * kDay};  // 1 to 3 days
    model.clinic.visits[0].first = {always(10min), always(40min), always(20min), always(10min), {}};
    model.clinic.visits[0].later = model.clinic.visits[0].first;
    model.clinic.staff = {
        group_of("nurse", {daily_shift(2, 8h, 14h + 10min), daily_shift(2, 10h, 17h)})};
    model.clinic.staff[0].sick = 0.2;
    needs(model, a_nurse());
    model.clinic.on_sick_days = OnSickDays::call_off;
    if (variant % 4 == 0) return model;  // without rules
    BookingPlan plan;
    plan.rule = static_cast<PlaceRule>(variant % 3);
    plan.horizon = Days{variant % 2 == 0 ? 84 : 5};
    plan.held = variant % 3 == 0 ? 0.2 : 0;
    plan.released = 24h;
    plan.staff_on_average = variant % 5 == 2;
    if (variant % 3 != 1) plan.waiting_list = WaitingListPlan{3, 0.5, 24h, true};
    model.clinic.booking = plan;
    if (variant % 2 == 1) {
        AttendancePlan comes;
        comes.no_show.share = 0.08;
        comes.late_cancel.share = 0.05;
        comes.cancel_notice = Uniform{0, 2 * kDay};
        comes.reschedule.share = 0.06;
        comes.reschedule_notice = Uniform{2 * kDay, 14 * kDay};
        comes.books_again = 0.7;
        comes.patience = Exponential{5 * kDay};
        model.clinic.attendance = comes;
    }
    return model;
}

Policy policy_of(int variant) {
    Policy policy = variant % 3 == 0 ? pairs_as_needed() : monthly_with_rescue();
    policy.missed = 0;
    return policy;
}

TEST(SickDay, CallsOffNobodyInVainNorAHigherClaimAndLosesNobodyWhateverTheRules) {
    int called_off = 0, again = 0, same_day = 0, no_place = 0, gone = 0, broken = 0;
    std::array<int, kVisitKinds> of_kind{}, kept_of_kind{};
    for (int variant = 0; variant < 20; ++variant) {
        SCOPED_TRACE("variant " + std::to_string(variant));
        const Model model = often_sick(variant);
        Mornings watch{model};
        simulate(model, with_pathway(model, policy_of(variant), Span{.fixed = Days{60}}), 0, watch);
        EXPECT_EQ(watch.called_off, watch.again + watch.no_place + watch.gone);
        called_off += watch.called_off;
        again += watch.again;
        same_day += watch.same_day;
        no_place += watch.no_place;
        gone += watch.gone;
        broken += watch.broken;
        for (std::size_t kind = 0; kind < kVisitKinds; ++kind) {
            of_kind[kind] += watch.of_kind[kind];
            kept_of_kind[kind] += watch.kept_of_kind[kind];
        }
    }
    // or nothing is tested
    EXPECT_GT(called_off, 1000);
    EXPECT_GT(again, 1000);
    EXPECT_GT(same_day, 100);
    EXPECT_GT(no_place, 5);
    EXPECT_GT(gone, 5);
    EXPECT_GT(broken, 20);
    const auto share = [&](VisitKind kind) {
        const auto k = static_cast<std::size_t>(kind);
        return of_kind[k] / static_cast<double>(of_kind[k] + kept_of_kind[k]);
    };
    EXPECT_LT(share(VisitKind::rescue), share(VisitKind::induction));
    EXPECT_LT(share(VisitKind::induction), share(VisitKind::booster));
}

TEST(SickDay, FewAreSentHomeWhereTheClinicCalls) {
    Model model = often_sick(4);
    const auto sent_home = [&](OnSickDays does) {
        model.clinic.on_sick_days = does;
        Mornings watch{model};
        simulate(model, with_pathway(model, policy_of(4)), 0, watch);
        return watch.sent_home;
    };
    const int before = sent_home(OnSickDays::nobody_is_called);
    EXPECT_GT(before, 50);
    EXPECT_LT(sent_home(OnSickDays::call_off), before / 10);
}

TEST(SickDay, WhereNobodyIsEverSickTheClinicNeedNotCall) {
    for (const int variant : {0, 3, 6}) {
        Model model = often_sick(variant);
        model.clinic.staff[0].sick = 0;
        const Lines calls = all_of(model, policy_of(variant), everything | lists);
        model.clinic.on_sick_days = OnSickDays::nobody_is_called;
        EXPECT_EQ(calls, all_of(model, policy_of(variant), everything | lists));
    }
}

TEST(SickDay, EverySiteCallsForItself) {
    // the same clinic twice, whose staff are sick on days of their own; nobody goes from one to the
    // other, so that each calls off as it would alone
    Model model = often_sick(4);
    model.patients.severities.clear();
    add_site(model, "north", 4, 0.5);
    add_site(model, "south", 4, 0.5);
    StaffGroup south = model.clinic.staff[0];
    south.site = 1;
    model.clinic.staff.push_back(south);
    struct Off final : Sink {
        using Sink::on;
        std::array<std::map<std::int64_t, int>, 2> on_day{};  // [site]
        void on(const BookingReleased& f) override {
            if (f.because == ReleasedBecause::staff_sick)
                ++on_day[f.group.home][(f.at - kRunStart) / Days{1}];
        }
    } off;
    simulate(model, with_pathway(model, policy_of(4)), 0, off);
    for (SiteId site = 0; site < 2; ++site) {
        EXPECT_GT(off.on_day[site].size(), 20u);
        for (const auto& [d, visits] : off.on_day[site]) {
            std::uint32_t most = 4;
            for (Duration hour = 10h; hour < 14h; hour += 1h)
                most = std::min(most, nurses_at(model, day(d, hour), site));
            EXPECT_TRUE(most < 4 || nurses_at(model, day(d, 9h), site) < 2 ||
                        nurses_at(model, day(d, 16h), site) < 2)
                << "day " << d << ": nobody is sick at site " << int{site};
        }
    }
}

}  // namespace
}  // namespace clinicsim::test

// clinic.attendance: who comes to what is booked.
#include <algorithm>

#include "distribution_rows.hpp"
#include "read_booking.hpp"

namespace clinicsim::reading {
namespace {

/// What is published of a kind of clinic; sources stand with the key `like`.
struct Published {
    double no_show, first_visit, books_again;
};
constexpr std::array kPublished{Published{0.05, 0.05, 1}, Published{0.098, 0.249, 0.711}};

VisitChance read_chance(const Value& value) {
    VisitChance chance;
    if (!value) return chance;
    if (!value.is_map()) {
        chance.share = value.share();
        return chance;
    }
    MapReader map{value, kVisitChanceSection};
    if (const Value share = map.take("share")) chance.share = share.share();
    if (const Value share = map.take("first_visit")) chance.first_visit = share.share();
    const auto of_kind = [&](std::string_view key, VisitKind kind) {
        if (const Value share = map.take(key))
            chance.of_kind[static_cast<std::size_t>(kind)] = share.share();
    };
    of_kind("induction", VisitKind::induction);
    of_kind("booster", VisitKind::booster);
    of_kind("rescue", VisitKind::rescue);
    if (const Value factor = map.take("when_ill")) chance.when_ill = factor.number();
    if (const Value lead = map.take("lead"))
        for (const Value& item : lead.items()) {
            MapReader step{item, kLeadTimeSection};
            if (!step.readable()) continue;
            const Value over = step.take("over"), times = step.take("times");
            if (!over || !times) continue;
            chance.leads.push_back({over.duration(), times.number()});
            if (chance.leads.size() > 1 &&
                chance.leads.rbegin()[1].over >= chance.leads.back().over)
                over.fault("comes after a shorter one: order them by length");
        }
    return chance;
}

bool only_no_shows(const Value& attendance) {
    return std::all_of(attendance.node().entries.begin(), attendance.node().entries.end(),
                       [](const Entry& entry) {
                           return (entry.key == "no_show" && entry.value.kind != Node::Kind::map) ||
                                  entry.key == "first_visit";
                       });
}

/// The share; its distribution into `by`.
double read_off_time(const Value& value, Distribution& by) {
    if (!value) return 0;
    MapReader map{value, kOffTimeSection};
    const Value share = map.take("share"), time = map.take("by");
    if (time) by = read_distribution(time);
    return share ? share.share() : 0;
}

}  // namespace

void read_arrival(const Value& arrival, ClinicPlan& plan) {
    if (!arrival) return;
    MapReader map{arrival, kArrivalSection};
    if (!map.readable()) return;
    Punctuality& all = plan.arrival.emplace();
    const Value early = map.take("early"), late = map.take("late");
    if (!early && !late && !map.has_unknown()) map.fault("name who comes early, late, or both");
    all.early = read_off_time(early, all.early_by);
    all.late = read_off_time(late, all.late_by);
    if (all.early + all.late > 1 + 1e-9)
        map.fault("the shares of early and late sum to more than 100 %");
    if (const Value most = map.take("at_most")) all.at_most = most.duration();
    if (const Value starts = map.take("starts")) all.early_starts = starts.choice() == 1;
    if (all.early_starts && !early && late)
        map.fault("starts: when_free is about who comes early, and nobody does");
    if (const Value refused = map.take("refused_after")) {
        all.refused_after = refused.duration();
        if (!late && early)
            refused.fault("is about who comes late, and nobody does");
        else if (all.at_most > Duration{} && *all.refused_after >= all.at_most)
            refused.fault("nobody is refused: at_most lets nobody come later than that");
    }
}

void read_attendance(const Value& attendance, ClinicPlan& plan) {
    if (!attendance) return;
    MapReader map{attendance, kAttendanceSection};
    if (!map.readable()) return;
    const bool plain = only_no_shows(attendance);
    AttendancePlan all;
    Published published{0, 0, 1};
    bool by_published = false;
    if (!plain)
        if (const Value like = map.take("like")) {
            published = kPublished[like.choice()];
            by_published = true;
        }
    const Value no_show = map.take("no_show");
    all.no_show = read_chance(no_show);
    if (!no_show && by_published) {
        all.no_show.share = published.no_show;
        all.no_show.first_visit = published.first_visit;
    }
    if (const Value first = map.take("first_visit")) {
        if (no_show && no_show.is_map() && all.no_show.first_visit)
            first.fault("stands in no_show as well");
        all.no_show.first_visit = first.share();
    }
    if (!no_show) map.decided("no_show", number_text(100 * all.no_show.share) + " %");
    if (by_published && !no_show && !map.has("first_visit"))
        map.decided("first_visit", number_text(100 * published.first_visit) + " %");
    plan.no_show = all.no_show.share;
    plan.no_show_first = all.no_show.first_visit.value_or(plan.no_show);
    if (plain) return;
    all.late_cancel = read_chance(map.take("late_cancel"));
    all.reschedule = read_chance(map.take("reschedule"));
    constexpr double kHour = 3'600'000;
    all.cancel_notice = Uniform{kHour, 48 * kHour};
    all.reschedule_notice = Uniform{48 * kHour, 14 * 24 * kHour};
    if (const Value notice = map.take("cancel_notice"))
        all.cancel_notice = read_distribution(notice);
    if (const Value notice = map.take("reschedule_notice"))
        all.reschedule_notice = read_distribution(notice);
    const Value again = map.take("books_again");
    all.books_again = again ? again.share() : published.books_again;
    if (!again) map.decided("books_again", number_text(100 * all.books_again) + " %");
    if (const Value reminders = map.take("reminders")) {
        MapReader reminder{reminders, kReminderSection};
        all.reminder.emplace();
        if (const Value before = reminder.take("before")) all.reminder->before = before.duration();
        if (const Value lowers = reminder.take("lower_no_shows_by"))
            all.reminder->lowers = lowers.share();
    }
    if (const Value patience = map.take("patience")) all.patience = read_distribution(patience);
    plan.attendance = std::move(all);
    if (!plan.booking) plan.booking.emplace();
}

}  // namespace clinicsim::reading

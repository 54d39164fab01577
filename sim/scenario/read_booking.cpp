// clinic.booking and clinic.attendance.
#include "read_booking.hpp"

#include <algorithm>
#include <cmath>

#include "clinicsim/clinic/book.hpp"
#include "clinicsim/clinic/sites.hpp"
#include "distribution_rows.hpp"
#include "read_sites.hpp"

namespace clinicsim::reading {
namespace {

constexpr Duration kDay = Days{1};

std::string clock_text(Duration of_day) {
    const auto minutes_of_day = of_day / std::chrono::minutes{1};
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minutes_of_day / 60) + ":" + two(minutes_of_day % 60);
}

void read_held(const Value& value, const ClinicPlan& plan, BookingPlan& booking) {
    if (!value) return;
    MapReader map{value, kHeldSection};
    if (const Value share = map.take("share")) booking.held = share.share();
    if (const Value released = map.take("released")) booking.released = released.duration();
    if (!plan.chairs) value.fault("where chairs are unlimited no time needs to be held");
}

void read_waiting_list(const Value& value, BookingPlan& booking) {
    if (!value) return;
    MapReader map{value, kWaitingListSection};
    WaitingListPlan list;
    list.calls = static_cast<std::uint32_t>(map.take("calls").whole());
    list.accepts = map.take("accepts").share();
    list.notice = map.take("notice").duration();
    list.planned_boosters = map.take("planned_boosters").yes_no();
    booking.waiting_list = list;
}

void read_preferences(const Value& value, BookingPlan& booking) {
    if (!value) return;
    double sum = 0;
    for (const Value& item : value.items()) {
        if (item.is_refused()) continue;
        MapReader map{item, kPreferenceSection};
        if (!map.readable()) continue;
        Preference likes;
        if (const Value share = map.take("share")) likes.share = share.share();
        if (const Value days = map.take("days")) {
            const auto named = weekdays_of(days.text());
            if (named.empty() && !days.is_refused())
                days.fault("expected days such as mon, mon-fri or \"mon,wed\"");
            likes.weekdays = 0;
            for (const std::size_t day : named)
                likes.weekdays = static_cast<Weekdays>(likes.weekdays | 1U << day);
        }
        if (const Value hours = map.take("hours")) {
            const Stretch stretch = hours.stretch();
            likes.hours = {stretch.from, stretch.to};
        }
        if (const Value waits = map.take("waits")) likes.waits = waits.duration();
        sum += likes.share;
        booking.preferences.push_back(likes);
    }
    if (sum > 1 + 1e-9)
        value.fault("the shares sum to " + number_text(100 * sum) +
                    " %; who likes every time needs no entry, so they may not pass 100 %");
}

/// The hours of every open day, where they are the same on all.
std::optional<std::vector<DayHours>> common_hours(const OpeningRule& open) {
    if (open.always) return std::vector<DayHours>{kWholeDay};
    std::optional<std::vector<DayHours>> common;
    for (const auto& day : open.week) {
        if (day.empty()) continue;
        if (common && *common != day) return std::nullopt;
        common = day;
    }
    return common;
}

void read_listed_template(const Value& value, const ClinicPlan& plan, BookingPlan& booking) {
    std::uint64_t all = 0;
    for (Entry& entry : value.node().entries) {
        const std::string path = value.path() + "." + entry.key;
        const auto time = parse_stretch(entry.key + "-24:00");
        const auto fault = [&](const std::string& why) {
            value.context().fault(entry.place, path, why);
        };
        if (!time.fits) {
            fault("expected a time of day such as \"08:30\", found '" + entry.key + "'");
            continue;
        }
        const Value number{value.context(), entry.value, path, "whole number 0..10000"};
        const Duration at = time.value.from;
        if (at % booking.grid != Duration::zero())
            fault("is not on the grid of " + text(booking.grid));
        const auto open_at = [&](const DayHours& hours) {
            return hours.from <= at && at < hours.to;
        };
        const bool open =
            plan.open.always ||
            std::any_of(plan.open.week.begin(), plan.open.week.end(), [&](const auto& day) {
                return std::any_of(day.begin(), day.end(), open_at);
            });
        if (!open) fault("the clinic is never open at this time");
        const auto visits = static_cast<std::uint16_t>(number.whole());
        all += visits;
        if (visits > 0) booking.template_.push_back({at, visits});
    }
    if (all == 0 && !value.context().has_faults()) value.fault("no visit may start at any time");
}

/// `together`: how many slots' visits come at once.
void fill_template(const DayHours& hours, std::uint32_t chairs, Duration slot,
                   std::int64_t together, bool bailey_welch, std::vector<DayStarts>& starts) {
    const std::int64_t slots = (hours.to - hours.from) / slot;
    for (std::int64_t i = 0; i < slots; i += together) {
        const std::int64_t here = std::min(together, slots - i);
        starts.push_back({hours.from + slot * i, static_cast<std::uint16_t>(here * chairs)});
    }
    if (!bailey_welch || slots < 2) return;
    starts.pop_back();
    starts[starts.size() - static_cast<std::size_t>(slots) + 1].visits =
        static_cast<std::uint16_t>(2 * chairs);
}

void read_template(MapReader& map, const ClinicPlan& plan, BookingPlan& booking) {
    const Value value = map.take("template");
    const bool blocks = value && value.is("blocks");
    if (!blocks) map.unfit("block", "goes with template: blocks");
    const Value block = blocks ? map.take("block") : Value{};
    if (!value || value.is_refused()) return;
    if (plan.kinds_of_chairs() > 1)
        return value.fault(
            "a template says how many visits may start, whatever their chair: it "
            "goes with one kind of chair at one site");
    if (value.is_map()) return read_listed_template(value, plan, booking);
    if (!value.is_scalar()) return value.misfit();
    const std::size_t before = value.context().fault_count();
    const bool bailey_welch = value.choice() == 1;
    if (value.context().fault_count() != before) return;
    if (!plan.slot) return value.fault("needs clinic.slot, the planned length of an appointment");
    if (!plan.chairs) return value.fault("needs a number of chairs, or times with numbers");
    if (*plan.slot % booking.grid != Duration::zero())
        return value.fault("clinic.slot (" + text(*plan.slot) + ") is no multiple of the grid (" +
                           text(booking.grid) + ")");
    const auto hours = common_hours(plan.open);
    if (!hours)
        return value.fault("opening hours differ from day to day: write times with numbers");
    for (const DayHours& stretch : *hours)
        fill_template(stretch, *plan.chairs, *plan.slot,
                      blocks ? static_cast<std::int64_t>(block.whole()) : 1, bailey_welch,
                      booking.template_);
    for (const DayStarts& starts : booking.template_)
        if (starts.at % booking.grid != Duration::zero())
            return value.fault("the slot at " + clock_text(starts.at) + " is not on the grid of " +
                               text(booking.grid));
}

void read_overbook(const Value& value, const ClinicPlan& plan, BookingPlan& booking) {
    if (!value) return;
    if (value.is("expected_no_shows")) {
        const double no_show =
            plan.attendance ? plan.attendance->no_show.of(VisitKind::booster, false, false, {})
                            : plan.no_show;
        if (no_show >= 1) return value.fault("nobody ever comes: no overbooking makes up for that");
        if (no_show <= 0) return value.fault("nobody stays away: clinic.attendance.no_show is 0 %");
        booking.overbook = no_show / (1 - no_show);
    } else {
        booking.overbook = value.share();
    }
    if (booking.overbook <= 0) return;
    if (!plan.chairs) value.fault("where chairs are unlimited nothing can be overbooked");
    if (!booking.template_.empty())
        value.fault("the template says how many may come: overbook there");
}

}  // namespace

void read_booking(const Value& value, ClinicPlan& plan) {
    if (!value) return;
    MapReader map{value, kBookingSection};
    if (!map.readable()) return;
    BookingPlan booking;
    if (const Value rule = map.take("rule")) booking.rule = static_cast<PlaceRule>(rule.choice());
    if (const Value horizon = map.take("horizon")) {
        booking.horizon = Days{horizon.duration() / kDay};
        if (booking.horizon < Days{1} || booking.horizon > Days{366})
            horizon.fault("a book reaches 1 to 366 days ahead");
    }
    if (const Value grid = map.take("grid")) {
        const Duration step = grid.duration();
        if (step >= std::chrono::minutes{1} && step <= kDay && kDay % step == Duration::zero())
            booking.grid = step;
        else if (!grid.is_refused())
            grid.fault(
                "divides no day: a grid is 1 minute or more and fits a whole number of times "
                "into 24 hours");
    }
    const bool asks = map.has("staff");
    const Value staff = map.take("staff");
    booking.staff_on_average = staff.choice() == 0;
    if (asks && !booking.staff_on_average && plan.staff.empty())
        staff.fault("there is no clinic.staff, so no phase needs any");
    read_held(map.take("held_for_rescue"), plan, booking);
    read_waiting_list(map.take("waiting_list"), booking);
    if (const Value series = map.take("series")) {
        MapReader of{series, kSeriesSection};
        if (const Value within = of.take("within"))
            booking.series_within = Days{within.duration() / kDay};
    }
    read_preferences(map.take("preferences"), booking);
    read_template(map, plan, booking);
    if (asks && !booking.staff_on_average && !booking.template_.empty())
        staff.fault("a template says how many visits may start; by_phase goes without one");
    read_transfers(map.take("transfers"), plan, booking);
    read_overbook(map.take("overbook"), plan, booking);
    plan.booking = std::move(booking);
}

namespace {

/// The place of a key that may be absent: of the deepest mapping on the way that is there.
void fault_at(Draft& draft, const Value& root, std::vector<std::string> keys,
              const std::string& message) {
    const Node* node = &root.node();
    Place place = node->place;
    std::string path;
    for (const std::string& key : keys) {
        path += (path.empty() ? "" : ".") + key;
        const Entry* entry =
            node != nullptr && node->kind == Node::Kind::map ? node->find(key) : nullptr;
        node = entry != nullptr ? &entry->value : nullptr;
        if (node != nullptr && node->place.file >= 0) place = node->place;
    }
    draft.context.fault(place, path, message);
}

/// The site next to `home` that has chairs for a first visit and for a later one.
std::optional<SiteId> site_of_series(const ClinicPlan& clinic, SiteId home,
                                     const ClinicPlan::Visits& visits) {
    for (const SiteId site : nearest_sites(clinic, home))
        if (!kinds_at(clinic, visits.first, site).empty() &&
            !kinds_at(clinic, visits.later, site).empty())
            return site;
    return std::nullopt;
}

/// The book of a site with nothing in it.
AppointmentBook empty_book(const Model& model, SiteId site, const OpeningHours& opening) {
    const ClinicPlan& clinic = model.clinic;
    const auto constant = [](std::uint32_t chairs) {
        return [chairs](Instant) { return AppointmentBook::Limit{chairs, kNever}; };
    };
    std::vector<AppointmentBook::LimitAt> limits;
    for (std::size_t kind = 0; kind < clinic.kinds_of_chairs(); ++kind)
        if (clinic.site_of(kind) == site)
            limits.push_back(constant(clinic.chairs ? clinic.chairs_at_start(kind)
                                                    : AppointmentBook::kMostChairs));
    if (limits.size() > 1) limits.push_back(constant(AppointmentBook::kMostChairs));
    return AppointmentBook{std::move(limits), opening, *clinic.booking,
                           model.dates.weekday_of(kRunStart).c_encoding()};
}

/// `kinds` of the clinic as numbered in the book of their site.
std::vector<ChairKindId> in_book(const ClinicPlan& clinic, std::vector<ChairKindId> kinds) {
    for (ChairKindId& kind : kinds) {
        ChairKindId before = 0;
        while (kind > before && clinic.site_of(kind - before - 1U) == clinic.site_of(kind))
            ++before;
        kind = before;
    }
    return kinds;
}

void check_series(Draft& draft, const Value& root, const std::vector<OpeningHours>& opening,
                  const Condition& condition, std::size_t index) {
    const Model& model = draft.model();
    const BookingPlan& booking = *model.clinic.booking;
    const Induction& induction = model.patients.inductions[*condition.induction];
    if (induction.visits < 2) return;
    const double longest = highest(induction.gap);
    if (!std::isfinite(longest))
        return fault_at(
            draft, root, {"inductions", induction.name, "gap"},
            "a series that is booked whole needs a gap that has a longest value, such as "
            "{uniform: {min: 2 days, max: 3 days}}");
    const DaysApart gap = days_apart(induction.gap);
    const std::int64_t least = (induction.visits - 1) * gap.least;
    const std::string series =
        std::to_string(induction.visits) + " visits of " + induction.name + ", " +
        std::to_string(gap.least) +
        (gap.least < gap.most ? " to " + std::to_string(gap.most) : std::string{}) +
        (gap.most == 1 ? " day apart," : " days apart,");
    if (least > booking.horizon.count())
        return fault_at(draft, root, {"clinic", "booking", "horizon"},
                        series + " take at least " + std::to_string(least) +
                            " days: the book does not reach so far");
    if (least > booking.series_within.count())
        return fault_at(draft, root, {"clinic", "booking", "series", "within"},
                        series + " take at least " + std::to_string(least) + " days");
    // does an empty book take it?
    const ClinicPlan& clinic = model.clinic;
    const ClinicPlan::Visits& visits = clinic.visits[index];
    for (SiteId home = 0; home < clinic.number_of_sites(); ++home) {
        const auto site = site_of_series(clinic, home, visits);
        if (!site)
            return fault_at(draft, root, {"clinic", "visit"},
                            "a series is given at one site, and none has chairs for both first "
                            "and later visits for " +
                                condition.name);
        AppointmentBook book = empty_book(model, *site, opening[*site]);
        const auto first = in_book(clinic, kinds_at(clinic, visits.first, *site));
        const auto later = in_book(clinic, kinds_at(clinic, visits.later, *site));
        const auto wish_of = [&](const VisitParts& parts, const std::vector<ChairKindId>& kinds) {
            return AppointmentBook::Wish{.length = clinic.slot.value_or(parts.booked_length()),
                                         .kinds = kinds};
        };
        const AppointmentBook::SeriesWish wish{
            induction.visits, wish_of(visits.first, first), wish_of(visits.later, later), gap.least,
            gap.most,         booking.series_within.count()};
        if (!book.find_series(wish, kRunStart, kRunStart + booking.horizon, kRunStart).empty())
            continue;
        return fault_at(
            draft, root, {"inductions", induction.name, "gap"},
            series + " do not fit into the opening hours" +
                (clinic.sites.empty() ? "" : " of " + clinic.sites[*site].name) +
                ", even of an empty book: allow other gaps, such as {uniform: {min: 1 day, max: 3 "
                "days}}, or open on more days");
    }
}

}  // namespace

void check_booking(Draft& draft, const Value& root) {
    const Model& model = draft.model();
    if (!model.clinic.booking) return;
    const auto opening = opening_hours(model.clinic, model.dates, kRunStart);
    for (std::size_t i = 0; i < model.patients.conditions.size(); ++i)
        if (model.patients.conditions[i].induction)
            check_series(draft, root, opening, model.patients.conditions[i], i);
}

}  // namespace clinicsim::reading

#include "clinicsim/report/patient_pair.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "clinicsim/base/check.hpp"
#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/report/csv.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

constexpr Duration kBetweenLooks{Days{7}};
constexpr std::string_view kInfusion = "infusion ", kRelapse = "relapse ";

std::string when(const Dates& dates, Instant at) {
    return dates.text(kRunStart + std::chrono::floor<minutes>(at - kRunStart));
}

std::string number(const std::optional<double>& share) {
    return share ? fmt::format("{:.2f}", *share) : "";
}

using Moments = std::vector<PatientTrack::Moment>;

std::vector<Moments> moments_of(const std::vector<NamedTrack>& tracks) {
    CLINICSIM_CHECK(tracks.size() >= 2, "one track has nothing beside it");
    std::vector<Moments> all;
    for (const NamedTrack& one : tracks) all.push_back(one.track->moments());
    return all;
}

/// The instants of all tracks, each with what every track says of it; null where it is silent.
std::map<Instant, std::vector<const PatientTrack::Moment*>> together(
    const std::vector<Moments>& all) {
    std::map<Instant, std::vector<const PatientTrack::Moment*>> rows;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (const PatientTrack::Moment& moment : all[i]) {
            auto& row = rows[moment.at];
            row.resize(all.size());
            row[i] = &moment;
        }
    return rows;
}

bool differs(const std::vector<const PatientTrack::Moment*>& row) {
    return std::any_of(row.begin(), row.end(), [&](const auto* one) {
        return (one == nullptr) != (row[0] == nullptr) || (one != nullptr && *one != *row[0]);
    });
}

bool has_event(const PatientTrack::Moment& moment, std::string_view word) {
    // "infusion 3 is given", "relapse 1 begins": the number is what tells them from other lines
    return std::any_of(moment.events.begin(), moment.events.end(), [&](const std::string& event) {
        return event.starts_with(word) && event.size() > word.size() && event[word.size()] >= '0' &&
               event[word.size()] <= '9';
    });
}

}  // namespace

void PatientTrack::look_until(Instant end) {
    if (!has_symptoms_ || ended_) return;
    for (; next_look_ < end; next_look_ += kBetweenLooks)
        looks_.push_back({next_look_, symptoms_.level(next_look_), std::nullopt});
}

void PatientTrack::on(const CourseBegan& fact) {
    if (fact.patient != patient()) return;
    symptoms_ = fact.symptoms;
    has_symptoms_ = true;
    next_look_ = fact.at;
    // who is in care at the start has a past, and the story begins at the start
    while (next_look_ < kRunStart) next_look_ += kBetweenLooks;
}

void PatientTrack::on(const Rated& fact) {
    if (fact.patient != patient()) return;
    look_until(fact.at);
    looks_.push_back({fact.at, symptoms_.level(fact.at), fact.improvement});
    if (next_look_ == fact.at) next_look_ += kBetweenLooks;
}

void PatientTrack::on(const SideEffectSeen& fact) {
    PatientStory::on(fact);
    if (fact.patient == patient()) broken_off_ |= fact.ends_infusion;
}

void PatientTrack::on(const InfusionGiven& fact) {
    PatientStory::on(fact);
    if (fact.patient != patient()) return;
    ++infusions_;
    if (has_symptoms_) {
        look_until(fact.at);
        looks_.push_back({fact.at, symptoms_.level(fact.at), std::nullopt});
        if (!broken_off_) symptoms_.infuse(fact.at, fact.dose, fact.drug);
    }
    broken_off_ = false;
}

void PatientTrack::on(const Relapsed& fact) {
    PatientStory::on(fact);
    relapses_ += fact.patient == patient() ? 1 : 0;
}

void PatientTrack::on(const CareEnded& fact) {
    PatientStory::on(fact);
    if (fact.patient != patient()) return;
    look_until(fact.at);
    ended_ = true;
}

std::vector<PatientTrack::Moment> PatientTrack::moments() const {
    std::map<Instant, Moment> found;
    for (const Look& look : looks_) {
        Moment& moment = found[look.at];
        if (look.level) moment.level = look.level;
        if (look.rating) moment.rating = look.rating;
    }
    for (const Line& line : lines()) found[line.at].events.push_back(line.what);
    std::vector<Moment> all;
    for (auto& [at, moment] : found) {
        moment.at = at;
        all.push_back(std::move(moment));
    }
    return all;
}

std::optional<Instant> first_difference(const std::vector<NamedTrack>& tracks) {
    const auto all = moments_of(tracks);
    for (const auto& [at, row] : together(all))
        if (differs(row)) return at;
    return std::nullopt;
}

std::string patients_side_by_side(const std::vector<NamedTrack>& tracks, const Dates& dates,
                                  const TableStyle& style) {
    const auto all = moments_of(tracks);
    constexpr std::size_t kDate = 16, kNumbers = 11, kGap = 2;
    const std::size_t room = std::max<std::size_t>(style.columns, 60) - kDate;
    const std::size_t each = room / tracks.size();
    const std::size_t words =
        std::max<std::size_t>(each > kNumbers + 2 * kGap ? each - kNumbers - 2 * kGap : 0, 16);
    const auto padded = [](std::string text) {
        while (!text.empty() && text.back() == ' ') text.pop_back();
        return text + '\n';
    };
    std::string head = std::string(kDate, ' '), under = std::string(kDate, ' ');
    for (const NamedTrack& one : tracks) {
        const std::string gap(kGap, ' ');
        head += gap + pad_right(printable(one.policy), kNumbers + kGap + words);
        under += gap + pad_right("impr. rated", kNumbers) + gap + pad_right("", words);
    }
    std::string out = padded(head) + padded(under);
    const auto first = first_difference(tracks);
    bool told = false;
    for (const auto& [at, row] : together(all)) {
        if (first && at == *first && !told) {
            out += std::string(kDate, '-') + "  until here the same under all of them\n";
            told = true;
        }
        std::vector<std::vector<std::string>> lines;  // [track][line]
        std::size_t height = 1;
        for (const auto* moment : row) {
            std::string text;
            if (moment != nullptr)
                for (const std::string& event : moment->events)
                    text += (text.empty() ? "" : "; ") + event;
            auto& own = lines.emplace_back();
            const std::string broken = wrapped(printable(text), words);
            for (std::size_t from = 0; from <= broken.size();) {
                const std::size_t end = std::min(broken.find('\n', from), broken.size());
                own.push_back(broken.substr(from, end - from));
                from = end + 1;
            }
            height = std::max(height, own.size());
        }
        for (std::size_t line = 0; line < height; ++line) {
            std::string text = pad_right(line == 0 ? when(dates, at) : "", kDate);
            for (std::size_t i = 0; i < row.size(); ++i) {
                const bool has = line == 0 && row[i] != nullptr;
                text += "  " + pad_left(has ? number(row[i]->level) : "", 5) + ' ' +
                        pad_left(has ? number(row[i]->rating) : "", 5) + "  " +
                        pad_right(line < lines[i].size() ? lines[i][line] : "", words);
            }
            out += padded(std::move(text));
        }
    }
    out += '\n';
    for (const NamedTrack& one : tracks)
        out += fmt::format("{}: {} infusion{}, {} relapse{}\n", printable(one.policy),
                           one.track->infusions(), one.track->infusions() == 1 ? "" : "s",
                           one.track->relapses(), one.track->relapses() == 1 ? "" : "s");
    out +=
        wrapped(
            "impr.: improvement as a share of the untreated score, without the noise of ratings, "
            "which no clinic sees; rated: what a rating gives. Every week from the arrival on, at "
            "ratings, and just before infusions.",
            std::max<std::size_t>(style.columns, 60)) +
        '\n';
    if (!first) out += "Nothing differs.\n";
    return out;
}

std::string patients_csv(const std::vector<NamedTrack>& tracks, const Dates& dates) {
    const auto all = moments_of(tracks);
    std::string out = "at,day";
    for (const NamedTrack& one : tracks)
        for (const char* column : {"improvement", "rating", "infusion", "relapse", "events"})
            out += ',' + csv_cell(one.policy + '.' + column);
    out += '\n';
    for (const auto& [at, row] : together(all)) {
        out += csv_cell(when(dates, at)) + ',' + shortest(in_days(at - kRunStart));
        for (const auto* moment : row) {
            if (moment == nullptr) {
                out += ",,,,,";
                continue;
            }
            std::string text;
            for (const std::string& event : moment->events)
                text += (text.empty() ? "" : "; ") + event;
            out += ',' + shortest(moment->level) + ',' + shortest(moment->rating) + ',' +
                   (has_event(*moment, kInfusion) ? "1" : "0") + ',' +
                   (has_event(*moment, kRelapse) ? "1" : "0") + ',' + csv_cell(text);
        }
        out += '\n';
    }
    return out;
}

}  // namespace clinicsim::report

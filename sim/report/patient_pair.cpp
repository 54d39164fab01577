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

/// The instants of all tracks, each with what every track says of it; null where it is silent.
std::map<Instant, std::vector<const PatientTrack::Moment*>> together(
    const std::vector<NamedTrack>& tracks) {
    CLINICSIM_CHECK(!tracks.empty(), "a story has a patient");
    std::map<Instant, std::vector<const PatientTrack::Moment*>> rows;
    for (std::size_t i = 0; i < tracks.size(); ++i)
        for (const PatientTrack::Moment& moment : tracks[i].moments) {
            auto& row = rows[moment.at];
            row.resize(tracks.size());
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

NamedTrack::NamedTrack(std::string name_, const PatientTrack* track)
    : NamedTrack{std::move(name_), track->moments(), track->infusions(), track->relapses()} {}

NamedTrack::NamedTrack(std::string name_, std::vector<PatientTrack::Moment> moments_,
                       std::uint32_t infusions_, std::uint32_t relapses_)
    : name{std::move(name_)},
      moments{std::move(moments_)},
      infusions{infusions_},
      relapses{relapses_} {}

std::optional<Instant> first_difference(const std::vector<NamedTrack>& tracks) {
    for (const auto& [at, row] : together(tracks))
        if (differs(row)) return at;
    return std::nullopt;
}

std::string patients_side_by_side(const std::vector<NamedTrack>& tracks, const Dates& dates,
                                  const TableStyle& style) {
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
        head += gap + pad_right(printable(one.name), kNumbers + kGap + words);
        under += gap + pad_right("impr. rated", kNumbers) + gap + pad_right("", words);
    }
    std::string out = padded(head) + padded(under);
    const auto first = first_difference(tracks);
    bool alike = false;
    for (const auto& [at, row] : together(tracks)) {
        if (first && at == *first && alike)
            out += std::string(kDate, '-') + "  until here the same under all of them\n";
        alike = true;
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
        out +=
            fmt::format("{}: {} infusion{}, {} relapse{}\n", printable(one.name), one.infusions,
                        one.infusions == 1 ? "" : "s", one.relapses, one.relapses == 1 ? "" : "s");
    out +=
        wrapped(
            "impr.: improvement as a share of the untreated score, without the noise of ratings, "
            "which no clinic sees; rated: what a rating gives. At ratings and just before "
            "infusions; "
            "in a clinic also every week from the arrival on.",
            std::max<std::size_t>(style.columns, 60)) +
        '\n';
    if (!first && tracks.size() > 1) out += "Nothing differs.\n";
    return out;
}

std::string patients_csv(const std::vector<NamedTrack>& tracks, const Dates& dates) {
    std::string out = "at,day";
    for (const NamedTrack& one : tracks)
        for (const char* column : {"improvement", "rating", "infusion", "relapse", "events"})
            out += ',' + csv_cell(one.name + '.' + column);
    out += '\n';
    for (const auto& [at, row] : together(tracks)) {
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

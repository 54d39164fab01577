// Clinics of several sites, for their stories and laws.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "busy_clinic.hpp"
#include "staff_models.hpp"

namespace clinicsim::test {

/// A site with its own chairs of one kind, open as the model is; `share` of the patients live
/// there.
inline void add_site(Model& model, const std::string& name, std::uint32_t chairs, double share) {
    ClinicPlan& clinic = model.clinic;
    const auto site = static_cast<SiteId>(clinic.sites.size());
    if (site == 0) clinic.chairs = 0;
    *clinic.chairs += chairs;
    clinic.chair_kinds.push_back({"", chairs, site});
    clinic.sites.push_back({name, clinic.open, share, {}});
    for (Site& one : clinic.sites) one.travel.resize(clinic.sites.size(), Duration{hours{1}});
    for (std::size_t i = 0; i < clinic.sites.size(); ++i)
        clinic.sites[i].travel[i] = Duration::zero();
}

/// Open on these days only, at the hours of the model.
inline void open_only_on(Site& site, std::initializer_list<unsigned> weekdays) {
    for (unsigned day = 0; day < 7; ++day)
        if (std::find(weekdays.begin(), weekdays.end(), day) == weekdays.end())
            site.open.week[day].clear();
}

/// What is told of one run, as far as sites matter.
class SiteFacts final : public Sink {
  public:
    explicit SiteFacts(const ClinicPlan& clinic) : clinic_{clinic} {}

    struct Start {
        Instant at, wanted;
        PatientId patient;
        SiteId home, site;
        VisitKind kind;
        bool waits_counted, first_visit;
        bool operator==(const Start&) const = default;
    };
    std::vector<Start> starts;
    std::vector<TransferOffered> offers;

    void on(const VisitStarted& f) override {
        starts.push_back({f.at, f.wanted, f.patient, f.group.home, clinic_.site_of(f.chair), f.kind,
                          f.waits_counted, f.first_visit});
    }
    void on(const TransferOffered& f) override { offers.push_back(f); }

    std::vector<Start> starts_of_home(SiteId home) const {
        std::vector<Start> result;
        for (const Start& one : starts)
            if (one.home == home) result.push_back(one);
        return result;
    }
    /// Mean of the waits that count, in days.
    double mean_wait() const {
        double days = 0, number = 0;
        for (const Start& one : starts) {
            if (!one.waits_counted) continue;
            days += std::max(0.0, ticks(one.at - one.wanted) / kDay);
            ++number;
        }
        return days / number;
    }

  private:
    const ClinicPlan& clinic_;
};

inline SiteFacts facts_of(const Model& model, const Policy& policy, std::uint32_t replication = 0) {
    SiteFacts facts{model.clinic};
    simulate(model, with_pathway(model, policy, Span{.fixed = Days{60}}), replication, facts);
    return facts;
}

}  // namespace clinicsim::test

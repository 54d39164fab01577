// clinicsim trace: what happened to one patient, under one policy as a story, under several side by
// side; of a study, in the arm that was drawn, or in several.
#include <memory>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/report/patient_pair.hpp"
#include "clinicsim/report/patient_story.hpp"
#include "clinicsim/report/study_story.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "inputs.hpp"
#include "suggest.hpp"
#include "terminal.hpp"

namespace clinicsim::cli {

namespace {

std::string who_there_is(std::uint32_t arrived, std::uint32_t stock) {
    std::string text;
    if (arrived > 0)
        text = std::to_string(arrived) + " patients arrived (0 to " + std::to_string(arrived - 1) +
               ")";
    if (stock > 0)
        text += (text.empty() ? "" : ", ") + std::to_string(stock) +
                " were in care at the start (s0 to s" + std::to_string(stock - 1) + ")";
    return text.empty() ? "nobody came" : text;
}

Failure no_such_patient(const Request& request, const Scenario& scenario, const std::string& policy,
                        std::uint32_t arrived) {
    return {kUsage, "--patient: there is no patient " + request.patient + " in replication " +
                        std::to_string(request.replication) + " under " + policy + ": " +
                        who_there_is(arrived, scenario.model.patients.in_care_at_start.patients)};
}

constexpr std::size_t kMost = 4;  // more do not stand side by side
constexpr const char* kNoAdvice =
    "\nA synthetic patient with an assumed course. This is no medical advice.\n";

int print_side_by_side(const Request& request, const Scenario& scenario, PatientId patient,
                       const std::vector<report::NamedTrack>& tracks) {
    const Dates& dates = scenario.model.dates;
    print(request.format == "csv"
              ? report::patients_csv(tracks, dates)
              : printable(scenario.title) + ": patient " + report::patient_name(patient) +
                    ", replication " + std::to_string(request.replication) + "\n\n" +
                    report::patients_side_by_side(tracks, dates, {columns(), false, false}) +
                    kNoAdvice);
    return kDone;
}

/// For every phase that has an arm of this name, that arm.
std::vector<std::optional<std::size_t>> arms_named(const Study& study, const std::string& name) {
    std::vector<std::optional<std::size_t>> arms(study.phases.size());
    std::vector<std::string> known;
    bool found = false;
    for (std::size_t i = 0; i < study.phases.size(); ++i)
        for (std::size_t arm = 0; arm < study.phases[i].arms.size(); ++arm) {
            known.push_back(study.phases[i].arms[arm].name);
            if (known.back() != name) continue;
            arms[i] = arm;
            found = true;
        }
    if (!found)
        throw Failure{kUsage,
                      "--arm: there is no arm '" + name + "'" +
                          (known.empty() ? "; the study has none" : did_you_mean(name, known))};
    return arms;
}

int story_of_study(const Request& request, const Scenario& scenario, PatientId patient) {
    const Study& study = *scenario.study;
    if (!request.policies.empty())
        throw Failure{kUsage, "--policy: a study has no policies; --arm names its arms"};
    if (request.arms.size() > kMost)
        throw Failure{kUsage, "--arm: at most 4 arms stand side by side"};
    if (patient >= study.patients)
        throw Failure{kUsage, "--patient: there is no patient " + request.patient + ": " +
                                  std::to_string(study.patients) + " are screened (0 to " +
                                  std::to_string(study.patients - 1) + ")"};
    std::vector<report::NamedTrack> tracks;
    const auto add = [&](const std::string& name, std::vector<std::optional<std::size_t>> arms) {
        const auto& courses = scenario.model.patients.courses;
        tracks.push_back(
            report::study_track(name, study, courses,
                                tell(study, courses, scenario.model.seed, request.replication,
                                     patient, scenario.model.dates, std::move(arms))));
    };
    for (const std::string& name : request.arms) add(name, arms_named(study, name));
    if (tracks.empty()) add("as drawn", {});
    return print_side_by_side(request, scenario, patient, tracks);
}

int side_by_side(const Request& request, const Scenario& scenario,
                 const std::vector<std::size_t>& selected, PatientId patient) {
    std::vector<std::unique_ptr<report::PatientTrack>> tracks;
    std::vector<report::NamedTrack> named;
    for (const std::size_t at : selected) {
        const PolicyModel& policy = scenario.policies[at];
        tracks.push_back(std::make_unique<report::PatientTrack>(scenario.model, policy, patient));
        simulate(scenario.model, policy, request.replication, *tracks.back());
        if (tracks.back()->text().empty())
            throw no_such_patient(request, scenario, policy.choice.name, tracks.back()->arrived());
        named.push_back({policy.choice.name, tracks.back().get()});
    }
    return print_side_by_side(request, scenario, patient, named);
}

}  // namespace

int trace(const Request& request) {
    const auto patient = report::parse_patient(request.patient);
    if (!patient)
        throw Failure{kUsage,
                      "--patient: expected a number such as 17, or s3 for one in care at the "
                      "start, found '" +
                          request.patient + "'"};
    const Loaded loaded = load(request.files.front(), request);
    if (!loaded.scenario) return loaded.exit_code;
    const Scenario& scenario = *loaded.scenario;
    if (scenario.study) return story_of_study(request, scenario, *patient);
    if (!request.arms.empty())
        throw Failure{kUsage, "--arm: a clinic has no arms; --policy names its policies"};
    const auto selected = selected_policies(scenario, request);
    if (request.policies.size() > 1) {
        if (selected.size() > kMost)
            throw Failure{kUsage, "--policy: at most 4 policies stand side by side"};
        if (selected.size() > 1) return side_by_side(request, scenario, selected, *patient);
    }
    if (request.format == "csv")
        throw Failure{kUsage, "--format csv: name two policies or more, such as --policy a,b"};
    const PolicyModel& policy = scenario.policies[selected.front()];

    report::PatientStory story{scenario.model, policy, *patient};
    simulate(scenario.model, policy, request.replication, story);
    if (story.text().empty())
        throw no_such_patient(request, scenario, policy.choice.name, story.arrived());
    print(printable(scenario.title) + ": patient " + report::patient_name(*patient) + " under " +
          printable(policy.choice.name) + ", replication " + std::to_string(request.replication) +
          "\n\n" + story.text() + kNoAdvice);
    return kDone;
}

}  // namespace clinicsim::cli

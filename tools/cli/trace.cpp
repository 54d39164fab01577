// clinicsim trace: what happened to one patient, under one policy as a story, under several side by
// side.
#include <memory>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/report/patient_pair.hpp"
#include "clinicsim/report/patient_story.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "inputs.hpp"
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
    const Dates& dates = scenario.model.dates;
    if (request.format == "csv") {
        print(report::patients_csv(named, dates));
        return kDone;
    }
    print(printable(scenario.title) + ": patient " + report::patient_name(patient) +
          ", replication " + std::to_string(request.replication) + "\n\n" +
          report::patients_side_by_side(named, dates, {columns(), false, false}) +
          "\nA synthetic patient with an assumed course. This is no medical advice.\n");
    return kDone;
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
    if (scenario.study)
        throw Failure{kUsage, "a study has no clinic in which a story could be followed"};
    const auto selected = selected_policies(scenario, request);
    if (request.policies.size() > 1) {
        constexpr std::size_t kMost = 4;  // more do not stand side by side
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
          "\n\n" + story.text() +
          "\nA synthetic patient with an assumed course. This is no medical advice.\n");
    return kDone;
}

}  // namespace clinicsim::cli

// clinicsim trace: what happened to one patient.
#include "clinicsim/base/diagnostic.hpp"
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
    if (request.policies.size() > 1)
        throw Failure{kUsage, "--policy: a story is told of one policy at a time"};
    const PolicyModel& policy = scenario.policies[selected.front()];

    report::PatientStory story{scenario.model, policy, *patient};
    simulate(scenario.model, policy, request.replication, story);
    if (story.text().empty())
        throw Failure{
            kUsage,
            "--patient: there is no patient " + request.patient + " in replication " +
                std::to_string(request.replication) + " under " + policy.choice.name + ": " +
                who_there_is(story.arrived(), scenario.model.patients.in_care_at_start.patients)};
    print(printable(scenario.title) + ": patient " + report::patient_name(*patient) + " under " +
          printable(policy.choice.name) + ", replication " + std::to_string(request.replication) +
          "\n\n" + story.text() +
          "\nA synthetic patient with an assumed course. This is no medical advice.\n");
    return kDone;
}

}  // namespace clinicsim::cli

// The command line, by CLI11: the one file that includes it, because it takes seconds to compile.
#include <algorithm>
#include <charconv>
#include <sstream>

#include <CLI/CLI.hpp>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/version.hpp"
#include "failure.hpp"
#include "help.hpp"
#include "request.hpp"
#include "suggest.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace clinicsim::cli {

namespace {

class ExamplesFirst final : public CLI::Formatter {
  public:
    std::string make_description(const CLI::App* app) const override {
        return "Examples:\n" + examples_of(app->get_name()) + '\n' + app->get_description() + '\n';
    }
};

/// What CLI11 fills before it is looked through.
struct Words {
    std::vector<std::string> policies, arms, settings, cases;
    std::optional<std::uint64_t> seed;
    std::string precision;
    PlanWords plan;
};

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts;
    std::istringstream in{list};
    for (std::string part; std::getline(in, part, ',');)
        if (!part.empty()) parts.push_back(part);
    return parts;
}

/// Turns what was given into the request; a Failure where it makes no sense.
void complete(Request& request, const Words& words) {
    for (const std::string& list : words.policies)
        for (std::string& name : split(list)) request.policies.push_back(std::move(name));
    for (const std::string& list : words.arms)
        for (std::string& name : split(list)) request.arms.push_back(std::move(name));
    for (const std::string& list : words.cases)
        for (std::string& name : split(list)) request.cases.push_back(std::move(name));
    request.seed = words.seed;
    for (const std::string& setting : words.settings) {
        const std::size_t at = setting.find('=');
        if (at == std::string::npos || at == 0)
            throw Failure{kUsage, "--set: expected path=value, such as clinic.chairs=4, found '" +
                                      setting + "'"};
        request.overrides.push_back(
            {.path = setting.substr(0, at), .value = setting.substr(at + 1), .only = true});
    }
    if (words.seed)
        request.overrides.push_back(
            {request.command == "calibrate" ? "seed" : "run.seed", std::to_string(*words.seed)});
    // of graph it is another thing: how many runs to count flows in
    if (request.replications && request.command != "graph")
        request.overrides.push_back({"run.replications", std::to_string(*request.replications)});
    if (request.command == "plan") complete_plan(request, words.plan);
    if (!words.precision.empty()) {
        request.precision = parse_relative(words.precision);
        if (!request.precision)
            throw Failure{
                kUsage,
                "--precision: expected a relative half-width between 0 and 100 %, such as "
                "5%, found '" +
                    words.precision + "'"};
    }
}

/// CLI11 takes "-1", and what is too large, for the largest number.
CLI::Validator whole() {
    return CLI::Validator{[](std::string& text) {
                              std::uint64_t number = 0;
                              const char* const end = text.data() + text.size();
                              const auto read = std::from_chars(text.data(), end, number);
                              return read.ec == std::errc{} && read.ptr == end
                                         ? std::string{}
                                         : "expected a whole number, found '" + text + "'";
                          },
                          ""};
}

class CommandLine {
  public:
    CommandLine() {
        app_.set_help_flag("-h,--help", "this text");
        app_.set_version_flag("-V,--version", "clinicsim " + std::string{kVersion});
        app_.require_subcommand(1);
        app_.formatter(std::make_shared<ExamplesFirst>());
        app_.footer(kExitCodes);
        add_run();
        add_plan();
        add_check();
        add_graph();
        add_trace();
        add_template();
        CLI::App* init = add("init", "Writes a commented scenario to start from.");
        init->add_option("FILE", request_.files, "where to (absent: to standard output)")
            ->expected(0, 1);
        CLI::Option* study =
            init->add_flag("--study", request_.study, "a trial of two arms instead of a clinic");
        init->add_flag("--full", request_.full,
                       "a clinic with staff, booking, attendance, prices and a plan")
            ->excludes(study);
        CLI::App* explain = add("explain",
                                "What a key of a scenario, or a metric, means; without a "
                                "name, all of them.");
        explain->add_option("KEY", request_.key,
                            "a key's path, a policy, a distribution, a metric");
        add("schema", "The JSON Schema of a scenario file, for editors.");
        add_selftest();
        add_evidence();
        add_calibrate();
    }

    Parsed parse(int count, const char* const* words) {
        if (count < 2) {
            say("a command is needed; clinicsim --help shows them");
            return {std::nullopt, kUsage};
        }
        if (const std::string first = words[1]; first[0] != '-' && !known(first)) {
            say("there is no command '" + first + "'" + did_you_mean(first, commands_) +
                " (clinicsim --help shows them)");
            return {std::nullopt, kUsage};
        }
        try {
            app_.parse(count, words);
        } catch (const CLI::ParseError& error) {
            return answer(error);
        }
        request_.command = app_.get_subcommands().front()->get_name();
        complete(request_, words_);
        return {std::move(request_), kDone};
    }

  private:
    bool known(const std::string& command) const {
        return std::find(commands_.begin(), commands_.end(), command) != commands_.end();
    }

    Parsed answer(const CLI::ParseError& error) {
        std::ostringstream out, complaint;
        app_.exit(error, out, complaint);
        if (error.get_exit_code() == 0) {  // help and version
            print(out.str());
            return {std::nullopt, kDone};
        }
        std::istringstream lines{complaint.str()};
        for (std::string line; std::getline(lines, line);)
            if (!line.empty()) say(line);
        return {std::nullopt, kUsage};
    }

    CLI::App* add(const std::string& name, const std::string& description) {
        commands_.push_back(name);
        CLI::App* command = app_.add_subcommand(name, description);
        command->set_help_flag("-h,--help", "this text");
        return command;
    }
    void add_scenario(CLI::App* command, bool several) {
        CLI::Option* files =
            command->add_option("SCENARIO", request_.files, "a scenario file (YAML)");
        files->required();
        if (!several) files->expected(1);
    }
    void add_policies(CLI::App* command, const std::string& text) {
        command->add_option("--policy", words_.policies, text)
            ->type_name("NAME")
            ->allow_extra_args(false);
    }
    void add_settings(CLI::App* command) {
        command->add_option("--set", words_.settings, "any value of the scenario; may be repeated")
            ->type_name("PATH=VALUE")
            ->allow_extra_args(false);
        command->add_option("--seed", words_.seed, "instead of the scenario's run.seed")
            ->type_name("N")
            ->check(whole());
    }
    void add_replications(CLI::App* command, const std::string& text) {
        command->add_option("--replications", request_.replications, text)
            ->type_name("N")
            ->check(whole())
            ->check(CLI::Range(1u, 4'000'000'000u).description(""));
    }
    void add_threads(CLI::App* command) {
        command
            ->add_option("--threads", request_.threads,
                         "at once (absent: one per core); the results are the same")
            ->type_name("N")
            ->check(whole())
            ->check(CLI::Range(1u, 1024u).description(""));
        command->add_flag("--quiet,-q", request_.quiet, "no progress bar");
    }
    void add_format(CLI::App* command, const std::vector<std::string>& formats) {
        std::string names;
        for (const std::string& one : formats) names += (names.empty() ? "" : "|") + one;
        auto known = CLI::IsMember(formats);
        known.description("");
        command
            ->add_option_function<std::string>(
                "--format", [this](const std::string& name) { request_.format = name; },
                "absent: " + formats.front())
            ->type_name(names)
            ->check(known);
    }

    void add_no_color(CLI::App* command) {
        command->add_flag("--no-color", request_.no_color, "no colours (NO_COLOR does the same)");
    }

    void add_run() {
        CLI::App* run = add("run",
                            "Runs the policies of a scenario on the same patients and compares "
                            "them.");
        add_scenario(run, false);
        add_policies(run, "only these, repeated or a list a,b (absent: all)");
        add_replications(run, "instead of the scenario's run.replications");
        run->footer(kOfIntervals);
        run->add_option("--precision", words_.precision,
                        "go on until chair utilisation and relapses are known so well, such as 2%")
            ->type_name("SHARE");
        add_settings(run);
        add_threads(run);
        add_format(run, {"table", "json", "csv"});
        CLI::Option* folder =
            run->add_option("-o", request_.folder, "write the result files into this folder")
                ->type_name("DIR");
        run->add_flag("--simultaneous", request_.simultaneous,
                      "wider intervals of differences, so that those of a metric to all policies "
                      "hold together with 95 %")
            ->excludes(folder);
        run->add_flag("--details", request_.details,
                      "more metrics, and what the chairs do by cause, day and hour");
        add_no_color(run);
    }
    void add_plan() {
        CLI::App* plan = add("plan",
                             "How many chairs, how many nurses, which hours: the fewest (or the "
                             "most patients) that keep\nthe targets, for every policy, with a "
                             "stated confidence, and what one less and one more would do.");
        plan->footer(kOfPlan);
        add_scenario(plan, false);
        add_policies(plan, "only these, repeated or a list a,b (absent: all)");
        plan->add_option(
                "--vary", words_.plan.vary,
                "what may be chosen: a path and its values, a..b or a list; may be repeated")
            ->type_name("PATH=VALUES")
            ->allow_extra_args(false);
        plan->add_option("--goal", words_.plan.goal,
                         "'fewest PATH', 'most PATH', 'lowest METRIC' or 'highest METRIC'")
            ->type_name("GOAL");
        plan->add_option("--target", words_.plan.targets, "what must be kept; may be repeated")
            ->type_name("TARGET")
            ->allow_extra_args(false);
        plan->add_option("--confidence", words_.plan.confidence,
                         "chance that all that is confirmed is so (absent: 95 %)")
            ->type_name("SHARE");
        plan->add_option("--budget", words_.plan.budget,
                         "runs at most (absent: as many as come to 200 million events)")
            ->type_name("N")
            ->check(whole())
            ->check(CLI::Range(1u, 1'000'000u).description(""));
        plan->add_option("--monthly-growth", words_.plan.growth,
                         "of the arrivals: adds a timetable of when more is due")
            ->type_name("SHARE");
        add_settings(plan);
        add_threads(plan);
        add_format(plan, {"table", "json", "csv"});
        plan->add_option("-o", request_.folder, "write the result files into this new folder")
            ->type_name("DIR");
        add_no_color(plan);
    }
    void add_check() {
        CLI::App* check = add("check",
                              "Reads scenarios as strictly as run does, names every fault, "
                              "and estimates size and time.");
        add_scenario(check, true);
        add_settings(check);
        add_replications(check, "instead of the scenario's run.replications");
    }
    void add_graph() {
        CLI::App* graph = add("graph",
                              "Draws the care pathway of each policy, with how many patients "
                              "go which way.");
        add_scenario(graph, false);
        add_policies(graph, "only these (absent: all)");
        add_replications(graph, "runs to count patients in (absent: 3)");
        add_settings(graph);
        add_threads(graph);
        add_format(graph, {"dot", "svg"});
        graph->add_flag("--no-run", request_.no_run, "the pathway alone, without patients");
    }
    void add_trace() {
        CLI::App* trace = add("trace",
                              "One patient's story in words, with dates; under several policies "
                              "side by side, with the level that no clinic sees. Of a study, one "
                              "patient from the screening on.");
        add_scenario(trace, false);
        trace
            ->add_option("--patient", request_.patient,
                         "by order of arrival (of a study: of screening), from 0; s0, s1, … for "
                         "those in care at the start")
            ->type_name("N")
            ->required();
        add_policies(trace, "under which policy (absent: the first); several: side by side");
        trace
            ->add_option("--arm", words_.arms,
                         "of a study: in which arm (absent: as drawn); several: side by side")
            ->type_name("NAME")
            ->allow_extra_args(false);
        add_format(trace, {"table", "csv"});
        trace->add_option("--replication", request_.replication, "in which replication (absent: 0)")
            ->type_name("R")
            ->check(whole());
        add_settings(trace);
    }

    void add_template() {
        CLI::App* day = add("template",
                            "The best template of a day of appointments: how many patients come "
                            "at every slot, exact for visits of exponential length.");
        add_scenario(day, false);
        day->add_option("--patients", request_.patients,
                        "on a day (absent: one per chair and slot)")
            ->type_name("N")
            ->check(whole())
            ->check(CLI::Range(1u, 10'000u).description(""));
        const auto weight = [&](const char* name, double& of, const char* what) {
            day->add_option(name, of, what)
                ->type_name("X")
                ->check(CLI::Range(0.0, 1e6).description(""));
        };
        weight("--wait", request_.wait_weight, "what the mean patient's wait is worth (absent: 1)");
        weight("--idle", request_.idle_weight, "what idle time per chair is worth (absent: 1)");
        weight("--overtime", request_.overtime_weight,
               "what time after the last slot is worth (absent: 1)");
        add_settings(day);
    }

    void add_selftest() {
        CLI::App* selftest = add("selftest",
                                 "Runs scenarios whose results are known exactly, and sets "
                                 "estimates beside exact values.");
        selftest->footer(kOfExactCases);
        selftest
            ->add_option("--case", words_.cases,
                         "only these, repeated or a list: Q11,R08, or a family's letter")
            ->type_name("ID")
            ->allow_extra_args(false);
        selftest->add_flag("--thorough", request_.thorough, "ten times the replications");
        selftest->add_option("--seed", words_.seed, "other random numbers (absent: 1)")
            ->type_name("N")
            ->check(whole());
        add_threads(selftest);
        add_format(selftest, {"table", "json"});
    }

    void add_evidence() {
        CLI::App* evidence = add("evidence",
                                 "Runs studies and sets their published numbers beside simulated "
                                 "ones.");
        evidence->footer(kOfEvidence);
        evidence->add_option("SCENARIO", request_.files,
                             "scenario files with targets, or folders of them (absent: "
                             "scenarios/evidence)");
        add_replications(evidence, "instead of each scenario's run.replications");
        evidence
            ->add_option("--sets", request_.sets,
                         "so many parameter sets, 0 for none (absent: all)")
            ->type_name("N")
            ->check(whole());
        evidence
            ->add_option("--posterior", request_.posterior,
                         "the sets' file, of calibrate (absent: "
                         "scenarios/calibration/result/posterior.csv)")
            ->type_name("FILE");
        add_settings(evidence);
        add_threads(evidence);
        add_format(evidence, {"table", "json", "markdown"});
        add_no_color(evidence);
    }

    void add_calibrate() {
        CLI::App* calibrate = add("calibrate",
                                  "Fits parameters of the symptom course to published numbers, and "
                                  "says how well\nthey are known.");
        calibrate->footer(kOfCalibration);
        calibrate->add_option("FILE", request_.files, "what is free and what should be met (YAML)")
            ->required()
            ->expected(1);
        CLI::Option* evaluations =
            calibrate
                ->add_option("--evaluations", request_.evaluations,
                             "of search and sample: the same number gives the same result")
                ->type_name("N")
                ->check(whole())
                ->check(CLI::Range(1u, 1'000'000'000u).description(""));
        calibrate
            ->add_option("--budget", request_.budget,
                         "seconds for everything, instead (absent: 60)")
            ->type_name("SECONDS")
            ->check(CLI::Range(1.0, 1e7).description(""))
            ->excludes(evaluations);
        calibrate
            ->add_option("--set", words_.settings,
                         "any value of the file, such as patients=3000; may be repeated")
            ->type_name("PATH=VALUE")
            ->allow_extra_args(false);
        calibrate->add_option("--seed", words_.seed, "instead of the file's seed")
            ->type_name("N")
            ->check(whole());
        add_threads(calibrate);
        add_format(calibrate, {"table", "json"});
        calibrate->add_option("-o", request_.folder, "write the files into this new folder")
            ->type_name("DIR");
        add_no_color(calibrate);
    }

    CLI::App app_{
        "Simulates ketamine-infusion clinics: chair utilisation and relapses of booster "
        "policies, with\ntheir uncertainty. Scenarios are YAML files.",
        "clinicsim"};
    std::vector<std::string> commands_;
    Request request_;
    Words words_;
};

}  // namespace

Parsed parse_command_line(int count, const char* const* words) {
    CommandLine line;
    Parsed parsed = line.parse(count, words);
    if (parsed.request && parsed.request->format.empty())
        parsed.request->format = parsed.request->command == "graph" ? "dot" : "table";
    return parsed;
}

}  // namespace clinicsim::cli

#include "help.hpp"

#include <map>

namespace clinicsim::cli {

const std::string& examples_of(const std::string& name) {
    static const std::map<std::string, std::string> texts{
        {"clinicsim",
         "  clinicsim run scenarios/monthly_vs_as_needed.yaml\n"
         "  clinicsim run my_clinic.yaml --set clinic.chairs=4 -o results/four_chairs\n"
         "  clinicsim plan my_clinic.yaml        how many chairs each policy needs\n"
         "  clinicsim init my_clinic.yaml        a scenario to start from\n"
         "  clinicsim explain clinic.chairs      what a key means\n"},
        {"run",
         "  clinicsim run clinic.yaml\n"
         "  clinicsim run clinic.yaml --policy monthly,as_needed --replications 50\n"
         "  clinicsim run clinic.yaml --set clinic.chairs=2 --format json > two_chairs.json\n"
         "  clinicsim run clinic.yaml --precision 2% -o results\n"},
        {"plan",
         "  clinicsim plan clinic.yaml\n"
         "  clinicsim plan clinic.yaml --policy monthly --target \"wait_days_rescue.p95 <= 7 "
         "days\"\n"
         "  clinicsim plan clinic.yaml --vary clinic.chairs=4..10 --vary clinic.closing=refuse,"
         "finish\n"
         "  clinicsim plan clinic.yaml --vary patients.arrivals.poisson.mean=\"2..8 by 0.5\" \\\n"
         "      --goal \"most patients.arrivals.poisson.mean\"\n"
         "  clinicsim plan clinic.yaml --monthly-growth 3%      when the next chair is due\n"},
        {"check",
         "  clinicsim check clinic.yaml\n"
         "  clinicsim check scenarios/*.yaml\n"},
        {"graph",
         "  clinicsim graph clinic.yaml --policy monthly\n"
         "  clinicsim graph clinic.yaml --policy monthly --format svg > pathway.svg\n"},
        {"trace",
         "  clinicsim trace clinic.yaml --patient 17 --policy as_needed\n"
         "  clinicsim trace clinic.yaml --patient 17 --policy monthly,as_needed --format csv\n"
         "  clinicsim trace clinic.yaml --patient s0 --replication 3\n"
         "  clinicsim trace study.yaml --patient 17 --arm weekly,monthly\n"},
        {"init",
         "  clinicsim init my_clinic.yaml\n"
         "  clinicsim init my_clinic.yaml --full\n"
         "  clinicsim init my_study.yaml --study\n"},
        {"template",
         "  clinicsim template clinic.yaml\n"
         "  clinicsim template clinic.yaml --patients 30 --wait 2\n"},
        {"explain",
         "  clinicsim explain\n"
         "  clinicsim explain policies.NAME.every\n"
         "  clinicsim explain relapses_per_well_patient_year\n"},
        {"schema", "  clinicsim schema > clinicsim.schema.json\n"},
        {"selftest",
         "  clinicsim selftest\n"
         "  clinicsim selftest --case R,Q11 --seed 7\n"
         "  clinicsim selftest --thorough --format json > proof.json\n"},
        {"evidence",
         "  clinicsim evidence\n"
         "  clinicsim evidence scenarios/evidence/murrough_2013.yaml\n"
         "  clinicsim evidence --sets 0                         the fitted point alone\n"},
        {"calibrate",
         "  clinicsim calibrate scenarios/calibration/symptom_course.yaml\n"
         "  clinicsim calibrate scenarios/calibration/symptom_course.yaml --evaluations 20000 -o "
         "fit\n"},
    };
    return texts.at(name);
}

}  // namespace clinicsim::cli

#include "clinicsim/care/scale.hpp"

#include <algorithm>
#include <array>

namespace clinicsim {

double Scale::score(double improvement) const {
    return std::clamp(baseline * (1 - improvement), 0.0, worst);
}

Scale Scale::with_baseline(double factor) const {
    Scale scale = *this;
    if (factor == 1) return scale;  // to the bit
    scale.baseline = baseline * factor;
    scale.remission = scale.improvement_at(baseline * (1 - remission));
    return scale;
}

std::span<const ScaleRow> scales() {
    // baselines are ours: round numbers of the size that the trials enrol
    static const std::array rows{
        ScaleRow{{"MADRS", 32, 60, 0.5, 0.69},
                 "depression",
                 "response: half the baseline; remission: 10 or less of 60",
                 "Murrough 2013, KetECT 2022 (pmc.ncbi.nlm.nih.gov/articles/PMC9154276); baseline "
                 "assumed"},
        ScaleRow{{"PHQ-9", 18, 27, 0.5, 0.72},
                 "depression",
                 "response: half the baseline; remission: under 5 of 27",
                 "McInnes 2022 (stanfordhealthcare.org/publications/837/837264.html); baseline "
                 "assumed"},
        ScaleRow{{"QIDS", 18, 27, 0.5, 0.72},
                 "depression",
                 "response: half the baseline; remission: 5 or less of 27",
                 "ELEKT-D 2023 (psychiatryonline.org/doi/10.1176/appi.pn.2023.08.7.47); baseline "
                 "assumed"},
        ScaleRow{{"CAPS-5", 42, 80, 0.3, 0.74},
                 "ptsd",
                 "response: 30 % under the baseline; remission: 11 or less of 80 (assumed)",
                 "Feder 2021 (psychiatryonline.org/doi/10.1176/appi.focus.23021014); cut-offs and "
                 "baseline assumed"},
        ScaleRow{{"HAM-A", 26, 56, 0.5, 0.73},
                 "anxiety",
                 "response: half the baseline; remission: 7 or less of 56 (assumed)",
                 "Glue 2018 (pubmed 29561204): scores halved after a dose; "
                 "cut-offs and baseline assumed"},
        ScaleRow{{"pain 0-10", 7, 10, 0.5, 0.72},
                 "chronic_pain",
                 "response: half the baseline; remission: under 2 of 10 (assumed)",
                 "Sigtermans 2009: 2.7 of 10 after a week; baseline and cut-offs assumed"},
    };
    return rows;
}

std::optional<Scale> scale_named(std::string_view name) {
    for (const ScaleRow& row : scales())
        if (row.scale.name == name) return row.scale;
    return std::nullopt;
}

}  // namespace clinicsim

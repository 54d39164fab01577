// What ratings are compared with: scales, rules on ratings in a row, tests.
#pragma once

#include "clinicsim/care/observation.hpp"
#include "clinicsim/care/scale.hpp"
#include "clinicsim/care/study.hpp"
#include "reader.hpp"

namespace clinicsim::reading {

/// A name or {name, baseline, …}; the default scale after a fault.
Scale read_scale(const Value& value);

/// A rule of kScoreRuleSection's keys, its `below` that of `scale`. Without any of them:
/// usual_relapse() where `has_default`, else a fault. `weekly` says whether "2 weekly ratings" is
/// true.
ScoreRule read_score_rule(MapReader& map, const Scale& scale, bool has_default, bool weekly);

/// The improvement below which ratings are a relapse where nobody says so: MADRS 22 of a baseline
/// of 38 (SUSTAIN-1), 42 %; where response takes less than that, as large a share of it.
double usual_relapse(const Scale& scale);

/// "response", "no remission", "improvement >= 45 %", "worse", "always"; "… at 3 of 4".
RatingTest read_test(const Value& value);

}  // namespace clinicsim::reading

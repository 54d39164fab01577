// What ratings are compared with: scales, rules on ratings in a row, tests.
#pragma once

#include "clinicsim/care/observation.hpp"
#include "clinicsim/care/scale.hpp"
#include "clinicsim/care/study.hpp"
#include "reader.hpp"

namespace clinicsim::reading {

/// A name or {name, baseline, …}; the default scale after a fault.
Scale read_scale(const Value& value);

/// A rule of kScoreRuleSection's keys. Without any of them: 42 % where `has_default`, else a fault.
/// `weekly` says whether "2 weekly ratings" is true.
ScoreRule read_score_rule(MapReader& map, const Scale& scale, bool has_default, bool weekly);

/// "response", "no remission", "improvement >= 45 %", "worse", "always"; "… at 3 of 4".
RatingTest read_test(const Value& value);

}  // namespace clinicsim::reading

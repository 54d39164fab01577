// The renewal course's rules: what an infusion does, and when the next relapse comes. Pure
// functions of the course, the patient's traits and an engine at the right address.
#pragma once

#include <cstdint>

#include "clinicsim/care/patients.hpp"
#include "clinicsim/random/engine.hpp"

namespace clinicsim {

/// The infusion of this induction (1, 2, …) after which the patient is well; 0: none.
std::uint32_t responds_at(const RenewalCourse& course, std::uint32_t visits, Engine& engine);

/// The patient's own factor on every time to relapse: frailty, severity and psychotherapy.
double personal_factor(const RenewalCourse& course, std::size_t severity, bool in_therapy,
                       Engine& frailty);

/// The factor that this infusion adds: `before` infusions were received before it, the last of them
/// `since` ago (any value where there was none).
double infusion_factor(const RelapseEffects& effects, std::uint32_t before, Duration since);

/// A fresh time to relapse in ticks from the end of the infusion; kNever's ticks for never.
Duration time_to_relapse(const RenewalCourse& course, double factor, Engine& engine);

/// The age at the next relapse, given that the clock was not renewed at `age` (minimal repair,
/// Barlow and Hunter 1960): distributed as the time to relapse given that it is longer than `age`.
Duration age_at_next_relapse(const RenewalCourse& course, double factor, Duration age,
                             Engine& engine);

}  // namespace clinicsim

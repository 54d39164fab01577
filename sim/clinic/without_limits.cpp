#include "clinicsim/clinic/model.hpp"

namespace clinicsim {

bool has_limits(const Model& model) { return model.clinic.chairs.has_value(); }

Model without_limits(const Model& model) {
    Model free = model;
    free.clinic.chairs.reset();
    return free;
}

}  // namespace clinicsim

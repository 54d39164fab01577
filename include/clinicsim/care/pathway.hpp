// The care pathway: stages and the ways between them, as a scenario writes them, and compiled to a
// flat table that a patient follows at run time. The graph itself (Boost.Graph) is built and
// checked in sim/care/pathway.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clinicsim/base/time.hpp"
#include "clinicsim/random/distribution.hpp"

namespace clinicsim {

enum class StageKind : std::uint8_t { referral, screening, induction, boosters, follow_up, exit };
constexpr int kStageKinds = 6;
const char* name(StageKind kind);

using StageId = std::uint8_t;

/// Why a way is taken. share, responded and otherwise are decided when the stage ends; ill, well
/// and after end a stage of boosters or follow-up when the first of them holds.
struct Way {
    enum class When : std::uint8_t { share, responded, otherwise, ill, well, after };
    When when = When::share;
    double share = 1;  // share only
    Span lasting;      // ill, well, after: how long without a break
    StageId to = 0;
    bool operator==(const Way&) const = default;
};
const char* name(Way::When when);

/// A reason for which who is screened gets no infusions.
struct Contraindication {
    std::string name;
    double share = 0;      // of who is screened; who has several counts for one of them
    std::string standing;  // published, fitted or assumed
    std::string source;    // empty: none was named
    bool operator==(const Contraindication&) const = default;
};

struct Stage {
    std::string name;
    StageKind kind = StageKind::exit;
    Distribution takes = Constant{0};  // screening only: ticks
    std::vector<Way> ways;             // empty for an exit
    /// Of a screening: its first ways, each to an exit of that name.
    std::vector<Contraindication> contraindications;
    bool operator==(const Stage&) const = default;
};

/// Stage 0 is the referral; it leads to the first stage of the scenario at once.
class Pathway {
  public:
    Pathway() = default;
    explicit Pathway(std::vector<Stage> stages);

    const std::vector<Stage>& stages() const { return stages_; }
    const Stage& operator[](StageId id) const { return stages_[id]; }
    std::size_t size() const { return stages_.size(); }
    /// Where a patient in care at the start stands: the first stage of boosters.
    std::optional<StageId> first_boosters() const;
    bool operator==(const Pathway&) const = default;

  private:
    std::vector<Stage> stages_;
};

/// What is wrong with a pathway, and at which stage (way: index into its ways, or -1).
struct PathwayFault {
    StageId stage = 0;
    int way = -1;
    std::string message;
};

/// Empty when every stage can be reached, every stage but an exit can be left, shares and
/// conditions are complete, and no cycle passes without time.
std::vector<PathwayFault> faults(const Pathway& pathway);

/// The pathway of a scenario that writes none: referral, induction, boosters, left; `ill_for` sends
/// the long ill back to the induction, `well_for` discharges the long well (empty: not at all).
/// `has_induction` is false where all patients are in care at the start.
Pathway default_pathway(bool has_induction, const Span& ill_for, const Span& well_for);

/// The pathway of a policy that treats nobody: who is referred is out of care at once. With
/// `stock`, patients in care at the start stay in it and get no boosters.
Pathway pathway_without_treatment(bool stock);

/// One edge's count in a run, for drawing: (stage, way) in the order of the pathway; way -1 stands
/// for leaving by drop-out and the like, which has no edge of its own.
struct Flow {
    StageId stage = 0;
    int way = 0;
    double patients = 0;  // per replication, in the measured time
};

/// Graphviz DOT of the pathway, with the flows on its edges where there are any.
std::string to_dot(const Pathway& pathway, const std::string& title,
                   const std::vector<Flow>& flows);

}  // namespace clinicsim

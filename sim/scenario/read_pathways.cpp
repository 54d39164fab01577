// The care pathway: as written, or the default with what repeat_induction and stop add to it.
#include <algorithm>
#include <array>

#include "distribution_rows.hpp"
#include "draft.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::size_t kMostStages = 150;

/// A stage as written, with what its faults need.
struct WrittenStage {
    Value value;
    std::vector<Value> ways;  // in the order of Stage::ways
};

std::optional<StageKind> kind_named(std::string_view text) {
    constexpr std::array kKinds{StageKind::referral, StageKind::screening, StageKind::induction,
                                StageKind::boosters, StageKind::follow_up};
    for (const StageKind kind : kKinds)
        if (text == name(kind)) return kind;
    return std::nullopt;
}

Way read_way(const Value& value) {
    Way way;
    if (value.is("responded")) {
        way.when = Way::When::responded;
        return way;
    }
    if (value.is("otherwise")) {
        way.when = Way::When::otherwise;
        return way;
    }
    const std::string text = value.is_scalar() ? value.node().text : "";
    constexpr std::array kTimed{Way::When::ill, Way::When::well, Way::When::after};
    for (const Way::When when : kTimed) {
        const std::string word = std::string{name(when)} + " ";
        if (!text.starts_with(word)) continue;
        way.when = when;
        const auto lasting = parse_span(std::string_view{text}.substr(word.size()));
        if (!lasting.fits)
            value.misfit(lasting.why);
        else
            way.lasting = lasting.value;
        return way;
    }
    const auto share = parse_share(text);
    if (!share.fits)
        value.misfit(share.why);
    else
        way.share = share.value;
    return way;
}

class PathwayReader {
  public:
    explicit PathwayReader(const Value& pathway) : pathway_{pathway} {
        const auto named = pathway.named();
        if (pathway.is_map() && named.empty()) pathway.fault("name at least one stage");
        if (named.size() > kMostStages) {
            pathway.fault("more than 150 stages are not supported");
            return;
        }
        begin_with_referral(named);
        for (const auto& [name, value] : named) add_stage(name, value);
        for (const auto& [name, value] : named) add_ways(name, value);
    }

    /// The pathway; nothing after a fault, its own faults included.
    std::optional<Pathway> take(std::size_t faults_before) {
        if (pathway_.context().fault_count() != faults_before || stages_.empty())
            return std::nullopt;
        Pathway pathway{stages_};
        for (const PathwayFault& found : faults(pathway)) report(found);
        if (pathway_.context().fault_count() != faults_before) return std::nullopt;
        return pathway;
    }

  private:
    void begin_with_referral(const std::vector<std::pair<std::string, Value>>& named) {
        if (named.empty() || named.front().first == name(StageKind::referral)) return;
        Stage referral{.name = name(StageKind::referral), .kind = StageKind::referral};
        referral.ways.push_back({.to = 1});
        stages_.push_back(std::move(referral));
        written_.emplace_back();
    }

    void add_stage(const std::string& stage_name, const Value& value) {
        Stage stage;
        stage.name = stage_name;
        WrittenStage written{value, {}};
        MapReader map{value, kStageSection};
        auto kind = kind_named(stage_name);
        if (kind) map.decided("kind", stage_name);
        if (const Value given = map.take("kind")) {
            const std::size_t before = value.context().fault_count();
            given.choice();
            if (value.context().fault_count() == before) kind = kind_named(given.node().text);
        } else {
            map.missing("kind", "the stage's own name is none");
        }
        stage.kind = kind.value_or(StageKind::screening);
        if (stage.kind == StageKind::referral && !stages_.empty())
            value.fault("the referral is where patients enter: it must be the first stage");
        if (stage.kind == StageKind::screening) {
            if (const Value takes = map.take("takes")) stage.takes = read_distribution(takes);
            if (const Value reasons = map.take("contraindications"))
                read_contraindications(reasons, stage, written);
        } else {
            map.unfit("takes", "only a screening has a length of its own");
            map.unfit("contraindications", "they are found at a screening");
        }
        map.take("to");
        stages_.push_back(std::move(stage));
        written_.push_back(std::move(written));
    }

    void add_ways(const std::string& stage_name, const Value& value) {
        if (!value.is_map()) return;
        Entry* to = value.node().find("to");
        if (to == nullptr) return;
        const Value ways{value.context(), to->value, value.path() + ".to", "map of way"};
        const StageId from = id_of(stage_name);
        const double suitable = add_contraindicated(from);
        for (const auto& [goal, way] : ways.named()) {
            Way read = read_way(way);
            if (read.when == Way::When::share) read.share *= suitable;
            read.to = id_of(goal);
            stages_[from].ways.push_back(read);
            written_[from].ways.push_back(way);
        }
    }

    void read_contraindications(const Value& reasons, Stage& stage, WrittenStage& written) {
        const std::size_t before = reasons.context().fault_count();
        double sum = 0;
        for (const auto& [reason, value] : reasons.named()) {
            Contraindication one{reason, 0, "assumed", ""};
            if (value.is_map()) {
                MapReader map{value, kContraindicationSection};
                if (const Value share = map.take("share")) one.share = share.share();
                if (const Value standing = map.take("standing")) {
                    constexpr std::array kStandings{"published", "fitted", "assumed"};
                    one.standing = kStandings[standing.choice()];
                }
                if (const Value source = map.take("source")) one.source = source.text();
            } else {
                one.share = value.share();
            }
            if (pathway_.node().find(reason) != nullptr)
                value.fault("'" + reason + "' is a stage, and a contraindication ends the pathway");
            sum += one.share;
            stage.contraindications.push_back(std::move(one));
            written.ways.push_back(value);
        }
        if (reasons.context().fault_count() == before && sum >= 1)
            reasons.fault("the shares sum to " + number_text(sum * 100) +
                          " %: nobody would be treated");
    }

    /// The ways out by contraindications; the share of patients who have none.
    double add_contraindicated(StageId from) {
        double suitable = 1;
        // a copy: an exit that is added moves the stages
        for (const Contraindication& one :
             std::vector<Contraindication>{stages_[from].contraindications}) {
            Way way;
            way.share = one.share;
            way.to = id_of(one.name);
            stages_[from].ways.push_back(way);
            suitable -= one.share;
        }
        return suitable;
    }

    /// A goal that is no stage is an exit.
    StageId id_of(const std::string& stage_name) {
        const auto at = std::find_if(stages_.begin(), stages_.end(),
                                     [&](const Stage& s) { return s.name == stage_name; });
        if (at != stages_.end()) return static_cast<StageId>(at - stages_.begin());
        if (stages_.size() >= 200) {
            pathway_.fault("more than 200 stages and exits are not supported");
            return 0;
        }
        stages_.push_back({.name = stage_name, .kind = StageKind::exit});
        written_.emplace_back();
        return static_cast<StageId>(stages_.size() - 1);
    }

    void report(const PathwayFault& found) const {
        const WrittenStage& stage = written_[found.stage];
        const auto way = static_cast<std::size_t>(found.way);
        if (found.way >= 0 && way < stage.ways.size())
            stage.ways[way].fault(found.message);
        else if (stage.value)
            stage.value.fault(found.message);
        else
            pathway_.fault(found.message);
    }

    const Value& pathway_;
    std::vector<Stage> stages_;
    std::vector<WrittenStage> written_;
};

Pathway untreated(Draft& draft) {
    return pathway_without_treatment(draft.model().patients.in_care_at_start.patients > 0);
}

void read_own_pathway(Draft& draft, const Value& value) {
    draft.has_pathway = true;
    const std::size_t before = draft.context.fault_count();
    auto pathway = PathwayReader{value}.take(before);
    if (!pathway) return;
    if (draft.model().patients.in_care_at_start.patients > 0 && !pathway->first_boosters())
        value.fault("patients in care at the start need a stage of boosters to be in");
    for (PolicyModel& model : draft.scenario.policies)
        for (const Policy& policy : model.choice.policies)
            model.pathways.push_back(policy.treats ? *pathway : untreated(draft));
}

}  // namespace

void read_pathways(Draft& draft, const Value& pathway, const Value& repeat) {
    if (repeat) {
        MapReader map{repeat, kRepeatSection};
        if (const Value ill_for = map.take("ill_for")) draft.ill_for = ill_for.span();
        if (pathway)
            repeat.fault(
                "beside a pathway, write it there: boosters: {to: {induction: ill 60 days}}");
        else if (!draft.has_induction() && !draft.context.has_faults())
            repeat.fault("there is no induction to repeat");
    }
    if (pathway) {
        read_own_pathway(draft, pathway);
        return;
    }
    for (PolicyModel& model : draft.scenario.policies)
        for (const Policy& policy : model.choice.policies)
            model.pathways.push_back(
                policy.treats
                    ? default_pathway(draft.has_induction(), draft.ill_for, policy.stop_when_well)
                    : untreated(draft));
}

}  // namespace clinicsim::reading

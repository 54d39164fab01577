#include "clinicsim/care/pathway.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/graphviz.hpp>
#include <boost/graph/strong_components.hpp>

#include "clinicsim/base/check.hpp"
#include "clinicsim/base/dates.hpp"

namespace clinicsim {
namespace {

struct WayOfStage {
    StageId stage;
    int way;
};
using Graph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, Stage, WayOfStage>;

Graph graph_of(const Pathway& pathway) {
    Graph graph;
    for (const Stage& stage : pathway.stages()) add_vertex(stage, graph);
    for (std::size_t s = 0; s < pathway.size(); ++s)
        for (std::size_t w = 0; w < pathway.stages()[s].ways.size(); ++w)
            add_edge(s, pathway.stages()[s].ways[w].to,
                     WayOfStage{static_cast<StageId>(s), static_cast<int>(w)}, graph);
    return graph;
}

bool takes_time(const Stage& stage) {
    switch (stage.kind) {
        case StageKind::referral:
            return false;
        case StageKind::screening:
            return lowest(stage.takes) > 0;
        case StageKind::induction:
        case StageKind::boosters:
        case StageKind::follow_up:
        case StageKind::exit:
            return true;
    }
    return false;
}

bool needs_time(Way::When when) {
    return when == Way::When::ill || when == Way::When::well || when == Way::When::after;
}

bool may_leave_by(StageKind kind, Way::When when) {
    switch (kind) {
        case StageKind::referral:
        case StageKind::screening:
            return when == Way::When::share;
        case StageKind::induction:
            return !needs_time(when);
        case StageKind::boosters:
        case StageKind::follow_up:
            return needs_time(when);
        case StageKind::exit:
            return false;
    }
    return false;
}

const char* ways_out(StageKind kind) {
    switch (kind) {
        case StageKind::referral:
        case StageKind::screening:
            return "is left by shares, such as '90 %'";
        case StageKind::induction:
            return "is left by shares, or by 'responded' and 'otherwise'";
        case StageKind::boosters:
        case StageKind::follow_up:
            return "is left by conditions with a time, such as 'ill 60 days', 'well 1 year' or "
                   "'after 90 days'";
        case StageKind::exit:
            return "leads nowhere";
    }
    return "";
}

/// Ways out of one stage that do not fit its kind or are not complete.
void check_ways(const Stage& stage, StageId id, std::vector<PathwayFault>& found) {
    double shares = 0;
    int share_ways = 0, responded = 0, otherwise = 0;
    for (std::size_t w = 0; w < stage.ways.size(); ++w) {
        const Way& way = stage.ways[w];
        if (!may_leave_by(stage.kind, way.when)) {
            found.push_back(
                {id, static_cast<int>(w),
                 "a stage of kind " + std::string{name(stage.kind)} + " " + ways_out(stage.kind)});
            return;
        }
        if (way.when == Way::When::share) shares += way.share, ++share_ways;
        if (way.when == Way::When::responded) ++responded;
        if (way.when == Way::When::otherwise) ++otherwise;
        if (needs_time(way.when) && way.lasting.empty())
            found.push_back({id, static_cast<int>(w), "needs a time longer than 0"});
    }
    const bool must_end = stage.kind == StageKind::referral || stage.kind == StageKind::screening ||
                          stage.kind == StageKind::induction;
    if (must_end && stage.ways.empty()) {
        found.push_back({id, -1, "stage '" + stage.name + "' cannot be left"});
        return;
    }
    if (share_ways > 0 && responded + otherwise > 0) {
        found.push_back(
            {id, -1, "stage '" + stage.name + "' mixes shares with 'responded' and 'otherwise'"});
    } else if (share_ways > 0 && std::abs(shares - 1) > 1e-9) {
        char sum[32];
        std::snprintf(sum, sizeof sum, "%.6g", shares * 100);
        found.push_back(
            {id, -1,
             "the shares of the ways out of '" + stage.name + "' sum to " + sum + " %, not 100 %"});
    } else if (stage.kind == StageKind::induction && share_ways == 0 &&
               (responded != 1 || otherwise != 1)) {
        found.push_back(
            {id, -1,
             "stage '" + stage.name + "' needs one way for 'responded' and one for 'otherwise'"});
    }
}

/// A string of the DOT language. boost::escape_dot_string leaves its keywords and backslashes be.
std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

std::string label(const Way& way) {
    std::string result = name(way.when);
    if (way.when == Way::When::share) {
        char buffer[32];
        std::snprintf(buffer, sizeof buffer, "%.6g %%", way.share * 100);
        return buffer;
    }
    if (!needs_time(way.when)) return result;
    const auto add = [&](std::int64_t count, const char* unit) {
        result += ' ' + std::to_string(count) + ' ' + unit + (count == 1 ? "" : "s");
    };
    if (way.lasting.months % 12 == 0 && way.lasting.months != 0)
        add(way.lasting.months / 12, "year");
    else if (way.lasting.months != 0)
        add(way.lasting.months, "month");
    if (way.lasting.fixed != Duration::zero()) result += ' ' + text(way.lasting.fixed);
    return result;
}

}  // namespace

const char* name(StageKind kind) {
    switch (kind) {
        case StageKind::referral:
            return "referral";
        case StageKind::screening:
            return "screening";
        case StageKind::induction:
            return "induction";
        case StageKind::boosters:
            return "boosters";
        case StageKind::follow_up:
            return "follow_up";
        case StageKind::exit:
            return "exit";
    }
    return "";
}

const char* name(Way::When when) {
    switch (when) {
        case Way::When::share:
            return "share";
        case Way::When::responded:
            return "responded";
        case Way::When::otherwise:
            return "otherwise";
        case Way::When::ill:
            return "ill";
        case Way::When::well:
            return "well";
        case Way::When::after:
            return "after";
    }
    return "";
}

Pathway::Pathway(std::vector<Stage> stages) : stages_{std::move(stages)} {
    CLINICSIM_CHECK(!stages_.empty() && stages_.size() <= 200, "a pathway has 1 to 200 stages");
    CLINICSIM_CHECK(stages_[0].kind == StageKind::referral, "a pathway begins with the referral");
    for (const Stage& stage : stages_)
        for (const Way& way : stage.ways)
            CLINICSIM_CHECK(way.to < stages_.size(), "a way leads to a stage");
}

std::optional<StageId> Pathway::first_boosters() const {
    for (std::size_t s = 0; s < stages_.size(); ++s)
        if (stages_[s].kind == StageKind::boosters) return static_cast<StageId>(s);
    return std::nullopt;
}

std::vector<PathwayFault> faults(const Pathway& pathway) {
    std::vector<PathwayFault> found;
    const Graph graph = graph_of(pathway);
    const std::size_t size = num_vertices(graph);

    std::vector<boost::default_color_type> color(size);
    const auto start_from = [&](StageId id) {
        boost::breadth_first_visit(graph, vertex(id, graph), boost::color_map(color.data()));
    };
    start_from(0);
    // patients in care at the start enter here
    if (const auto boosters = pathway.first_boosters();
        boosters && color[*boosters] == boost::white_color)
        start_from(*boosters);
    for (std::size_t s = 0; s < size; ++s)
        if (color[s] == boost::white_color)
            found.push_back({static_cast<StageId>(s), -1,
                             "stage '" + graph[s].name + "' can never be reached"});

    for (std::size_t s = 0; s < size; ++s) check_ways(graph[s], static_cast<StageId>(s), found);

    // a cycle passes without time when it holds in the graph of the timeless stages alone
    Graph timeless = graph;
    boost::remove_edge_if(
        [&](const Graph::edge_descriptor& e) { return takes_time(graph[source(e, timeless)]); },
        timeless);
    std::vector<int> component(size);
    boost::strong_components(timeless, boost::make_iterator_property_map(
                                           component.begin(), get(boost::vertex_index, timeless)));
    for (const auto edge : boost::make_iterator_range(edges(timeless)))
        if (component[source(edge, timeless)] == component[target(edge, timeless)]) {
            const WayOfStage& way = timeless[edge];
            found.push_back(
                {way.stage, way.way,
                 "stage '" + pathway[way.stage].name + "' lies on a cycle that takes no time"});
        }
    return found;
}

Pathway default_pathway(bool has_induction, const Span& ill_for, const Span& well_for) {
    // stages by number: 0 referral, then induction (if any), boosters, left, discharged
    std::vector<Stage> stages{{.name = "referral", .kind = StageKind::referral}};
    const StageId induction = 1;
    const StageId boosters = has_induction ? 2 : 1;
    StageId next = static_cast<StageId>(boosters + 1);
    Stage boosters_stage{.name = "boosters", .kind = StageKind::boosters};
    const StageId left = has_induction ? next++ : StageId{0};
    if (has_induction) {
        stages[0].ways.push_back({.to = induction});
        stages.push_back({.name = "induction",
                          .kind = StageKind::induction,
                          .ways = {{.when = Way::When::responded, .to = boosters},
                                   {.when = Way::When::otherwise, .to = left}}});
        if (!ill_for.empty())
            boosters_stage.ways.push_back(
                {.when = Way::When::ill, .lasting = ill_for, .to = induction});
    } else {
        stages[0].ways.push_back({.to = boosters});
    }
    if (!well_for.empty())
        boosters_stage.ways.push_back({.when = Way::When::well, .lasting = well_for, .to = next});
    stages.push_back(std::move(boosters_stage));
    if (has_induction) stages.push_back({.name = "left"});
    if (!well_for.empty()) stages.push_back({.name = "discharged"});
    return Pathway{std::move(stages)};
}

Pathway pathway_without_treatment(bool stock) {
    std::vector<Stage> stages{
        {.name = "referral", .kind = StageKind::referral, .ways = {{.to = 1}}},
        {.name = "not_treated"}};
    if (stock) stages.push_back({.name = "boosters", .kind = StageKind::boosters});
    return Pathway{std::move(stages)};
}

std::string to_dot(const Pathway& pathway, const std::string& title,
                   const std::vector<Flow>& flows) {
    const Graph graph = graph_of(pathway);
    const auto flow_of = [&](const WayOfStage& edge) -> const Flow* {
        const auto at = std::find_if(flows.begin(), flows.end(), [&](const Flow& f) {
            return f.stage == edge.stage && f.way == edge.way;
        });
        return at == flows.end() ? nullptr : &*at;
    };
    std::ostringstream out;
    boost::write_graphviz(
        out, graph,
        [&](std::ostream& o, Graph::vertex_descriptor v) {
            const Stage& stage = graph[v];
            const bool exit = stage.kind == StageKind::exit;
            o << "[label=" << quoted(stage.name) << ", shape=" << (exit ? "box" : "ellipse")
              << (stage.kind == StageKind::boosters ? ", style=bold" : "") << "]";
        },
        [&](std::ostream& o, Graph::edge_descriptor e) {
            std::string shown =
                label(pathway[graph[e].stage].ways[static_cast<std::size_t>(graph[e].way)]);
            if (const Flow* flow = flow_of(graph[e])) {
                char buffer[48];
                std::snprintf(buffer, sizeof buffer, "\n%.1f patients", flow->patients);
                shown += buffer;
            }
            std::string escaped;
            for (const char c : shown) escaped += c == '\n' ? std::string{"\\n"} : std::string{c};
            o << "[label=\"" << escaped << "\"]";
        },
        [&](std::ostream& o) {
            o << "rankdir=LR;\nlabelloc=t;\nlabel=" << quoted(title)
              << ";\nnode [fontname=\"Helvetica\"];\nedge [fontname=\"Helvetica\"];\n";
        });
    return out.str();
}

}  // namespace clinicsim

#include "clinicsim/report/table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "clinicsim/base/diagnostic.hpp"
#include "clinicsim/report/chair_use.hpp"
#include "grid.hpp"
#include "published.hpp"
#include "shown.hpp"
#include "text.hpp"

namespace clinicsim::report {

namespace {

using Paint = std::string (*)(const std::string&);

std::string plain(const std::string& text) { return text; }
std::string painted(const std::string& text, const char* code) {
    return text.empty() ? text : std::string{"\x1b["} + code + "m" + text + "\x1b[0m";
}
std::string bold(const std::string& text) { return painted(text, "1"); }
std::string green(const std::string& text) { return painted(text, "32"); }
std::string red(const std::string& text) { return painted(text, "31"); }
std::string yellow(const std::string& text) { return painted(text, "33"); }

Cell cell(const std::vector<Estimate>& estimates, std::string_view metric) {
    const Estimate* found = find(estimates, metric);
    return {rounded(found ? *found : Estimate{}, scale_of(metric)), ""};
}

Cell part_cell(const PolicyResult& policy, const ShownOfPart& metric, std::size_t part) {
    const double scale = metric.label.ends_with("%") ? 100 : 1;
    return {rounded((policy.*metric.parts)[part].metrics[metric.row], scale), ""};
}

class Table {
  public:
    Table(const Comparison& comparison, const TableStyle& style)
        : all_{comparison},
          columns_{std::max<std::size_t>(style.columns, 40)},
          colour_{style.colour},
          details_{style.details} {}

    std::string text() {
        head();
        metrics();
        chairs();
        groups();
        if (some_one_sided_) paragraph(std::string{kNoneSeen});
        differences();
        splits();
        screened_out();
        targets();
        warnings();
        foot();
        return std::move(out_);
    }

  private:
    Paint in(Paint paint) const { return colour_ ? paint : plain; }
    void paragraph(const std::string& text, Paint paint = plain) {
        out_ += in(paint)(wrapped(text, columns_)) + '\n';
    }
    void paragraph_below(const std::string& text) {
        out_ += "  " + wrapped(text, columns_, 2) + '\n';
    }

    void head() {
        paragraph(printable(all_.title), bold);
        std::string run =
            printable(all_.file) +
            fmt::format(", seed {}: {} replication{}, each {} days", all_.seed, all_.replications,
                        all_.replications == 1 ? "" : "s", shortest(all_.horizon_days));
        if (all_.warm_up_days > 0)
            run += fmt::format(" after a warm-up of {} days", shortest(all_.warm_up_days));
        paragraph(run);
        out_ += '\n';
        if (!all_.courses.empty()) paragraph("courses: " + all_.courses);
        if (const std::string sentence = answer(all_); !sentence.empty()) paragraph(sentence, bold);
        out_ += '\n';
    }

    /// All metrics in one grid, a column per policy.
    Grid side_by_side() const {
        Grid grid;
        grid.title = "mean ± 95 %";
        for (const PolicyResult& policy : all_.policies)
            grid.columns.push_back({printable(policy.name), {}});
        for (const ShownSection& section : shown_sections()) {
            if (section.in_details && !details_) continue;
            bool first = true;
            for (const ShownMetric& metric : section.metrics) {
                if (!is_shown(metric, all_)) continue;
                if (first) grid.dividers.push_back({grid.rows.size(), heading_of(section, all_)});
                first = false;
                grid.rows.emplace_back(metric.label);
                for (std::size_t i = 0; i < all_.policies.size(); ++i)
                    grid.columns[i].cells.push_back(cell(all_.policies[i].metrics, metric.name));
            }
            if (section.staff)
                for_parts([&](const std::string& label, const ShownOfPart& metric,
                              std::size_t part) {
                    grid.rows.push_back(label);
                    for (std::size_t i = 0; i < all_.policies.size(); ++i)
                        grid.columns[i].cells.push_back(part_cell(all_.policies[i], metric, part));
                });
        }
        return grid;
    }

    /// Draws it, and remembers whether the reader must be told what "<" says.
    std::string draw(const Grid& grid) {
        for (const Column& column : grid.columns)
            for (const Cell& one : column.cells) some_one_sided_ |= one.number.one_sided();
        return drawn(grid, columns_, in(bold));
    }

    /// Calls use(label, metric, part) for all that is shown of the parts of the clinic.
    template <class Use>
    void for_parts(Use use) const {
        if (all_.policies.empty()) return;
        const PolicyResult& first = all_.policies[0];
        for (const auto parts : {&PolicyResult::chairs, &PolicyResult::staff})
            for (std::size_t part = 0; part < (first.*parts).size(); ++part)
                for (const ShownOfPart& metric : shown_of_parts())
                    if (metric.parts == parts && is_shown(metric, part, all_))
                        use(printable((first.*parts)[part].group) + " " + std::string{metric.label},
                            metric, part);
    }

    /// One section, a row per policy.
    Grid below_each_other(const ShownSection& section) const {
        Grid grid;
        grid.title = heading_of(section, all_);
        for (const PolicyResult& policy : all_.policies)
            grid.rows.push_back(printable(policy.name));
        for (const ShownMetric& metric : section.metrics) {
            if (!is_shown(metric, all_)) continue;
            Column& column = grid.columns.emplace_back();
            column.heading = section.is_money ? std::string{metric.label} : label_of(metric, all_);
            for (const PolicyResult& policy : all_.policies)
                column.cells.push_back(cell(policy.metrics, metric.name));
        }
        if (section.staff)
            for_parts([&](const std::string& label, const ShownOfPart& metric, std::size_t part) {
                Column& column = grid.columns.emplace_back();
                column.heading = label;
                for (const PolicyResult& policy : all_.policies)
                    column.cells.push_back(part_cell(policy, metric, part));
            });
        return grid;
    }

    void block(const ShownSection& section) {
        const Grid grid = below_each_other(section);
        if (grid.columns.empty()) return;
        out_ += draw(grid);
        for (const std::string_view remark : remarks_of(section))
            paragraph_below(std::string{remark});
        out_ += '\n';
    }

    /// The section's own, and the notes without which some of its metrics are never shown.
    std::vector<std::string_view> remarks_of(const ShownSection& section) const {
        std::vector<std::string_view> remarks;
        if (!section.remark.empty()) remarks.push_back(section.remark);
        for (const ShownMetric& metric : section.metrics)
            if (const auto note = metric_rows()[metric_index(metric.name).value()].note;
                !note.empty() && is_shown(metric, all_))
                remarks.push_back(note);
        return remarks;
    }

    void metrics() {
        const Grid wide = side_by_side();
        const bool fits = full_width(wide) <= columns_;
        const bool in_short = !fits && !details_;
        if (fits) {
            out_ += draw(wide) + '\n';
            for (const ShownSection& section : shown_sections())
                for (const std::string_view remark : remarks_of(section))
                    paragraph(std::string{remark});
        } else {
            if (in_short)
                block(shown_first());
            else
                for (const ShownSection& section : shown_sections()) block(section);
            paragraph("Means over the replications ± the half-width of their 95 % intervals.");
        }
        paragraph(std::string{"What a metric means: clinicsim explain METRIC, such as "
                              "relapses_per_well_patient_year. "} +
                  (!details_ ? "More of them: --details, or --format json or csv."
                             : "All of them: --format json or csv."));
    }

    void chairs() {
        if (!details_) return;
        if (const std::string use = chair_use_table(all_, columns_, in(bold)); !use.empty())
            out_ += '\n' + use;
    }

    void groups() {
        Grid grid;
        std::vector<ShownMetric> shown;
        for (const ShownMetric& metric : shown_of_groups())
            if (is_shown(metric, all_)) shown.push_back(metric);
        for (const ShownMetric& metric : shown)
            grid.columns.push_back({std::string{metric.label}, {}});
        for (const PolicyResult& policy : all_.policies)
            for (std::size_t i = 0; i < policy.groups.size(); ++i) {
                const GroupResult& group = policy.groups[i];
                if (i == 0) grid.dividers.push_back({grid.rows.size(), printable(policy.name)});
                grid.rows.push_back(printable(group.by) + " " + printable(group.is));
                for (std::size_t c = 0; c < grid.columns.size(); ++c)
                    grid.columns[c].cells.push_back(cell(group.metrics, shown[c].name));
            }
        if (grid.rows.empty()) return;
        grid.title = "Groups of patients";
        out_ += '\n' + draw(grid);
    }

    void differences() {
        if (all_.differences.empty()) return;
        Grid grid;
        grid.title = "Differences";
        bool some_unclear = false, some_paired = false;
        for (const PolicyDifference& found : all_.differences)
            grid.rows.push_back(printable(found.policy));
        for (const ShownMetric& metric : shown_differences()) {
            if (!is_shown(metric, all_)) continue;
            const std::size_t at = metric_index(metric.name).value();
            Column column{label_of(metric, all_), {}};
            for (const PolicyDifference& found : all_.differences) {
                const Difference& difference = found.metrics[at];
                const auto& ci = difference.estimate.ci95;
                const bool unclear = ci && ci->low <= 0 && ci->high >= 0;
                some_unclear |= unclear;
                std::string after = unclear ? " ~" : "  ";
                if (difference.variance_reduction) {
                    some_paired = true;
                    after += fmt::format(" ×{:.{}f}", *difference.variance_reduction,
                                         *difference.variance_reduction < 9.95 ? 1 : 0);
                }
                column.cells.push_back(
                    {rounded(difference.estimate, scale_of(metric.name)), after});
            }
            grid.columns.push_back(std::move(column));
        }
        if (grid.columns.empty()) return;
        out_ += '\n' + drawn(grid, columns_, in(bold));
        std::string remark = "Policy less " + printable(all_.differences.front().baseline) +
                             ", the same patients under both, ± 95 %.";
        if (all_.differences_together > 0)
            remark += " The differences of one metric hold together with 95 %.";
        else
            remark += " Each interval is 95 % by itself: of twenty, one is off by chance.";
        if (some_unclear) remark += " ~: cannot be told apart.";
        if (some_paired) remark += " ×: how many times as many runs it would take without pairing.";
        paragraph_below(remark);
    }

    /// Differences over parameter sets: what stays unknown however long one runs.
    void splits() {
        Grid grid;
        grid.title = "Over parameter sets";
        std::size_t sets = 0;
        for (const PolicyDifference& found : all_.differences)
            if (!found.splits.empty()) grid.rows.push_back(printable(found.policy));
        for (const ShownMetric& metric : shown_differences()) {
            if (grid.rows.empty() || !is_shown(metric, all_)) continue;
            const std::size_t at = metric_index(metric.name).value();
            Column column{label_of(metric, all_), {}};
            for (const PolicyDifference& found : all_.differences) {
                if (found.splits.empty()) continue;
                Cell& one = column.cells.emplace_back();
                one.number.mean = "–";
                if (!found.splits[at]) continue;
                const VarianceSplit& split = *found.splits[at];
                sets = std::max(sets, split.sets);
                Estimate whole;
                whole.mean = split.mean;
                whole.ci95 = Interval{split.mean - split.half_whole, split.mean + split.half_whole};
                one = {rounded(whole, scale_of(metric.name)),
                       fmt::format(" {:.0f} % chance, {:.0f} % other sign",
                                   100 * split.share_chance, 100 * split.share_other_sign)};
            }
            grid.columns.push_back(std::move(column));
        }
        if (grid.columns.empty()) return;
        out_ += '\n' + drawn(grid, columns_, in(bold));
        paragraph_below(fmt::format(
            "The same differences over {} parameter sets that fit the studies about as well, ± 95 "
            "% "
            "of a set and of chance together. chance: how much of ±, as variance, more "
            "replications "
            "could take away; the rest is not known. other sign: in how many of the sets the "
            "difference goes the other way (those that chance puts there included).",
            sets));
    }

    void screened_out() {
        if (all_.policies.empty() || all_.policies.front().screened_out.empty()) return;
        out_ += '\n' + in(bold)("Not suitable for infusions, of who was screened") + '\n';
        for (const ScreenedOut& one : all_.policies.front().screened_out) {
            const Rounded share = rounded(one.share, 100);
            out_ += "  " +
                    wrapped(printable(one.reason) + ": " + share.text() + " % (" + one.standing +
                                (one.source.empty() ? "" : ": " + printable(one.source)) + ")",
                            columns_, 4) +
                    '\n';
        }
    }

    void targets() {
        if (all_.targets.empty()) return;
        out_ += '\n' + in(bold)("Targets") + '\n';
        for (const TargetResult& target : all_.targets) {
            const Paint paint = !target.met ? yellow : target.against_expectation() ? red : green;
            const std::string mark = !target.met   ? "? not clear yet"
                                     : *target.met ? "✓ met"
                                                   : "✗ missed";
            Estimate found;
            found.mean = target.estimate;
            found.ci95 = target.ci95;
            const bool is_share = scale_of(target.metric) == 100;
            const double scale = is_share ? 100 : 1;  // money is written out in targets
            const Rounded number = rounded(found, scale);
            std::string line =
                printable(target.policy) + ": " + printable(target.text) + ", is " + number.text();
            if (is_share) line += " %";
            if (target.published.value)
                line += fmt::format(" (published {:.3g}{}, {})", *target.published.value * scale,
                                    is_share ? " %" : "", standing_text(target));
            if (target.expect_missed)
                line += target.met && *target.met ? " (was expected to be missed: "
                                                  : " (expected to be missed: ";
            if (target.expect_missed)
                line += printable(target.because) + ")";
            else if (shows_reason(target))
                line += " (" + printable(target.because) + ")";
            out_ +=
                "  " + in(paint)(pad_right(mark, 15)) + "  " + wrapped(line, columns_, 19) + '\n';
        }
    }

    void warnings() {
        if (all_.warnings.empty()) return;
        out_ += '\n';
        for (const std::string& warning : all_.warnings)
            paragraph("warning: " + printable(warning), yellow);
    }

    void foot() {
        out_ += '\n';
        paragraph(
            "A simulation of synthetic patients, to compare policies and to plan capacity. This is "
            "no medical advice.");
    }

    const Comparison& all_;
    std::size_t columns_;
    bool colour_;
    bool details_;
    bool some_one_sided_ = false;
    std::string out_;
};

}  // namespace

std::string table(const Comparison& comparison, const TableStyle& style) {
    return Table{comparison, style}.text();
}

}  // namespace clinicsim::report

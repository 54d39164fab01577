#include "clinicsim/base/diagnostic.hpp"

#include <gtest/gtest.h>

namespace clinicsim {
namespace {

TEST(Diagnostic, ShowsPlaceMessageLineAndCaret) {
    const Diagnostic fault{Severity::error,     "a.yaml",       12, 3, "clinic.chairs",
                           "expected a number", "  chairs: six"};
    EXPECT_EQ(text(fault),
              "a.yaml:12:3: error: clinic.chairs: expected a number\n"
              "  12 |   chairs: six\n"
              "     |   ^\n");
}

TEST(Diagnostic, PutsItsCaretUnderTheCharacterNotTheByte) {
    const Diagnostic fault{Severity::error,     "a.yaml",        1, 10, "größe",
                           "expected a number", "  größe: sechs"};
    EXPECT_EQ(text(fault),
              "a.yaml:1:10: error: größe: expected a number\n"
              "  1 |   größe: sechs\n"
              "    |          ^\n");
}

TEST(Diagnostic, NeverSendsControlCharactersToATerminal) {
    const Diagnostic fault{Severity::warning, "a\x1b[31m", 1, 1, "", "odd \x07 name", "\x1b[2J"};
    EXPECT_EQ(text(fault), "a?[31m:1:1: warning: odd ? name\n  1 | ?[2J\n    | ^\n");
}

TEST(Printable, KeepsLettersAndReplacesBothSetsOfControlCharacters) {
    EXPECT_EQ(printable("Größe – 3 €"), "Größe – 3 €");
    EXPECT_EQ(printable("a\x1b[1m\x7f\n"), "a?[1m??");
    EXPECT_EQ(printable("a\xC2\x9b"
                        "2J\xC2\xA0\xC2"),
              "a?2J\xC2\xA0\xC2");  // U+009B steers some terminals, U+00A0 is a space
}

TEST(Diagnostics, AreSortedByPlaceAndNamedOnce) {
    const Diagnostic late{Severity::error, "a", 9, 1, "", "x", ""};
    const Diagnostic early{Severity::error, "a", 2, 5, "", "x", ""};
    Diagnostics found{late, early, late};
    sort(found);
    EXPECT_EQ(found, (Diagnostics{early, late}));
    EXPECT_TRUE(has_errors(found));
    EXPECT_FALSE(has_errors({Diagnostic{Severity::warning, "a", 1, 1, "", "x", ""}}));
}

}  // namespace
}  // namespace clinicsim

// Rows of clinic.sites, and of what is booked between them.
#include "keys.hpp"

namespace clinicsim::reading {
namespace {

constexpr std::array kSiteRows{
    KeyRow{"chairs", "whole number 1..10000 | map of whole number 0..10000",
           "infusion chairs here; or of several kinds, by name. Sites may have kinds of the same "
           "name",
           "required", "{recliner: 3, private_room: 1}"},
    KeyRow{"open", "'always' | map of opening hours",
           "opening hours here, as in clinic.open; holidays and closed of the clinic hold for all "
           "sites",
           "required", "{\"mon,wed\": \"08:00-17:00\"}"},
    KeyRow{"patients", "share",
           "share of the patients who live next to this site, their home site; the shares of all "
           "sites sum to 100 %. They are treated here, or at the nearest site that has chairs for "
           "their visit",
           "required", "40 %"},
    KeyRow{"travel", "map of duration over 0",
           "how long patients of this site travel to others; the way back is as long unless it is "
           "said",
           "{}", "{south: 25 min}"},
};

constexpr std::array kTransfersRows{
    KeyRow{"after", "duration",
           "another site is offered where the first place at the home site comes later after the "
           "time wanted, and another has one a day earlier or more",
           "required", "7 days"},
    KeyRow{"accepts", "share", "of those asked, where it takes no travelling", "required", "60 %"},
    KeyRow{
        "halves_every", "duration over 0",
        "travelling time that halves it: with 60 % and 30 min, 30 % accept half an hour and 15 % "
        "an hour; absent: distance does not matter",
        "", "30 min"},
};

}  // namespace

constinit const Section kSiteSection{"site", "clinic.sites.NAME",
                                     "one of the places that the clinic treats at", kSiteRows};
constinit const Section kTransfersSection{
    "transfers", "clinic.booking.transfers",
    "who would wait long at the home site is offered the site with the first place: an induction, "
    "a "
    "pair or a visit as a whole. Who refuses is not asked again about that visit",
    kTransfersRows};

}  // namespace clinicsim::reading

// 128-bit integers for sums that must be exact, so that merging is the same in any order.
#pragma once

namespace clinicsim {

__extension__ typedef __int128 I128;
__extension__ typedef unsigned __int128 U128;

}  // namespace clinicsim

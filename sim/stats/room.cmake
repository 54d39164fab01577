clinicsim_room(stats USES base LIBRARIES Boost::headers
               SOURCES tally.cpp histogram.cpp interval.cpp proportion.cpp series.cpp survival.cpp pooled_survival.cpp
                       queueing.cpp selection.cpp variance_split.cpp)

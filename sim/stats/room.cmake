clinicsim_room(stats USES base LIBRARIES Boost::headers SOURCES)

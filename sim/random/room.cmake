clinicsim_room(random USES base LIBRARIES Boost::headers SOURCES)

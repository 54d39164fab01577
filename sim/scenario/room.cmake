clinicsim_room(scenario USES base random care clinic LIBRARIES yaml-cpp fmt::fmt PkgConfig::sodium SOURCES)

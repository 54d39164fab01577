clinicsim_room(random USES base SOURCES distribution.cpp draw.cpp law.cpp)
target_link_libraries(clinicsim_random PUBLIC Boost::headers)  # the inlined Weibull

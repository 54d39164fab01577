clinicsim_room(base SOURCES check.cpp dates.cpp diagnostic.cpp likeness.cpp)

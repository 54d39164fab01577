clinicsim_room(care USES base random LIBRARIES Boost::headers SOURCES pathway.cpp policy.cpp renewal.cpp scale.cpp study.cpp symptom_defaults.cpp symptoms.cpp)

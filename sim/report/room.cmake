clinicsim_room(report USES base stats care scenario clinic observe experiment LIBRARIES fmt::fmt nlohmann_json::nlohmann_json Boost::headers SOURCES)

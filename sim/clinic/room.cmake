clinicsim_room(clinic USES base random kernel care SOURCES)

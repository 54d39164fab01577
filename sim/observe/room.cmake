clinicsim_room(observe USES base stats clinic SOURCES)

clinicsim_room(kernel USES base)

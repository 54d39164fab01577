clinicsim_tests(whole PROGRAM SOURCES rooms_test.cpp launcher_test.cpp readme_test.cpp
                      lists_test.cpp)

# For the test that looks at the symbols which the rooms need (not experiment: it stays native).
set(libraries)
foreach(room base random stats kernel care clinic scenario observe report)
  get_target_property(kind clinicsim_${room} TYPE)
  if(kind STREQUAL "STATIC_LIBRARY")
    list(APPEND libraries $<TARGET_FILE:clinicsim_${room}>)
    add_dependencies(test_whole clinicsim_${room})
  endif()
endforeach()
list(JOIN libraries ":" libraries)
string(REPLACE gcc-ar gcc-nm nm ${CMAKE_CXX_COMPILER_AR})  # plain nm sees nothing in an LTO build
target_compile_definitions(test_whole PRIVATE
  CLINICSIM_ROOM_LIBRARIES="${libraries}" CLINICSIM_NM="${nm}")

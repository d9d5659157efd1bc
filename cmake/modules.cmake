# add_module(<name> KIND <kind> FACE <headers> [SHOWS <targets>] [USES <targets>] [TESTS_USE <targets>])
#
# A module is one folder and one library. Others see of it only its FACE headers, as <name/header.h>; they are linked
# into build/face/<name>/, and a module finds the faces of just those modules it declared: SHOWS are named in its own
# face and passed on, USES are named in its .cc files. Sources and tests are found, not listed.
set(KINDS kernel engine plumbing feature program)

function(add_module name)
  cmake_parse_arguments(arg "" "KIND" "FACE;SHOWS;USES;TESTS_USE" ${ARGN})
  set(dir ${CMAKE_CURRENT_SOURCE_DIR}/${name})
  list(FIND KINDS "${arg_KIND}" rank)
  if(rank EQUAL -1)
    message(FATAL_ERROR "${name}: KIND must be one of ${KINDS}")
  endif()
  foreach(other IN LISTS arg_SHOWS arg_USES)
    if(NOT TARGET ${other})
      message(FATAL_ERROR "${name} needs ${other}, which is not declared above it")
    endif()
    get_target_property(other_kind ${other} KIND)
    list(FIND KINDS "${other_kind}" other_rank)   # -1: not ours
    if(other_rank GREATER rank)
      message(FATAL_ERROR "${arg_KIND} ${name} may not need ${other_kind} ${other}")
    elseif(arg_KIND STREQUAL engine AND other_kind STREQUAL engine)
      message(FATAL_ERROR "engine ${name} may not need engine ${other}: engines stand alone")
    elseif(arg_KIND STREQUAL feature AND other_kind STREQUAL feature AND NOT "${name}>${other}" IN_LIST FEATURE_EDGES)
      message(FATAL_ERROR "feature ${name} may not need feature ${other}; declare \"${name}>${other}\" with its reason")
    elseif(arg_KIND STREQUAL feature AND other_kind STREQUAL plumbing AND other IN_LIST arg_SHOWS)
      message(FATAL_ERROR "the face of feature ${name} may not show ${other}: faces are made of values")
    endif()
  endforeach()

  file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.cc)
  file(GLOB tests CONFIGURE_DEPENDS ${dir}/*_test.cc)
  if(tests)
    list(REMOVE_ITEM sources ${tests})
  endif()
  set(face ${CMAKE_BINARY_DIR}/face/${name})
  file(REMOVE_RECURSE ${face})
  foreach(header IN LISTS arg_FACE)
    file(MAKE_DIRECTORY ${face}/${name})
    file(CREATE_LINK ${dir}/${header} ${face}/${name}/${header} SYMBOLIC)
    # A face compiles by itself.
    set(alone ${CMAKE_BINARY_DIR}/alone/${name}_${header}.cc)
    file(CONFIGURE OUTPUT ${alone} CONTENT "#include <${name}/${header}>\n")
    list(APPEND sources ${alone})
  endforeach()

  add_library(${name} STATIC ${sources})
  set_target_properties(${name} PROPERTIES KIND ${arg_KIND} UNITY_BUILD ${HUIYIN_UNITY} UNITY_BUILD_BATCH_SIZE 0)
  target_include_directories(${name} PUBLIC ${face})
  target_link_libraries(${name} PUBLIC ${arg_SHOWS} PRIVATE ${arg_USES})
  set_property(GLOBAL APPEND PROPERTY HUIYIN_MODULES ${name})
  set_property(GLOBAL APPEND_STRING PROPERTY HUIYIN_SURVEY
    "${name} ${arg_KIND}\n  face: ${arg_FACE}\n  shows: ${arg_SHOWS}\n  uses: ${arg_USES}\n")
  if(tests)
    add_executable(${name}_test ${tests})
    set_target_properties(${name}_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/test
      UNITY_BUILD ${HUIYIN_UNITY} UNITY_BUILD_BATCH_SIZE 0)
    target_compile_definitions(${name}_test PRIVATE TESTDATA="${dir}/testdata" SOURCE="${CMAKE_SOURCE_DIR}"
      PROGRAMS="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    # Tests run the module's optimised code; their own is compiled fast, not made fast.
    target_compile_options(${name}_test PRIVATE $<$<CONFIG:Release>:-O0>)
    target_link_libraries(${name}_test PRIVATE ${name} ${arg_USES} ${arg_TESTS_USE} gtest_main_with_rapidcheck)
    add_test(NAME ${name} COMMAND ${name}_test)
  endif()
endfunction()

# add_program(<name> FOLDER <folder> USES <targets>): main() and its wiring. Where a program has tests, they are linked
# with everything in its folder but main.cc.
function(add_program name)
  cmake_parse_arguments(arg "" "FOLDER" "USES" ${ARGN})
  set(dir ${CMAKE_CURRENT_SOURCE_DIR}/${arg_FOLDER})
  file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.cc)
  file(GLOB tests CONFIGURE_DEPENDS ${dir}/*_test.cc)
  if(tests)
    list(REMOVE_ITEM sources ${tests})
    set(parts ${sources})
    list(REMOVE_ITEM parts ${dir}/main.cc)
    add_executable(${arg_FOLDER}_test ${parts} ${tests})
    set_target_properties(${arg_FOLDER}_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/test UNITY_BUILD OFF)
    target_compile_definitions(${arg_FOLDER}_test PRIVATE TESTDATA="${dir}/testdata" SOURCE="${CMAKE_SOURCE_DIR}"
      PROGRAMS="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    target_link_libraries(${arg_FOLDER}_test PRIVATE ${arg_USES} gtest_main_with_rapidcheck)
    add_test(NAME ${arg_FOLDER} COMMAND ${arg_FOLDER}_test)
  endif()
  add_executable(${name} ${sources})
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
  target_link_libraries(${name} PRIVATE ${arg_USES})
endfunction()

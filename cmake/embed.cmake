# The library `embedded`: every page, message file and migration under src/, every asset and built island, compiled in.
function(add_embedded name)
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
    ${CMAKE_SOURCE_DIR}/src/*/*.html ${CMAKE_SOURCE_DIR}/src/*/messages.*.txt ${CMAKE_SOURCE_DIR}/src/*/*.sql
    ${CMAKE_SOURCE_DIR}/src/*/*.calendar ${CMAKE_SOURCE_DIR}/src/*/*.list ${CMAKE_SOURCE_DIR}/src/*/*.preset.json
    ${CMAKE_SOURCE_DIR}/assets/*.css ${CMAKE_SOURCE_DIR}/assets/*.svg ${CMAKE_SOURCE_DIR}/assets/*.js
    ${CMAKE_SOURCE_DIR}/demo/*/*.gz ${CMAKE_SOURCE_DIR}/docs/openapi.json)
  set(absolute)
  foreach(file IN LISTS files)
    list(APPEND absolute "${CMAKE_SOURCE_DIR}/${file}")
  endforeach()
  # Islands: src/<module>/<x>_island.ts and assets/*.ts, bundled by esbuild into <module>_<x>.js.
  file(GLOB islands CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*/*_island.ts)
  file(GLOB typescript CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*/*.ts)
  set(esbuild ${CMAKE_SOURCE_DIR}/node_modules/.bin/esbuild)
  foreach(island IN LISTS islands)
    get_filename_component(folder ${island} DIRECTORY)
    get_filename_component(module ${folder} NAME)
    get_filename_component(stem ${island} NAME_WE)
    string(REPLACE "_island" "" stem ${stem})
    set(script ${CMAKE_BINARY_DIR}/islands/${module}_${stem}.js)
    file(GLOB parts CONFIGURE_DEPENDS ${folder}/*.ts)
    add_custom_command(OUTPUT ${script}
      COMMAND ${esbuild} ${island} --bundle --minify --format=iife --target=es2020 --log-level=warning --outfile=${script}
      DEPENDS ${typescript} VERBATIM)
    list(APPEND files "assets/${module}_${stem}.js")
    list(APPEND absolute ${script})
  endforeach()

  set(assembly ".section .rodata\n")
  set(declarations "")
  set(rows "")
  set(pairs "")
  list(LENGTH files count)
  math(EXPR last "${count} - 1")
  if(count GREATER 0)
    foreach(i RANGE ${last})
      list(GET files ${i} path)
      string(REGEX REPLACE "^src/" "" path "${path}")
      list(APPEND pairs "${path}|${i}")
      list(GET absolute ${i} from)
      string(APPEND assembly ".global huiyin_embedded_${i}\nhuiyin_embedded_${i}:\n.incbin \"${from}\"\n"
        ".global huiyin_embedded_${i}_end\nhuiyin_embedded_${i}_end:\n.byte 0\n")
      string(APPEND declarations "extern \"C\" const char huiyin_embedded_${i}, huiyin_embedded_${i}_end;\n")
    endforeach()
  endif()
  list(SORT pairs)
  foreach(pair IN LISTS pairs)
    string(REPLACE "|" ";" pair "${pair}")
    list(GET pair 0 path)
    list(GET pair 1 i)
    string(APPEND rows "    {\"${path}\", {&huiyin_embedded_${i}, static_cast<std::size_t>(&huiyin_embedded_${i}_end - &huiyin_embedded_${i})}},\n")
  endforeach()
  string(APPEND assembly ".section .note.GNU-stack,\"\",@progbits\n")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embedded/data.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embedded/index.cc @ONLY CONTENT
"#include <algorithm>
#include <kernel/embedded.h>
#include <stdexcept>
#include <string>
${declarations}
namespace kernel {
std::span<const EmbeddedFile> embedded_files() {
  static const EmbeddedFile files[] = {
${rows}    {\"~\", {}}};
  return {files, sizeof files / sizeof *files - 1};
}
std::string_view embedded_file(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == path) return file.content;
  throw std::runtime_error(\"not compiled in: \" + std::string(path));
}
}  // namespace kernel
")
  set_source_files_properties(${CMAKE_BINARY_DIR}/embedded/data.S PROPERTIES OBJECT_DEPENDS "${absolute}")
  add_library(${name} STATIC ${CMAKE_BINARY_DIR}/embedded/data.S ${CMAKE_BINARY_DIR}/embedded/index.cc)
  target_link_libraries(${name} PUBLIC kernel)
  set_target_properties(${name} PROPERTIES KIND kernel)
endfunction()

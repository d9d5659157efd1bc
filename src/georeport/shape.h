// The specification's two formats. One value makes both: JSON is the Spark form of the XML, where a container of equal
// children is an array.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <http/http.h>
#include <kernel/json.h>
#include <kernel/result.h>

namespace georeport {

enum class Format { xml, json };

struct Named {
    std::string name;
    Format format = Format::xml;
};
// The last segment of an address, "17.json"; nothing without a format that there is.
std::optional<Named> named(std::string_view segment);
// What the address of a request ends in; without that, what it accepts; else XML, which the specification requires.
Format format_of(const http::Request&);

// `root` is the name of the XML's first element. Arrays must be containers that the specification knows:
// std::logic_error.
std::string as_xml(const kernel::Json&, std::string_view root);
http::Response answer(const http::Request&, Format, const kernel::Json&, std::string_view root);

// [{code, description}], in the reader's language; the status is that of the first, as the specification wants it: 404
// for what is not there, 403 for a key, 400 for all else that is the sender's, our own for what is not.
int status_of(const kernel::Error&);
http::Response refusal(const http::Request&, Format, const std::vector<kernel::Error>&, int status = 0);

}  // namespace georeport

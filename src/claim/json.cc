#include "pages.h"

namespace claim {

kernel::Json as_json(const Claim& c) {
    kernel::Json j = kernel::Json::Object{{"id", c.id.value()},
                                          {"about", c.about},
                                          {"ground", std::string(people::name(c.ground))},
                                          {"filed", kernel::iso(c.at)},
                                          {"reason", c.reason}};
    j.set("outcome", c.outcome ? kernel::Json(std::string(name(*c.outcome))) : kernel::Json());
    j.set("decided", c.decided_at ? kernel::Json(kernel::iso(*c.decided_at)) : kernel::Json());
    j.set("decided_entry", c.decided_entry ? kernel::Json(*c.decided_entry) : kernel::Json());
    j.set("erasure", c.erasure ? kernel::Json(c.erasure->value()) : kernel::Json());
    return j;
}

}  // namespace claim

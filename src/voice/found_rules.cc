#include "rules.h"

namespace voice::rules {

kernel::Result<change::FoundOpen> find_open(const Case& c, std::int64_t look, bool unit_open, Today today) {
    if (c.state != State::closed && c.state != State::closed_unrated)
        return kernel::refuse(kernel::Code::conflict, "voice.refused_" + std::string(name(c.state)));
    return change::FoundOpen{c.id, look, unit_open ? c.unit : std::nullopt,
                             counted(today, today.day, today.casework.again_term(name(c.kind)))};
}

}  // namespace voice::rules

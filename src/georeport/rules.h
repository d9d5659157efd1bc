// Who may admit clients and end them, and on which terms; pure.
#pragma once
#include "change.h"
#include "georeport.h"

namespace georeport::rules {

struct Others {
    bool name_taken = false;
    std::int64_t admitted = 0;
};
kernel::Result<change::ClientAdmitted> admit(const people::Actor&, const Admission&, const kernel::Hash& key,
                                             const Others&);
kernel::Result<change::ClientEnded> end(const people::Actor&, const std::optional<Client>&, std::string_view reason);

}  // namespace georeport::rules

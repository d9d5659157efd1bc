#include "rules.h"

#include <kernel/text.h>

namespace georeport::rules {

using kernel::Code;
using kernel::invalid;
using kernel::refuse;

kernel::Result<change::ClientAdmitted> admit(const people::Actor& actor, const Admission& asked,
                                             const kernel::Hash& key, const Others& others) {
    if (auto may = people::need_role(actor, people::Role::administrator); !may) return may.error();
    if (auto ok = kernel::need_text(asked.name, "name", max_name, "georeport.name_missing"); !ok) return ok.error();
    if (asked.per_minute < 1 || asked.per_minute > max_per_minute)
        return invalid("per_minute", "georeport.per_minute", {{"max", std::to_string(max_per_minute)}});
    if (others.name_taken) return invalid("name", "georeport.name_taken");
    if (others.admitted >= max_clients)
        return refuse(Code::conflict, "georeport.too_many_clients", {{"max", std::to_string(max_clients)}});
    return change::ClientAdmitted{asked.name, key, asked.per_minute, asked.for_authors, actor.officer};
}

kernel::Result<change::ClientEnded> end(const people::Actor& actor, const std::optional<Client>& client,
                                        std::string_view reason) {
    if (auto may = people::need_role(actor, people::Role::administrator); !may) return may.error();
    if (!client) return refuse(Code::not_found, "georeport.client_unknown");
    if (client->ended) return refuse(Code::conflict, "georeport.client_has_ended");
    if (auto ok = kernel::need_text(reason, "reason", max_reason, "people.reason_missing"); !ok) return ok.error();
    return change::ClientEnded{client->id, actor.officer, std::string(reason)};
}

}  // namespace georeport::rules

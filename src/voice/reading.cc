#include "reading.h"

#include "acts.h"

namespace voice {

bool may_read(const rules::Who& who, const Case& c) {
    using people::Role;
    if (!who.officer || !who.active) return false;
    if (c.is_public()) return true;
    if (who.has(Role::clerk) || who.has(Role::moderator) || who.has(Role::inspector)) return true;
    return (who.has(Role::officer) || who.has(Role::head)) && (who.above || c.typist == who.officer);
}

bool may_read(db::Connection& db, const people::Actor& actor, const Case& c) {
    return may_read(who_of(db, actor, c), c);
}

}  // namespace voice

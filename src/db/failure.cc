#include "failure.h"

namespace db {

std::string_view name(Kind kind) {
    switch (kind) {
        case Kind::unique:
            return "unique";
        case Kind::foreign_key:
            return "foreign key";
        case Kind::check:
            return "check";
        case Kind::busy:
            return "busy";
        case Kind::full:
            return "full";
        case Kind::lost:
            return "lost";
        case Kind::newer:
            return "newer";
        case Kind::encoding:
            return "encoding";
        case Kind::other:
            return "other";
    }
    return "other";
}

Failure failure(Kind kind, const std::string& reason, std::string_view sql) {
    constexpr std::size_t longest = 400;
    std::string what = "database, ";
    what += name(kind);
    what += ": " + reason;
    if (!sql.empty()) {
        what += "; in: ";
        what += sql.substr(0, longest);
        if (sql.size() > longest) what += " …";
    }
    return {kind, what};
}

}  // namespace db

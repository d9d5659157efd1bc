#include "maps.h"

#include <page/page.h>

namespace server {

void add_maps(dialogue::Hooks& hooks, const people::Needs& needs, std::shared_ptr<opinion_map::Live> maps) {
    hooks.next = [maps](db::Connection& db, dialogue::DialogueId id, std::optional<people::ParticipantId> who,
                        std::uint64_t seed,
                        int at_most) { return opinion_map::next(*maps, db, id, who, seed, at_most); };
    hooks.map = [&needs, maps](const http::Request& r, db::Connection& db, const dialogue::Dialogue& d) {
        return opinion_map::part_of_dialogue(*maps, r, db, needs, d);
    };
}

issue::OpinionGroups opinions(std::shared_ptr<opinion_map::Live> maps) {
    return [maps = std::move(maps)](db::Connection& db, dialogue::StatementId id) {
        std::vector<issue::Opinion> out;
        for (const auto& group : opinion_map::groups_on(*maps, db, id))
            out.push_back({group.agree, group.disagree, group.pass});
        return out;
    };
}

}  // namespace server

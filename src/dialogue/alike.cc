#include "alike.h"

#include "store.h"

namespace dialogue {
namespace {

constexpr float least_likeness = 0.4F;
constexpr std::size_t most_dialogues = 16;

}  // namespace

std::vector<StatementId> Alike::near(db::Connection& db, DialogueId id, std::string_view text, std::size_t most) {
    const Figures now = figures(db, id);
    std::shared_ptr<const Known> known;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = known_.find(id); found != known_.end()) known = found->second;
    }
    if (!known || known->accepted != now.accepted || known->set_aside != now.set_aside) {
        constexpr int at_once = 500;
        auto made = std::make_shared<Known>();
        made->accepted = now.accepted, made->set_aside = now.set_aside;
        for (Filter filter{id, State::accepted, {}, {}, at_once};;) {
            const auto some = statements(db, filter);
            for (const Statement& one : some)
                if (!one.text.empty()) made->index.add("", one.text), made->statements.push_back(one.id);
            if (std::ssize(some) < at_once) break;
            filter.after = some.back().id;
        }
        made->index.settle();
        known = made;
        const std::lock_guard lock(mutex_);
        if (known_.size() >= most_dialogues && !known_.contains(id)) known_.erase(known_.begin());
        known_[id] = std::move(made);
    }
    std::vector<StatementId> out;
    for (const text::Neighbour& one : known->index.neighbours("", text, most, least_likeness))
        out.push_back(known->statements[one.number]);
    return out;
}

}  // namespace dialogue

// Lists as they are written, beside a map that holds every place, on both engines.
#include "changes.h"

#include <random>

#include <gtest/gtest.h>

#include "test_world.h"

namespace search {
namespace {

class Writing : public testing::TestWithParam<db::Engine> {};
INSTANTIATE_TEST_SUITE_P(Engines, Writing, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

using Model = std::map<std::int64_t, std::map<std::uint32_t, std::set<std::uint32_t>>>;  // list, slot, places

Model read(db::Connection& derived, std::int64_t blocks) {
    Model out;
    std::vector<std::uint32_t> places;
    for (std::int64_t block = 0; block < blocks; ++block)
        each_list(derived, block, [&](std::int64_t list, kernel::View bytes) {
            for (ListReader there(bytes); there.next();) {
                there.places(places);
                out[list][there.slot()].insert(places.begin(), places.end());
                EXPECT_EQ(there.times(), places.size());
                EXPECT_TRUE(std::is_sorted(places.begin(), places.end()));
            }
        });
    return out;
}

TEST_P(Writing, ListsAreWhatWasAddedAndNotTakenOut) {
    World world(GetParam());
    auto derived = world.database->derived();
    std::mt19937 random(11);
    const auto below = [&](std::uint32_t n) { return random() % n; };
    const std::uint32_t last = begin_of(Part::answer) + room_of(Part::answer) - 1;
    const std::uint32_t places[] = {0, 1, 2, 77, begin_of(Part::title), begin_of(Part::place), last};
    Changes changes;
    Model model;
    std::int64_t matters = 0;
    for (int round = 0; round < 12; ++round) {
        const std::int64_t first = matters;
        matters += round == 0 ? 2 : below(2 * block_size);
        std::vector<std::int64_t> added;
        for (int i = 0; i < 400; ++i) {
            // Mostly new matters, in any order; an older one gets more; a list gets several numbers.
            const std::int64_t n = below(4)
                                       ? matters - 1 - below(static_cast<std::uint32_t>(matters - first) + 1) % matters
                                       : below(static_cast<std::uint32_t>(matters));
            const std::int64_t list = place_of(block_of(n), 1 + below(6));
            const bool filter = list % 7 == 0;
            const Changes::Number number = changes.number_of(list);
            for (std::uint32_t k = 0; k <= below(3); ++k) {
                const std::uint32_t place = filter ? no_place : places[below(std::size(places))];
                changes.add(number, slot_of(n), place);
                auto& here = model[list][slot_of(n)];
                if (!filter) here.insert(place);
            }
            added.push_back(n);
        }
        db::Transaction all(*derived);
        changes.write(*derived, (first + block_size - 1) / block_size);
        all.commit();
        ASSERT_EQ(read(*derived, block_of(matters) + 1), model) << "round " << round;

        const std::int64_t gone = added[below(400)], fewer = added[below(400)];
        const std::int64_t list = place_of(block_of(fewer), 1 + below(6));
        changes.take_out(gone);
        changes.take_out_of(fewer, list);
        for (auto& [each, slots] : model)
            if (each >= place_of(block_of(gone), 0) && each < place_of(block_of(gone) + 1, 0))
                slots.erase(slot_of(gone));
        if (const auto found = model.find(list); found != model.end()) found->second.erase(slot_of(fewer));
        std::erase_if(model, [](const auto& one) { return one.second.empty(); });
        db::Transaction taken(*derived);
        changes.write(*derived, (matters + block_size - 1) / block_size);
        taken.commit();
        ASSERT_EQ(read(*derived, block_of(matters) + 1), model) << "round " << round << ", taken out";
    }
    EXPECT_GT(block_of(matters), 3);
}

}  // namespace
}  // namespace search

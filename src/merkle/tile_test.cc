#include "tile.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace {

TEST(Tile, numbers_are_written_in_groups_of_three) {
    EXPECT_EQ(merkle::tile_number(0), "000");
    EXPECT_EQ(merkle::tile_number(67), "067");
    EXPECT_EQ(merkle::tile_number(1067), "x001/067");
    EXPECT_EQ(merkle::tile_number(1234067), "x001/x234/067");
    EXPECT_THROW(merkle::tile_number(-1), std::invalid_argument);
}

TEST(Tile, fill) {
    const struct {
        int level;
        std::int64_t n, size;
        int fill;
    } cases[] = {
        {0, 0, 0, 0},        {0, 0, 1, 1},
        {0, 0, 256, 256},    {0, 1, 256, 0},
        {0, 1, 257, 1},      {1, 0, 255, 0},
        {1, 0, 256, 1},      {1, 0, 65'536, 256},
        {1, 1, 65'536, 0},   {2, 0, 65'536, 1},
        {0, 2, 70'000, 256}, {0, 273, 70'000, 112},
        {0, 274, 70'000, 0}, {1, 1, 70'000, 17},
        {2, 0, 70'000, 1},   {7, 0, std::int64_t{1} << 60, 16},
        {8, 0, 1 << 30, 0},  {63, 0, 1 << 30, 0},
        {-1, 0, 5, 0},       {0, -1, 5, 0},
        {0, 0, -5, 0},       {0, std::int64_t{1} << 60, 70'000, 0},
    };
    for (const auto& c : cases)
        EXPECT_EQ(merkle::tile_fill(c.level, c.n, c.size), c.fill) << c.level << ' ' << c.n << ' ' << c.size;
}

TEST(Tile, paths_have_one_spelling) {
    const struct {
        const char* path;
        int level;
        std::int64_t n;
        int width;
    } good[] = {
        {"tile/0/000", 0, 0, 256},          {"tile/0/x001/067", 0, 1067, 256},
        {"tile/1/000.p/12", 1, 0, 12},      {"tile/63/x999/x999/x999/x999/999.p/255", 63, 999'999'999'999'999, 255},
        {"tile/entries/000.p/3", -1, 0, 3}, {"tile/entries/x123/x456/789", -1, 123'456'789, 256},
    };
    for (const auto& c : good) {
        const auto tile = merkle::parse_tile_path(c.path);
        ASSERT_TRUE(tile) << c.path;
        EXPECT_EQ(tile->level, c.level) << c.path;
        EXPECT_EQ(tile->n, c.n) << c.path;
        EXPECT_EQ(tile->width, c.width) << c.path;
        EXPECT_EQ(merkle::tile_path(*tile), c.path);
    }
    for (const char* path : {"",
                             "tile",
                             "tile/0",
                             "tile/0/",
                             "tile/0/0",
                             "tile/0/0000",
                             "tile/64/000",
                             "tile/00/000",
                             "tile/01/000",
                             "tile/-1/000",
                             "tile/+1/000",
                             "tile/0/x000/001",
                             "tile/0/x001",
                             "tile/0/x001/x002",
                             "tile/0/001/002",
                             "tile/0/000.p",
                             "tile/0/000.p/",
                             "tile/0/000.p/0",
                             "tile/0/000.p/256",
                             "tile/0/000.p/01",
                             "tile/0/000.p/-1",
                             "tile/0/000.p/1/",
                             "tile/0/000.p/1.p/1",
                             "tile/0/000/",
                             "/tile/0/000",
                             "tile//000",
                             "tile/0/x00a/000",
                             "tile/0/X001/000",
                             "tile/entrie/000",
                             "tile/data/000",
                             "tile/0/x001/x001/x001/x001/x001/001",
                             "tile/0/.p/1",
                             "tile/0/x001.p/1",
                             "tile/0/ 00",
                             "tile/0/000.p/1 "})
        EXPECT_FALSE(merkle::parse_tile_path(path)) << path;
}

RC_GTEST_PROP(TileProperty, what_is_written_is_read, ()) {
    merkle::TileAddress tile;
    tile.level = *rc::gen::inRange(-1, 64);
    tile.n = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000);
    tile.width = *rc::gen::inRange(1, 257);
    const auto back = merkle::parse_tile_path(merkle::tile_path(tile));
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->level == tile.level);
    RC_ASSERT(back->n == tile.n);
    RC_ASSERT(back->width == tile.width);
}

}  // namespace

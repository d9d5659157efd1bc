#include "place.h"

#include <gtest/gtest.h>

namespace kernel {
namespace {

TEST(Posted, DegreesAreRounded) {
    EXPECT_EQ(degrees("37.76524078", 90), "37.7652");
    EXPECT_EQ(degrees("-122.4212043", 180), "-122.4212");
    EXPECT_EQ(degrees("-0.00001", 90), "0");
    EXPECT_EQ(degrees("90", 90), "90");
    EXPECT_EQ(degrees("-180.0000", 180), "-180");
    for (const char* wrong : {"", "90.0001", "-91", "1e1", "nan", "inf", "37,5", "0x1", "1.2.3", "--1", "1-", " 1",
                              "37°", "00000000000000000000000000000000.1", "+1", "."})
        EXPECT_FALSE(degrees(wrong, 90)) << wrong;
}

}  // namespace
}  // namespace kernel

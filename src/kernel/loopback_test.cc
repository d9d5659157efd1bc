#include "loopback.h"

#include <gtest/gtest.h>

namespace kernel {
namespace {

TEST(Loopback, Cases) {
    for (const char* here : {"127.0.0.1", "127.0.0.2", "127.255.255.255", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
        EXPECT_TRUE(is_loopback(here)) << here;
    for (const char* elsewhere :
         {"", "0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "126.255.255.255", "::2", "::127.0.0.1", "::ffff:10.0.0.1",
          "fe80::1", "fe80::1%lo", "localhost", "127.1", "127.0.0.1.example", "127.0.0.1 ", "127.0.0.1:80", "[::1]"})
        EXPECT_FALSE(is_loopback(elsewhere)) << elsewhere;
    EXPECT_FALSE(is_loopback(std::string_view("127.0.0.1\0.example", 18)));
}

}  // namespace
}  // namespace kernel

#include "inner_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstring>
#include <string>

#include <gtest/gtest.h>

namespace {

bool inner(const std::string& text) {
    sockaddr_storage to{};
    sockaddr_in four{};
    sockaddr_in6 six{};
    if (::inet_pton(AF_INET, text.c_str(), &four.sin_addr) == 1) {
        four.sin_family = AF_INET;
        std::memcpy(&to, &four, sizeof four);
    } else {
        EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &six.sin6_addr), 1) << text;
        six.sin6_family = AF_INET6;
        std::memcpy(&to, &six, sizeof six);
    }
    return http::inner_address(reinterpret_cast<const sockaddr&>(to));
}

TEST(InnerAddress, WhereNoStrangerMaySendAServer) {
    for (const char* one : {"0.0.0.0",
                            "10.0.0.1",
                            "10.255.255.255",
                            "100.64.0.1",
                            "100.127.255.255",
                            "127.0.0.1",
                            "127.9.9.9",
                            "169.254.169.254",
                            "172.16.0.1",
                            "172.31.255.255",
                            "192.168.0.1",
                            "198.18.0.1",
                            "198.19.255.255",
                            "224.0.0.1",
                            "240.0.0.1",
                            "255.255.255.255",
                            "192.0.0.8",
                            "::",
                            "::1",
                            "::127.0.0.1",
                            "::ffff:127.0.0.1",
                            "::ffff:10.1.2.3",
                            "64:ff9b::a01:203",
                            "2002:a01:203::1",
                            "fc00::1",
                            "fd12:3456::1",
                            "fe80::1",
                            "fec0::1",
                            "ff02::1",
                            "2001:db8::1"})
        EXPECT_TRUE(inner(one)) << one;
    for (const char* one :
         {"1.1.1.1",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255",   "100.128.0.0",
          "126.255.255.255", "128.0.0.1",       "169.253.255.255", "172.15.255.255",   "172.32.0.0",
          "192.167.255.255", "192.169.0.0",     "198.17.255.255",  "198.20.0.0",       "223.255.255.255",
          "2a00:1450::1",    "2606:4700::1111", "::ffff:8.8.8.8",  "64:ff9b::808:808", "2002:808:808::1",
          "fbff::1"})
        EXPECT_FALSE(inner(one)) << one;
}

TEST(InnerAddress, WhatIsNoAddressOfTheInternetIsInner) {
    sockaddr_storage other{};
    other.ss_family = AF_UNIX;
    EXPECT_TRUE(http::inner_address(reinterpret_cast<const sockaddr&>(other)));
}

}  // namespace

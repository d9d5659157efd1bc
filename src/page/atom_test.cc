#include <gtest/gtest.h>

#include "atom.h"

namespace page {
namespace {

TEST(Feed, WhatNoDocumentCanHoldIsLeftOut) {
    Feed feed{"voice/17",
              "/feeds/voice/17.atom?lang=en",
              "a<b>&\"c\x01\x0B",
              "Office",
              "",
              "en",
              "/voices/17",
              "voices.example.org/log",
              kernel::parse_instant("2026-11-28T22:05:00Z").value(),
              {}};
    const std::string text = atom(feed);
    EXPECT_NE(text.find("<title>a&lt;b&gt;&amp;&quot;c</title>"), text.npos);
    EXPECT_NE(text.find("<id>tag:voices.example.org,2026:voice/17</id>"), text.npos);
    EXPECT_NE(text.find("href=\"/feeds/voice/17.atom?lang=en\""), text.npos);
    EXPECT_NE(text.find("<updated>2026-11-28T22:05:00Z</updated>"), text.npos) << "a feed without entries is one too";
}

}  // namespace
}  // namespace page

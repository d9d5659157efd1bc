#include "xml.h"

#include <gtest/gtest.h>

namespace page {
namespace {

TEST(Xml, TextStaysText) {
    EXPECT_EQ(xml_text("<b>\"a\" & 'b'</b> ]]>"), "&lt;b&gt;&quot;a&quot; &amp; 'b'&lt;/b&gt; ]]&gt;");
    EXPECT_EQ(xml_text("两行\n和\t\U0001F6B2"), "两行\n和\t\U0001F6B2");
}

TEST(Xml, WhatXmlCannotHoldIsLeftOut) {
    EXPECT_EQ(xml_text(std::string("a\0b\x01\x1B\rc", 7)), "abc");
    EXPECT_EQ(xml_text("a\xEF\xBF\xBE"
                       "b\xEF\xBF\xBF"
                       "c\xEF\xBF\xBD"),
              "abc\xEF\xBF\xBD");
}

}  // namespace
}  // namespace page

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "page.h"

namespace page {
namespace {

TEST(Escape, hostile_text) {
    const std::pair<const char*, const char*> cases[] = {
        {"</script><script>alert(1)</script>", "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"\" onmouseover=\"x", "&quot; onmouseover=&quot;x"},
        {"' autofocus '", "&#39; autofocus &#39;"},
        {"a & b &lt;", "a &amp; b &amp;lt;"},
        {"bell\x07 and \x02"
         "c\x03 go",
         "bell and c go"},
        {"tab\tand\nline", "tab\tand\nline"},
        {"\xE2\x80\xAE"
         "evil\xE2\x80\xAC",
         "evil"},  // right-to-left override
        {"\xE2\x81\xA7"
         "open",
         "\xE2\x81\xA7"
         "open\xE2\x81\xA9"},  // an isolate left open
        {"\xE2\x81\xA9"
         "closed",
         "closed"},  // one closed that was never open
        {"\xE2\x81\xA8"
         "a\xE2\x81\xA9",
         "\xE2\x81\xA8"
         "a\xE2\x81\xA9"},
        {"每个声音 𠀀", "每个声音 𠀀"},
        {"\xDB<", "\xDB&lt;"},
        {"\xE2\x80\x01", "\xE2\x80"},
        {"\xE2", "\xE2"},  // cut off: passes, never reads on
    };
    for (const auto& [text, html] : cases) EXPECT_EQ(escape(text).text(), html);
}

RC_GTEST_PROP(Escape, leaves_no_way_out, (const std::string& text)) {
    const std::string html = escape(text).text();
    RC_ASSERT(html.find_first_of("<>\"'") == std::string::npos);
    for (char c : html) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r');
}

TEST(Paragraphs, of_what_people_wrote) {
    const std::pair<const char*, const char*> cases[] = {
        {"", ""},
        {"one", "<p>one</p>"},
        {"one\ntwo", "<p>one<br>two</p>"},
        {"one\r\ntwo\r\n\r\nthree", "<p>one<br>two</p><p>three</p>"},
        {"\n\n  \none\n\n\n<b>\n", "<p>one</p><p>&lt;b&gt;</p>"},
    };
    for (const auto& [text, html] : cases) EXPECT_EQ(paragraphs(text).text(), html);
}

TEST(OwnWords, carry_their_language) {
    EXPECT_EQ(own_words("哦", "zh-Hant").text(), "<div class=\"words\" dir=\"auto\" lang=\"zh-Hant\"><p>哦</p></div>");
    EXPECT_EQ(own_words("x", "\"><b").text(),
              "<div class=\"words\" dir=\"auto\" lang=\"&quot;&gt;&lt;b\"><p>x</p></div>");
}

}  // namespace
}  // namespace page

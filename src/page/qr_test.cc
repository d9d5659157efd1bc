#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>
#include <vector>

#include "page.h"

namespace page {
namespace {

// The dark modules of the drawing, read back from its path.
std::vector<std::vector<bool>> drawn(const std::string& svg) {
    const std::size_t view = svg.find("viewBox=\"0 0 ") + 13;
    const auto side = static_cast<std::size_t>(std::atoi(svg.c_str() + view));
    std::vector<std::vector<bool>> dark(side, std::vector<bool>(side));
    for (std::size_t at = svg.find(" d=\"") + 4; svg[at] == 'M';) {
        char* end = nullptr;
        const auto x = static_cast<std::size_t>(std::strtol(svg.c_str() + at + 1, &end, 10));
        const auto y = static_cast<std::size_t>(std::strtol(end, &end, 10));
        const auto run = static_cast<std::size_t>(std::strtol(end + 1, &end, 10));
        for (std::size_t i = 0; i < run; ++i) dark.at(y).at(x + i) = true;
        at = svg.find('z', at) + 1;
    }
    return dark;
}

// The three finder patterns of ISO/IEC 18004 section 6.3.3, and light all around.
TEST(QrCode, HasItsFinderPatternsAndItsQuietZone) {
    const std::string svg = qr_code("Code", "otpauth://totp/Test:desk?secret=JBSWY3DPEHPK3PXP").text();
    const auto dark = drawn(svg);
    const std::size_t side = dark.size();
    ASSERT_GT(side, 28u);
    for (std::size_t i = 0; i < side; ++i)
        for (std::size_t edge = 0; edge < 4; ++edge)
            EXPECT_FALSE(dark[i][edge] || dark[edge][i] || dark[i][side - 1 - edge] || dark[side - 1 - edge][i]);
    const std::size_t far = side - 4 - 7;
    for (const auto& [top, left] : {std::pair{4ul, 4ul}, {4ul, far}, {far, 4ul}})
        for (std::size_t y = 0; y < 7; ++y)
            for (std::size_t x = 0; x < 7; ++x) {
                const bool ring = y == 0 || y == 6 || x == 0 || x == 6;
                const bool heart = y >= 2 && y <= 4 && x >= 2 && x <= 4;
                EXPECT_EQ(dark[top + y][left + x], ring || heart) << top << ' ' << left << ' ' << y << ' ' << x;
            }
}

TEST(QrCode, EscapesItsLabelAndRefusesWhatDoesNotFit) {
    EXPECT_NE(qr_code("a \"b\" <c>", "x").text().find("a &quot;b&quot; &lt;c&gt;"), std::string::npos);
    EXPECT_NO_THROW(qr_code("", std::string(300, '\xff')));
    EXPECT_THROW(qr_code("", std::string(301, 'a')), std::length_error);
    EXPECT_THROW(qr_code("", ""), std::length_error);
    EXPECT_NE(qr_code("", "a").text(), qr_code("", "b").text());
}

}  // namespace
}  // namespace page

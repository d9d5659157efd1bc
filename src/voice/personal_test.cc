#include "personal.h"

#include <gtest/gtest.h>

namespace voice {
namespace {

struct Sample {
    std::string_view text;
    std::vector<Found> found;
};

constexpr Personal tel = Personal::telephone, id = Personal::identity, plate = Personal::plate, mail = Personal::email;

TEST(Personal, WhatIsPointedOutAndWhatIsNot) {
    const Sample samples[] = {
        {"", {}},
        {"The lamp at the corner is dark.", {}},
        // Telephones.
        {"请打 13812345678 找我", {{tel, "13812345678"}}},
        {"电话13812345678。", {{tel, "13812345678"}}},
        {"138 1234 5678", {{tel, "138 1234 5678"}}},
        {"138-1234-5678, 谢谢", {{tel, "138-1234-5678"}}},
        {"+86 138 1234 5678", {{tel, "+86 138 1234 5678"}}},
        {"8613812345678", {{tel, "8613812345678"}}},
        {"１３８１２３４５６７８", {{tel, "１３８１２３４５６７８"}}},
        {"010-12345678", {{tel, "010-12345678"}}},
        {"(021) 5555 1234", {{tel, "021) 5555 1234"}}},
        {"0755-8888888", {{tel, "0755-8888888"}}},
        {"手機 0912-345-678", {{tel, "0912-345-678"}}},
        {"02-2345-6789", {{tel, "02-2345-6789"}}},
        {"+886 912 345 678", {{tel, "+886 912 345 678"}}},
        {"07700 900123", {{tel, "07700 900123"}}},
        {"020 7946 0018", {{tel, "020 7946 0018"}}},
        {"+44 20 7946 0018", {{tel, "+44 20 7946 0018"}}},
        {"0044 20 7946 0018", {{tel, "0044 20 7946 0018"}}},
        {"call 13812345678 or 13912345678", {{tel, "13812345678"}, {tel, "13912345678"}}},
        {"12345", {}},         // the hotline itself
        {"12812345678", {}},   // no mobile prefix
        {"138123456789", {}},  // a digit too many
        {"2024-01-01 至 2024-12-31", {}},
        {"2026年11月23日 08:30", {}},
        {"3.14159265358979", {}},
        {"投资 1380000 元, 涉及 20000 户", {}},
        {"No. 100 200 300", {}},
        {"010", {}},
        // Identity numbers.
        {"身份证11010519491231002X号", {{id, "11010519491231002X"}}},
        {"11010519491231002x", {{id, "11010519491231002x"}}},
        {"440524188001010014", {{id, "440524188001010014"}}},
        {"110105 19491231 002X", {{id, "110105 19491231 002X"}}},
        {"110105194912310021", {}},            // check character wrong
        {"440524188013010014", {}},            // no such month
        {"A123456789", {{id, "A123456789"}}},  // Taiwan
        {"A123456788", {}},
        {"CA123456789", {}},  // letters before
        // Plates.
        {"京A12345停在人行道", {{plate, "京A12345"}}},
        {"京A·12345", {{plate, "京A·12345"}}},
        {"沪A D12345", {{plate, "沪A D12345"}}},  // new energy
        {"粤BD12345", {{plate, "粤BD12345"}}},
        {"苏E1234学", {{plate, "苏E1234学"}}},
        {"浙a8k889", {{plate, "浙a8k889"}}},
        {"京ABCDEF", {}},   // no digit
        {"粤B123456", {}},  // six without D or F
        {"新A座", {}},
        {"云C座3楼", {}},
        // E-mail.
        {"write to li.lei@example.org.", {{mail, "li.lei@example.org"}}},
        {"邮箱:abc_1@mail.example.com，谢谢", {{mail, "abc_1@mail.example.com"}}},
        {"me @ home", {}},
        {"@name", {}},
        {"a@b", {}},
        // Several, in their order.
        {"车牌京A12345, 电话13812345678, a.b@c.de", {{plate, "京A12345"}, {tel, "13812345678"}, {mail, "a.b@c.de"}}},
    };
    for (const Sample& sample : samples) {
        const std::vector<Found> found = find_personal(sample.text);
        EXPECT_EQ(found.size(), sample.found.size()) << sample.text;
        for (std::size_t i = 0; i < std::min(found.size(), sample.found.size()); ++i) {
            EXPECT_EQ(name(found[i].what), name(sample.found[i].what)) << sample.text;
            EXPECT_EQ(found[i].text, sample.found[i].text) << sample.text;
        }
    }
}

TEST(Personal, EveryLengthOfDigitsEndsWell) {
    for (int n = 0; n < 60; ++n) find_personal(std::string(static_cast<std::size_t>(n), '1') + "X@");
    find_personal(std::string(5000, '@'));
    find_personal(std::string(5000, '0'));
}

}  // namespace
}  // namespace voice

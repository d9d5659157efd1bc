#include "common_passwords.h"

#include <algorithm>

namespace people {
namespace {

// From published counts of leaked passwords, English and Chinese; sorted.
constexpr std::string_view common[] = {
    "00000000",      "000000000",      "0000000000",    "0123456789",   "0987654321",   "0o9i8u7y",     "1029384756",
    "11111111",      "111111111",      "1111111111",    "1111aaaa",     "11223344",     "1122334455",   "112233445566",
    "12121212",      "123123123",      "123321123",     "12341234",     "12344321",     "123454321",    "12345678",
    "123456789",     "1234567890",     "123456789a",    "12345678a",    "1234567a",     "123456aa",     "123456abc",
    "123456qq",      "12345qwert",     "1234qwer",      "123abc123",    "123qweasd",    "123qweasdzxc", "13131313",
    "13145200",      "1314520520",     "135792468",     "1357924680",   "147258369",    "147852369",    "159753456",
    "19841984",      "1a2b3c4d",       "1q2w3e4r",      "1q2w3e4r5t",   "1q2w3e4r5t6y", "1qaz2wsx",     "1qaz2wsx3edc",
    "1qazxsw2",      "22222222",       "246813579",     "2468135790",   "27182818",     "2wsx3edc",     "31415926",
    "314159265",     "3141592653",     "33333333",      "44444444",     "52013140",     "5201314520",   "5201314a",
    "521521521",     "55555555",       "66666666",      "666666666",    "741852963",    "77777777",     "7777777a",
    "789456123",     "87654321",       "88888888",      "888888888",    "963852741",    "987654321",    "99999999",
    "a12345678",     "a123456789",     "a1234567890",   "a1b2c3d4",     "a1s2d3f4",     "aa123456",     "aa12345678",
    "aa123456789",   "aaa111111",      "aaaa1111",      "abc11111",     "abc12345",     "abc123456",    "abc123abc",
    "abcd1234",      "abcd12345",      "abcd123456",    "abcdefgh",     "abcdefghi",    "abcdefghij",   "admin123",
    "admin1234",     "admin12345",     "admin123456",   "admin666",     "admin888",     "admin8888",    "adminadmin",
    "administrator", "administrator1", "arsenal1",      "asd123456",    "asdasdasd",    "asdf1234",     "asdf123456",
    "asdfasdf",      "asdfghjk",       "asdfghjkl",     "autumn2025",   "autumn2026",   "az123456",     "babygirl",
    "babygirl1",     "baidu123",       "barcelona",     "baseball",     "baseball1",    "basketball",   "batman123",
    "beijing123",    "beijing2008",    "bigdaddy",      "blink182",     "butterfly",    "changeit",     "changeme",
    "changeme1",     "changeme123",    "charlie1",      "cheese123",    "chelsea1",     "chen123456",   "chocolate",
    "computer",      "computer1",      "cookie123",     "corvette",     "danielle",     "default1",     "demo1234",
    "dragon123",     "einstein",       "elephant",      "elizabeth",    "facebook",     "facebook1",    "ferrari1",
    "football",      "football1",      "freedom1",      "friends1",     "fuckyou1",     "fuckyou123",   "garfield",
    "google123",     "guest123",       "guest1234",     "hannah123",    "happy123",     "heather1",     "hello123",
    "hello1234",     "hellohello",     "helloworld",    "hockey123",    "ilovegod",     "iloveu123",    "iloveyou",
    "iloveyou1",     "iloveyou123",    "iloveyou2",     "internet",     "internet1",    "jennifer",     "jessica1",
    "jonathan",      "jordan123",      "jordan23",      "killer123",    "letmein1",     "letmein12",    "letmein123",
    "li123456",      "liu123456",      "liverpool",     "liverpool1",   "lkjhgfdsa",    "login123",     "lovelove",
    "lovely123",     "loveyou1",       "manager1",      "manchester",   "master123",    "masterkey",    "maverick",
    "mercedes",      "michael1",       "michelle",      "midnight",     "mima1234",     "mima123456",   "mnbvcxz1",
    "monkey123",     "mustang1",       "mylove123",     "mysecret",     "naruto123",    "nicholas",     "nihao123",
    "nihaoma123",    "nothing1",       "p0o9i8u7",      "p4ssw0rd",     "passpass",     "passw0rd",     "passw0rd1",
    "password",      "password1",      "password12",    "password123",  "password1234", "passwort",     "passwort1",
    "patricia",      "peaches1",       "pepper123",     "poiuytrewq",   "pokemon1",     "princess",     "princess1",
    "q1w2e3r4",      "q1w2e3r4t5",     "q1w2e3r4t5y6",  "qaz123456",    "qazwsx123",    "qazwsxedc",    "qq123456",
    "qq123456789",   "qq5201314",      "qwe123456",     "qwe123qwe",    "qweasdzxc",    "qweqweqwe",    "qwer1234",
    "qwer12345",     "qwer123456",     "qwerasdf",      "qwerqwer",     "qwert123",     "qwert12345",   "qwerty12",
    "qwerty123",     "qwerty1234",     "qwerty12345",   "qwerty123456", "qwertyui",     "qwertyuiop",   "qwertzuiop",
    "rainbow1",      "realmadrid",     "root1234",      "root12345",    "rootroot",     "s123456789",   "samantha",
    "samsung1",      "samsung123",     "scorpion",      "secret123",    "security",     "security1",    "server123",
    "shadow123",     "shanghai1",      "shanghai123",   "slipknot",     "snoopy123",    "softball",     "spiderman",
    "spiderman1",    "spring2025",     "spring2026",    "starwars",     "starwars1",    "steelers",     "stephanie",
    "summer123",     "summer2024",     "summer2025",    "summer2026",   "sunshine",     "sunshine1",    "superman",
    "superman1",     "swordfish",      "system123",     "taiwan123",    "taobao123",    "temp1234",     "temporary",
    "tencent123",    "test1234",       "test12345",     "test123456",   "tester123",    "testtest",     "tigger123",
    "tinkerbell",    "toor1234",       "trustno1",      "user1234",     "user12345",    "username",     "victoria",
    "w123456789",    "wang123456",     "welcome1",      "welcome12",    "welcome123",   "whatever",     "whatever1",
    "wildcats",      "william1",       "winter2024",    "winter2025",   "winter2026",   "wo123456",     "woaini123",
    "woaini1314",    "woaini520",      "woaini5201314", "woaini521",    "woaiwojia",    "wodemima",     "woshishui",
    "x123456789",    "yankees1",       "z12345678",     "z123456789",   "zaq12wsx",     "zaq1zaq1",     "zhang123",
    "zhongguo",      "zhongguo1",      "zxc123456",     "zxcvbnm1",     "zxcvbnm123",   "zxcvbnmasdf",
};
static_assert(std::is_sorted(std::begin(common), std::end(common)));

}  // namespace

bool is_common_password(std::string_view core) {
    return std::binary_search(std::begin(common), std::end(common), core);
}

}  // namespace people

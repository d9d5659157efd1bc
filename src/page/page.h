// Pages: mustache templates compiled into the program, words in three languages, the shell around every page, forms and
// their errors. Text is escaped by type: a std::string is escaped, an Html is not, and only this module and the charts
// make Html.
//
// In templates (README.md has them with examples):
//   {{name}}                        a value, escaped; {{#list}}…{{/list}} and {{^list}}…{{/list}} as in mustache. An
//   empty
//                                   text counts as absent.
//   [[module.key]]                  a message of the reader's language, put in when the template is loaded
//   [[module.key n=count]]          the same, its argument {n} being the value {{count}}
//   {{> page/field_text name=title label=voice.title}}
//                                   another template put in at load, in which ((name)) is replaced by what was given
//                                   and
//                                   ((#hint))…((/hint)), ((^hint))…((/hint)) are kept when it was given, or was not
// {{{, {{& and {{= are refused, and so are style and on… attributes and script elements.
// In messages.LANG.txt: one "key = text" a line, '#' starts a comment line, {name} is an argument, and
// {n|message|messages} takes the first form when n is "1". Keys are "module.name" and live in the folder of their
// module. A key missing in one language fails a test.
#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <http/http.h>
#include <kernel/clock.h>
#include <kernel/result.h>
#include <kernel/time.h>

namespace http {
struct WorkAsked;
}

namespace page {

enum class Lang { zh_hans, zh_hant, en };
inline constexpr Lang all_langs[] = {Lang::zh_hans, Lang::zh_hant, Lang::en};
std::string_view tag(Lang);                            // "zh-Hans", "zh-Hant", "en"
std::optional<Lang> parse_lang(std::string_view tag);  // BCP 47 of what people wrote: also "zh-TW", "zh", "en-GB"
// ?lang=, then the cookie "lang", then Accept-Language (RFC 4647 lookup with weights), then the installation's default.
Lang lang_of(const http::Request&);

// HTML that is already escaped.
class Html {
public:
    Html() = default;
    const std::string& text() const { return text_; }
    friend Html operator+(Html a, const Html& b) {
        a.text_ += b.text_;
        return a;
    }

private:
    friend Html trusted(std::string);
    std::string text_;
};
Html escape(std::string_view text);
Html trusted(std::string html);  // charts, seals, rendered templates; never text that people wrote
// Control characters and bidi overrides are dropped, open bidi isolates closed: no text reaches out of its place.
Html paragraphs(std::string_view text);  // people's own words: escaped, blank lines part paragraphs, LF becomes <br>

// What a template is given.
class Data {
public:
    Data();
    ~Data();
    Data(const Data&);
    Data(Data&&) noexcept;
    Data& operator=(Data) noexcept;
    Data& set(std::string name, std::string text);
    Data& set(std::string name, std::string_view text) { return set(std::move(name), std::string(text)); }
    Data& set(std::string name, const char* text) { return set(std::move(name), std::string(text)); }
    Data& set(std::string name, Html html);
    Data& set(std::string name, std::int64_t number);  // digits without grouping
    Data& set(std::string name, int number) { return set(std::move(name), std::int64_t{number}); }
    Data& set(std::string name, bool shown);  // for {{#name}} and {{^name}}
    Data& set(std::string name, std::vector<Data> list);
    Data& set(std::string name, Data section);

    struct Node;
    const Node& node() const { return *node_; }

private:
    std::unique_ptr<Node> node_;
};

// Words of one language.
using Args = std::vector<std::pair<std::string, std::string>>;
std::string say(Lang, std::string_view key, const Args& = {});  // throws std::logic_error for an unknown key
bool has_message(std::string_view key);
std::string say(Lang, const kernel::Error&);   // the refusal in the reader's words
std::string full_date(Lang, kernel::Day);      // "23 November 2026", "2026年11月23日"
std::string date_time(Lang, kernel::Instant);  // whole minutes, organisation's zone
std::string number(Lang, std::int64_t);        // grouped: 49,997
// "63 %" (with a no-break space), "63%"; "–" when whole is 0. Never "100 %" for less than all nor "0 %" for more than
// none: one decimal then ("99.9 %", "0.1 %"), cut off towards the middle.
std::string percent(Lang, std::int64_t part, std::int64_t whole);

Html render(Lang, std::string_view file, const Data&);  // "voice/show.html"

// A page inside the shell.
struct Page {
    std::string title;
    Html main;                    // begins with its own <h1>
    std::string section;          // which entry of the navigation is current: "desk", "cycles", "measures", "proof" …
    bool sample = false;          // marks the page and its print as a rehearsal with sample data
    bool private_matter = false;  // quick way out, nothing kept in the browser
    bool framed = false;          // shown within another site: without ways to pages that refuse that
    int status = 200;
    std::vector<std::string> scripts;  // islands: "voice_counter" -> /assets/voice_counter.js
};
http::Response answer(const http::Request&, Page);
int status_of(const std::vector<kernel::Error>&);  // of a page with these errors: the first one's; 200 without any
http::Response answer(const http::Request&, Page, const std::vector<kernel::Error>&);  // with their status
bool mends(const kernel::Error&);  // whether the form can be put right: then it stands there again
// The same for a page that many people read, made once for each (path, key, language, type size) and ledger position.
// Readers who are signed in, pages of a private matter and statuses but 200 are never kept. `key` holds what else it
// depends on: filters and cursor of its list; not those of turning(), nor cookies. `position` is the ledger position of
// what the page shows: an older page is made anew. What differs between readers (anti-forgery and once-tokens, the way
// back after changing the language) is put in for each response. The pages read longest ago go when 64 MB are full.
http::Response cached(const http::Request&, std::string_view key, std::int64_t position,
                      const std::function<Page()>& make);
void drop_cached();  // all pages kept by cached(): what they say was erased
// The page (or, for the API, the JSON {"error":{code, field, key, message}}) of a refusal that has no form to stand at.
// `status` 0 takes the one of the code; the server's faults hook gives its own.
http::Response refusal(const http::Request&, const kernel::Error&, int status = 0);
// What stands between an anonymous form and its act when too many come (http/server.h): it sends everything that was
// filled in again by itself once this reader's device has done the work, or waited.
http::Response work_page(const http::Request&, const http::WorkAsked&);
// The scheme and host people use, from Setup, else "": for addresses that leave the page (feeds, receipts on paper).
const std::string& public_address();

// ---- forms ---------------------------------------------------------------------------------------------------------

// One of a field's answers, for radios, checkboxes and select lists.
struct Option {
    std::string value, label, hint;
};

// The values and errors of a form being shown: fresh, or again after a refusal. A page with a form must go out through
// answer() or cached(): they put the tokens in.
class Form {
public:
    explicit Form(const http::Request&);  // empty, with csrf and a fresh once-token
    // Keeps what was typed; `errors` are shown in a summary on top and at their fields.
    static Form again(const http::Request&, std::vector<kernel::Error> errors);
    static Form of(const http::Request&, std::vector<kernel::Error> errors);  // again, or empty where nothing is wrong
    // What the field holds before anyone typed; a second call for the same field adds a second chosen option. Ignored
    // where the form is shown again: what was typed stays.
    Form& value(std::string field, std::string text);
    Form& options(std::string field, std::vector<Option> all);
    const std::vector<kernel::Error>& errors() const;
    // Puts into Data: {{csrf}} (hidden fields csrf and once), {{errors}} (the summary), for each field NAME:
    // NAME_value, NAME_error, and NAME_options with {id, value, label, hint, chosen} for the field partials.
    void fill(Lang, Data&, std::initializer_list<std::string_view> fields) const;
    void fill(Lang, Data&, std::span<const std::string_view> fields) const;  // for forms that grow

private:
    std::vector<std::string> values(std::string_view field) const;

    const http::Request& request_;
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
    std::map<std::string, std::vector<Option>, std::less<>> options_;
    std::vector<kernel::Error> errors_;
    bool again_ = false;
};
// The hidden anti-forgery field alone, for forms of one button.
Html csrf_field();
// The once-token of a sent form or of the header Idempotency-Key, as the ledger wants it: SHA-256 over the path and the
// token; of the header also over the body and fields, so that two callers who chose the same key do not meet.
std::optional<kernel::Hash> once(const http::Request&);

// ---- parts that every page shares ----------------------------------------------------------------------------------

// The loop bar: five stations, always the same. Words: "matter" for cycles, issues, measures; "case" for voices.
struct Station {
    enum class State { ahead, here, done, late } state = State::ahead;
    int late_days = 0;  // working days, when late
    std::string link;   // to its evidence; "" for none
};
enum class Loop { matter, kase };
Html loop_bar(Lang, Loop, const std::vector<Station>& five);

// A state as text and colour, never colour alone.
enum class Tone { neutral, done, due, late };
Html state(Lang, std::string_view message_key, Tone);

// Next and previous by key, not by offset: ?before=KEY shows what is older than this key, ?after=KEY what is newer.
struct Pages {
    std::string path;                         // with all filters but the cursor
    std::optional<std::string> newer, older;  // cursor values
};
Html pagination(Lang, const Pages&);
// Whether another page is known without counting: rows are asked for with one more than fit. Drops that one, at the end
// that the reader turns to, and says on which sides there are more. A Filter has optional cursors `before` and `after`.
struct Further {
    bool newer = false, older = false;
};
template <class Row, class Filter>
Further cut(std::vector<Row>& rows, int most, const Filter& filter) {
    const bool upwards = filter.after && !filter.before, more = static_cast<int>(rows.size()) > most;
    if (more) rows.erase(upwards ? rows.begin() : rows.end() - 1);
    if (rows.empty()) return {};
    return {upwards ? more : filter.before.has_value(), upwards || more};
}
// The handler of a JSON list, reached only with what it can turn to: `before` and `after`, where they are given, are
// indexes (else page.bad_cursor, malformed); `limit` is from 1 to `most` (else page.limit {max}, at "limit"). Without
// `most` it knows no limit.
http::Handler json_list(http::Handler, int most = 0);
int asked_limit(const http::Request&, int standard);  // in such a handler
// One of several lists on a page, each turned forward by a cursor of its own: ?LIST-after=KEY shows what follows the
// row with this key in the order of the list, LIST is the id of its element, LIST-title of its heading.
struct List {
    std::string path, name;  // of the page, with its filters; of the list
};
std::optional<std::string_view> asked_after(const http::Request&, std::string_view list);
std::optional<std::int64_t> index_after(const http::Request&, std::string_view list);  // of a key that is an index
Html turning(const http::Request&, const List&, const std::optional<std::string>& next);
// Of rows that were asked for with one more than fit: drops that one.
template <class Row, class KeyOf>
Html turning(const http::Request& r, const List& list, std::vector<Row>& rows, int most, KeyOf key) {
    std::optional<std::string> next;
    if (static_cast<int>(rows.size()) > most) {
        rows.erase(rows.begin() + most, rows.end());
        next = key(rows.back());
    }
    return turning(r, list, next);
}
// Of rows that are all there, in the order of an index of theirs: drops those before and those after this page too.
template <class Row, class IndexOf>
Html turning_all(const http::Request& r, const List& list, std::vector<Row>& rows, int most, IndexOf index) {
    if (const auto after = index_after(r, list.name))
        std::erase_if(rows, [&](const Row& row) { return index(row) <= *after; });
    return turning(r, list, rows, most, [&](const Row& row) { return std::to_string(index(row)); });
}
inline constexpr int history_on_a_page = 100;
// The part of an address after its path: "?kind=praise&late=yes", "" without any. Values are ours: nothing is escaped.
class Query {
public:
    Query& add(std::string_view name, std::string_view value) {
        text_.append(text_.empty() ? "?" : "&").append(name).append("=").append(value);
        return *this;
    }
    Query& add(std::string_view name, std::int64_t value) { return add(name, std::to_string(value)); }
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

// The seal of a leaf: a small deterministic SVG and a four-syllable name to say aloud; another leaf, another seal.
Html seal(const kernel::Hash& leaf, int pixels);
std::string seal_name(const kernel::Hash& leaf);

// A QR code (ISO/IEC 18004, error correction M) of at most 300 bytes, black on white in both colour schemes, with its
// quiet zone. Throws std::length_error when the text is longer.
Html qr_code(std::string_view label, std::string_view text);
inline constexpr std::size_t most_in_qr_code = 300;

// The receipt slip's part to show, with a part to keep when `code` is given (once, right after the act).
struct Slip {
    std::int64_t index = 0;
    kernel::Instant minute;
    std::string kind;  // in the reader's words
    std::optional<kernel::Day> due;
    std::string check_address;  // "/receipts/17"
    kernel::Hash leaf{};
    std::optional<std::string> code_fives, code_words;
    bool witnessed = false;    // enough witnesses have signed a checkpoint that covers it
    bool one_of_many = false;  // the page has one button that prints them all
};
Html slip(Lang, const Slip&);

// Both verdicts side by side; the gap in the accent colour and in a sentence.
struct Verdict {
    std::string heading, statement;  // "The unit says", "Done on 3 March"
    std::optional<int> percent;      // drawn when both have one
};
Html verdicts(Lang, const Verdict& unit, const Verdict& people, std::string_view gap_sentence);

// People's own words carry their language and are never converted.
Html own_words(std::string_view text, std::string_view lang_tag);

// ---- charts: SVG with title, description and the table behind it ---------------------------------------------------

struct Bar {
    std::string label;
    std::int64_t value = 0;
    std::string note;
};
// Without counted_when no sum is said: where one person can stand in several bars.
Html bars(Lang, std::string_view title, const std::vector<Bar>&, std::string_view counted_when);
struct Split {
    std::string label;
    std::int64_t agree = 0, disagree = 0, pass = 0;
};
Html divergence(Lang, std::string_view title, const std::vector<Split>&, std::string_view counted_when);
struct Share {
    std::string label;
    std::int64_t part = 0, whole = 0;
    double low = 0, high = 1;
};  // interval 0..1
// Without counted_when no sum is said: for shares whose wholes overlap.
Html whiskers(Lang, std::string_view title, const std::vector<Share>&, std::string_view counted_when);
struct Point {
    kernel::Day day;
    double value = 0;
};
Html indicator_line(Lang, std::string_view title, const std::vector<Point>&, std::optional<double> baseline,
                    std::optional<double> target, std::string_view unit);
struct Step {
    std::string label;
    std::int64_t count = 0;
    std::string link;
};
Html funnel(Lang, std::string_view title, const std::vector<Step>&, std::string_view counted_when);
// Things on two scales, both from 0 and drawn by their logarithm: size by how many are behind each, form and colour by
// its level. Each is a link with its name and bears the number `n` of its row in the table that stands beside it, which
// says everything exactly: spots that would cover each other are moved apart.
struct Spot {
    std::string name, link;
    std::string said;  // its figures in words
    int n = 0;
    double across = 0, up = 0;
    std::int64_t behind = 0;
    int level = 0;  // 0, 1 or 2
};
struct SpotMap {
    std::string title, description, across, up;
    std::vector<std::string> levels;  // three, the lowest first
    std::string counted;
    std::vector<Spot> spots;
};
Html spot_map(Lang, const SpotMap&);
// A small picture of how something went, in words for who does not see it.
Html trend(std::string_view said, const std::vector<std::int64_t>& values);
// Points by latitude and longitude, north upwards, without a map below; with the list of them.
struct Located {
    double latitude = 0, longitude = 0;
    std::string label;
};
Html sketch(Lang, std::string_view title, const std::vector<Located>&, std::string_view counted_when);
struct Event {
    kernel::Instant at;
    std::string what;
    std::string who;
    std::int64_t entry = 0;
    Tone tone = Tone::neutral;
};
Html timeline(Lang, const std::vector<Event>&);  // history: every entry with its number, newest last

// The mark of a group of opinion, 0 to 7 (more begin again): its own shape in its own hue, so never colour alone.
Html group_mark(int group, int pixels);

// Wilson score interval, 95 % (z = 1.959964): E. B. Wilson, JASA 22 (1927) 209–212. n = 0 gives {0, 1}.
std::pair<double, double> wilson(std::int64_t successes, std::int64_t n);

// An entry of the navigation.
struct Section {
    std::string key, path, message;  // "measures", "/measures", "measure.section"
};

// Fixed once at start by main().
struct Setup {
    std::string organisation;  // shown in the shell
    Lang default_lang = Lang::zh_hans;
    bool sample = false;            // the organisation is invented: marks every page and its print, like Page::sample
    bool trial = false;             // the log was begun as a trial: said on every page
    bool witnesses = false;         // named ones; that nobody signs independently is said on every page
    std::vector<Section> sections;  // in the order shown
    std::vector<Section> staff;     // shown beside the post to who is signed in: their desk, their account
    std::string sign_in = "/sign-in";          // address of the page; "" shows none
    std::string sign_out = "/sign-out";        // POST
    std::string session = "/account/session";  // {"left": seconds, "officer": number}; 401 when it has ended
    std::string address;  // "https://voices.example.org", printed and put into feeds; "" when not known
    std::string source;   // where the source of what runs here can be had (AGPL section 13); "" says just the name
    std::string contact;  // telephone, street, post: on the accessibility page; "" for none
    std::string way_out;  // where the quick way out leads; "" to an empty page
    const kernel::Clock* clock = nullptr;  // for "as of" on paper; none: no such line
};
// Also reads all messages and templates: throws when one is wrong.
void set_up(Setup);
bool trial();  // as it was set up
// Style sheet, scripts and icons under /assets/, /design, /accessibility, /leave, and the language and large-type
// switches.
void add_routes(http::Router&);

}  // namespace page

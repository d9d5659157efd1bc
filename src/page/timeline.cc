#include "chart.h"
#include "markup.h"

#include <kernel/time.h>

namespace page {

Html timeline(Lang lang, const std::vector<Event>& events) {
    Markup out;
    out.raw("<ol class=\"timeline\">");
    for (const Event& event : events) {
        const std::string entry = std::to_string(event.entry);
        out.raw("<li class=\"").raw(tone_class(event.tone)).raw("\">");
        out.raw("<p class=\"when\"><time datetime=\"").raw(kernel::iso(event.at)).raw("\">");
        out.text(date_time(lang, event.at)).raw("</time> <a class=\"entry\" href=\"/receipts/").raw(entry).raw("\">");
        out.text(say(lang, "page.entry", {{"n", std::to_string(event.entry)}})).raw("</a></p>");
        out.raw("<p class=\"what\">").text(event.what).raw("</p>");
        if (!event.who.empty()) out.raw("<p class=\"who\">").text(event.who).raw("</p>");
        out.raw("</li>");
    }
    out.raw("</ol>");
    return std::move(out).html();
}

}  // namespace page

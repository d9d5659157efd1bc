#include "atom.h"

#include "xml.h"

namespace page {
namespace {

// RFC 4151: an authority, a date on which it was ours, and a name.
std::string tag(const Feed& feed, const std::string& name) {
    return "tag:" + xml_text(feed.origin.substr(0, feed.origin.find('/'))) + ",2026:" + name;
}

std::string element(std::string_view name, const std::string& content) {
    return "<" + std::string(name) + ">" + content + "</" + std::string(name) + ">\n";
}

std::string link(const Feed& feed, std::string_view rel, const std::string& to, std::string_view type) {
    return "<link rel=\"" + std::string(rel) + "\" type=\"" + std::string(type) + "\" href=\"" +
           xml_text(feed.address + to) + "\"/>\n";
}

}  // namespace

std::string atom(const Feed& feed) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" +
        xml_text(feed.lang) + "\">\n";
    out += element("id", tag(feed, feed.name));
    out += element("title", xml_text(feed.title));
    out += element("updated", kernel::iso(feed.entries.empty() ? feed.since : feed.entries.front().at));
    out += "<author>" + element("name", xml_text(feed.author)) + "</author>\n";
    out += link(feed, "self", feed.self, "application/atom+xml");
    out += link(feed, "alternate", feed.link, "text/html");
    for (const FeedEntry& e : feed.entries) {
        out += "<entry>\n" + element("id", tag(feed, "entry/" + std::to_string(e.entry)));
        out += element("title", xml_text(e.title)) + element("updated", kernel::iso(e.at));
        out += element("published", kernel::iso(e.at)) + link(feed, "alternate", e.link, "text/html") + "</entry>\n";
    }
    return out + "</feed>\n";
}

}  // namespace page

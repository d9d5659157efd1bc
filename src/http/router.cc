#include <algorithm>
#include <stdexcept>

#include <kernel/text.h>

#include "http.h"

namespace http {
namespace {

using Segments = std::vector<std::string_view>;

bool in_braces(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

[[noreturn]] void refuse_pattern(Method method, std::string_view pattern, std::string_view why) {
    throw std::logic_error("route " + std::string(name(method)) + ' ' + std::string(pattern) + ": " + std::string(why));
}

void check_segment(Method method, std::string_view pattern, std::string_view segment) {
    if (segment.empty() || segment == "." || segment == "..") refuse_pattern(method, pattern, "can never be reached");
    const std::string_view inner = in_braces(segment) ? segment.substr(1, segment.size() - 2) : segment;
    if (inner.find_first_of("{}%?#\\ ") != inner.npos)
        refuse_pattern(method, pattern, "has a segment no path can have");
}

// "/" has no segments; "/a/" has an empty last one, which no route has.
Segments segments_of(std::string_view path) {
    if (path.empty() || path == "/") return {};
    return kernel::split(path.substr(1), '/');
}

}  // namespace

struct Router::Node {
    struct Route {
        Handler handler;
        Limits limits;
        std::string pattern;
        std::vector<std::string> names;  // of the braces, in order
    };
    std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
    std::unique_ptr<Node> any;
    std::map<Method, Route> routes;

    struct Search {
        const Segments& segments;
        Method method;
        Segments values;  // of the braces passed so far
        Match& match;
    };
    // Fixed segments first; a node without the wanted method is no answer, but its methods are remembered for 405.
    bool find(Search& search, std::size_t depth) const {
        if (depth == search.segments.size()) return take(search);
        const std::string_view segment = search.segments[depth];
        if (const auto found = fixed.find(segment); found != fixed.end() && found->second->find(search, depth + 1))
            return true;
        if (!any || segment.empty()) return false;
        search.values.push_back(segment);
        if (any->find(search, depth + 1)) return true;
        search.values.pop_back();
        return false;
    }
    bool take(Search& search) const {
        for (const auto& [method, route] : routes) search.match.allowed.push_back(method);
        auto found = routes.find(search.method);
        if (found == routes.end() && search.method == Method::head) found = routes.find(Method::get);
        if (found == routes.end()) return false;
        const Route& route = found->second;
        search.match.handler = &route.handler;
        search.match.limits = &route.limits;
        search.match.pattern = route.pattern;
        for (std::size_t i = 0; i < route.names.size(); ++i)
            search.match.params.emplace(route.names[i], search.values[i]);
        return true;
    }
    void list(std::vector<std::string>& out) const {
        for (const auto& [method, route] : routes) out.push_back(std::string(name(method)) + ' ' + route.pattern);
        for (const auto& [segment, node] : fixed) node->list(out);
        if (any) any->list(out);
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

void Router::on(Method method, std::string_view pattern, Handler handler, Limits limits) {
    if (method == Method::options || method == Method::other) refuse_pattern(method, pattern, "can never be reached");
    if (!pattern.starts_with('/')) refuse_pattern(method, pattern, "must begin with a slash");
    if (!handler) refuse_pattern(method, pattern, "has no handler");
    Node::Route route{std::move(handler), limits, std::string(pattern), {}};
    Node* node = root_.get();
    for (std::string_view segment : segments_of(pattern)) {
        check_segment(method, pattern, segment);
        const bool braces = in_braces(segment);
        std::unique_ptr<Node>& next = braces ? node->any : node->fixed[std::string(segment)];
        if (!next) next = std::make_unique<Node>();
        node = next.get();
        if (!braces) continue;
        route.names.emplace_back(segment.substr(1, segment.size() - 2));
        if (std::count(route.names.begin(), route.names.end(), route.names.back()) > 1)
            refuse_pattern(method, pattern, "has a name twice");
    }
    if (!node->routes.emplace(method, std::move(route)).second) refuse_pattern(method, pattern, "is there already");
}

Router::Match Router::find(Method method, std::string_view path) const {
    Match out;
    if (!path.starts_with('/')) return out;
    const Segments segments = segments_of(path);
    Node::Search search{segments, method, {}, out};
    if (root_->find(search, 0)) {
        out.allowed.clear();
        return out;
    }
    std::sort(out.allowed.begin(), out.allowed.end());
    out.allowed.erase(std::unique(out.allowed.begin(), out.allowed.end()), out.allowed.end());
    return out;
}

std::vector<std::string> Router::list() const {
    std::vector<std::string> out;
    root_->list(out);
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace http

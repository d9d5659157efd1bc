#include "session.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include <cstring>

#include <kernel/clock.h>

#include "parser.h"
#include "target.h"

namespace http {
namespace {

namespace ip = boost::asio::ip;

constexpr std::size_t most_fields = 100;
constexpr std::size_t first_buffer = 4 * 1024;
constexpr std::size_t body_buffer = 64 * 1024;
constexpr std::size_t kept_buffer = 16 * 1024;  // of a connection that waits for its next request
constexpr std::size_t least_room = 1024;
constexpr std::size_t step_bytes = 16 * 1024;  // what must come, or be taken, in one deadline
constexpr double last_look = 0.25;             // seconds that a drained connection has for a request already sent

}  // namespace

Session::Session(House& house, Loop& loop, Socket socket)
    : house_(house),
      loop_(loop),
      socket_(std::move(socket)),
      watch_({longest_target, house.settings.header_bytes, most_fields}) {}

// What a stream holds may wait for the disk when it goes: not on this thread.
Session::~Session() {
    if (wire_.stream || wire_.events)
        house_.workers.go_on([stream = std::move(wire_.stream), events = std::move(wire_.events)] {});
}

void Session::start() {
    Error ignored;
    socket_.set_option(ip::tcp::no_delay(true), ignored);
    const ip::address address = socket_.remote_endpoint(ignored).address();
    const bool v4 = address.is_v4();
    peer_.address.bytes = (v4 ? ip::make_address_v6(ip::v4_mapped, address.to_v4()) : address.to_v6()).to_bytes();
    begin_request(house_.settings.header_seconds);
    read();
}

void Session::close() {
    if (state_ == State::closed) return;
    const bool was_streaming = state_ == State::streaming || state_ == State::events;
    if (was_streaming && exchange_) house_.dispatcher.record_stream(*exchange_, streamed_, false);
    if (std::exchange(counted_as_events_, false)) --house_.event_clients;
    state_ = State::closed;
    Error ignored;
    socket_.close(ignored);
    loop_.remove(*this);
}

void Session::tick(double now) {
    if (deadline_ != 0 && now >= deadline_)
        expire();
    else if (state_ == State::events && deadline_ == 0 && now >= next_poll_)
        poll_events();
}

void Session::drain(double now) {
    if (state_ == State::idle)
        deadline_ = now + last_look;
    else if (state_ == State::events || state_ == State::lingering)
        close();
}

void Session::expire() {
    switch (state_) {
        case State::head:
            return refuse_unread(408);
        case State::body:
            return refuse(fault(408));
        case State::idle:
        case State::writing:
        case State::streaming:
        case State::events:
        case State::lingering:
            return close();
        case State::spooling:
        case State::working:
        case State::closed:
            return;
    }
}

void Session::begin_request(int seconds_to_wait) {
    state_ = State::idle;
    deadline_ = kernel::stopwatch() + (house_.draining ? last_look : seconds_to_wait);
    watch_.reset();
    body_read_ = true;
    if (from_ == to_ && buffer_.size() > kept_buffer) std::vector<char>().swap(buffer_);
    if (piece_.capacity() > kept_buffer) std::string().swap(piece_);
    if (from_ == to_) from_ = to_ = 0;
}

void Session::read() {
    if (reading_ || state_ == State::closed) return;
    if (buffer_.size() - to_ < least_room && from_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + from_, to_ - from_);
        to_ -= from_;
        from_ = 0;
    }
    const bool large = state_ == State::body && exchange_->framing.length.value_or(body_buffer) >= kept_buffer;
    if (buffer_.size() - to_ < least_room || (large && buffer_.size() < body_buffer))
        buffer_.resize(large ? to_ + body_buffer : std::max(first_buffer, buffer_.size() * 2));
    reading_ = true;
    socket_.async_read_some(
        boost::asio::buffer(buffer_.data() + to_, buffer_.size() - to_),
        [self = shared_from_this()](const Error& error, std::size_t n) { self->on_read(error, n); });
}

void Session::consume(std::size_t n) {
    from_ += n;
    if (from_ == to_) from_ = to_ = 0;
}

void Session::on_read(const Error& error, std::size_t n) {
    reading_ = false;
    if (error) {
        // A client may close its half after its last request: what is being answered is still answered.
        const bool answering = state_ == State::spooling || state_ == State::working || state_ == State::writing ||
                               state_ == State::streaming;
        if (!answering) close();
        return;
    }
    to_ += n;
    switch (state_) {
        case State::idle:
            return on_head();
        case State::head:
            return on_head();
        case State::body:
            return on_body();
        case State::events:
        case State::lingering:
            discarded_ += n;
            from_ = to_ = 0;
            return discarded_ > most_discarded ? close() : read();
        case State::spooling:
        case State::working:
        case State::writing:
        case State::streaming:
        case State::closed:
            return;
    }
}

void Session::on_head() {
    if (state_ == State::idle) {
        state_ = State::head;
        deadline_ = kernel::stopwatch() + house_.settings.header_seconds;
    }
    switch (watch_.look(pending())) {
        case HeadWatch::Step::more:
            return read();
        case HeadWatch::Step::refused:
            return refuse_unread(watch_.status());
        case HeadWatch::Step::done:
            return on_request();
    }
}

void Session::on_request() {
    Exchange& x = exchange_.emplace();
    x.began = kernel::stopwatch();
    const std::string_view header = pending().substr(watch_.begin(), watch_.end() - watch_.begin());
    const bool understood = parse_header(header, x.request, x.framing);
    consume(watch_.end());
    if (!understood) return refuse_unread(400);
    house_.dispatcher.open(x, peer_);
    body_read_ = !x.framing.has_body();
    unwrap_ = x.framing.chunked ? Unwrap::by_chunks() : Unwrap::by_length(x.framing.length.value_or(0));
    if (body_read_ || x.fault) return dispatch();
    unwrap_.limit(x.body->limit());
    if (!x.framing.expects_continue || !pending().empty()) return begin_body();
    line_ = "HTTP/1.1 100 Continue\r\n\r\n";
    out_ = {};
    state_ = State::writing;
    write(After::go_on);
}

int Session::body_seconds() const {
    return exchange_->match.limits ? exchange_->match.limits->seconds : Limits{}.seconds;
}

void Session::begin_body() {
    state_ = State::body;
    progress_ = 0;
    deadline_ = kernel::stopwatch() + body_seconds();
    on_body();
}

void Session::progress(std::size_t bytes, int seconds) {
    progress_ += bytes;
    if (progress_ < step_bytes) return;
    progress_ = 0;
    deadline_ = kernel::stopwatch() + seconds;
}

void Session::on_body() {
    std::size_t used = 0;
    piece_.clear();
    const Unwrap::Step step = unwrap_.take(pending(), used, piece_);
    consume(used);
    progress(piece_.size(), body_seconds());
    if (step == Unwrap::Step::too_large) return refuse(fault(exchange_->body->over_limit()));
    if (step == Unwrap::Step::malformed) return refuse(fault(400));
    if (!piece_.empty()) {
        if (exchange_->body->to_disk()) return spool(step);
        if (auto taken = exchange_->body->take(piece_); !taken) return refuse(fault(taken.error()));
    }
    after_piece(step);
}

void Session::after_piece(Unwrap::Step step) {
    if (step == Unwrap::Step::done) {
        body_read_ = true;
        return dispatch();
    }
    read();
}

// A full disk is the house's trouble, not the reader's mistake.
void Session::spool(Unwrap::Step step) {
    state_ = State::spooling;
    left_ = deadline_ - kernel::stopwatch();
    deadline_ = 0;
    house_.aside.go_on([self = shared_from_this(), step] {
        std::optional<Fault> trouble;
        try {
            if (auto taken = self->exchange_->body->take(self->piece_); !taken) trouble = fault(taken.error());
        } catch (const std::exception& error) {
            log_exception("http.spool", self->exchange_->match.pattern, &error);
            trouble = self->house_.dispatcher.meaning_of(error).value_or(busy(retry_after));
        }
        boost::asio::post(self->loop_.io, [self, step, trouble = std::move(trouble)]() mutable {
            self->on_spooled(step, std::move(trouble));
        });
    });
}

void Session::on_spooled(Unwrap::Step step, std::optional<Fault> trouble) {
    if (state_ == State::closed) return;
    state_ = State::body;
    deadline_ = kernel::stopwatch() + std::max(left_, 0.0);
    if (trouble) return refuse(*std::move(trouble));
    after_piece(step);
}

// Whose turn a job of this connection takes: the network's.
Pool::Client Session::client() const {
    Pool::Client out = Pool::nobody;
    std::memcpy(&out, peer_.name.data(), sizeof out);
    return out;
}

void Session::dispatch() {
    Exchange& x = *exchange_;
    if (!Dispatcher::for_worker(x)) return refuse(*std::move(x.fault));
    pass_over_body();
    state_ = State::working;
    deadline_ = 0;
    const bool taken = house_.workers.post(
        [self = shared_from_this()] {
            self->wire_ = self->house_.dispatcher.answer(*self->exchange_);
            boost::asio::post(self->loop_.io, [self] { self->send(); });
        },
        client(),
        [self = shared_from_this()] {
            boost::asio::post(self->loop_.io, [self] { self->refuse(busy(retry_after)); });
        });
    if (!taken) refuse(busy(retry_after));
}

// Of a request that is refused by its header alone: when its body is here already, the connection can go on.
void Session::pass_over_body() {
    if (body_read_ || exchange_->framing.expects_continue) return;
    std::size_t used = 0;
    piece_.clear();
    body_read_ = unwrap_.take(pending(), used, piece_) == Unwrap::Step::done;
    consume(used);
}

void Session::refuse(Fault fault) {
    exchange_->fault = std::move(fault);
    if (state_ == State::head) pass_over_body();
    state_ = State::working;
    deadline_ = 0;
    const bool taken = house_.aside.post(
        [self = shared_from_this()] {
            self->exchange_->body.reset();
            self->wire_ = self->house_.dispatcher.refuse(*self->exchange_);
            boost::asio::post(self->loop_.io, [self] { self->send(); });
        },
        client());
    if (taken) return;
    wire_ = house_.dispatcher.plain(*exchange_, *exchange_->fault);
    send();
}

// Where the header itself cannot be believed, nothing behind it can.
void Session::refuse_unread(int status) {
    if (!exchange_) exchange_.emplace();
    body_read_ = false;
    wire_ = house_.dispatcher.plain(*exchange_, fault(status));
    send();
}

void Session::turn_away() {
    exchange_.emplace();
    body_read_ = false;
    wire_ = house_.dispatcher.plain(*exchange_, busy(retry_after));
    send();
}

}  // namespace http

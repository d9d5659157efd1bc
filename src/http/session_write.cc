#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include <array>
#include <charconv>

#include <kernel/clock.h>
#include <watch/watch.h>

#include "session.h"

namespace http {
namespace {

constexpr double poll_seconds = 0.5;
constexpr double silence_seconds = 15;
constexpr double linger_seconds = 2;
constexpr double linger_unread_seconds = 10;  // the client is still sending what was refused

std::string in_hex(std::size_t n) {
    char digits[2 * sizeof n];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, n, 16);
    return {digits, end};
}

}  // namespace

void Session::send() {
    if (state_ == State::closed) return;
    if (wire_.events && house_.event_clients >= house_.settings.event_clients)
        wire_ = house_.dispatcher.plain(*exchange_, busy(retry_after));
    if (wire_.events) {
        ++house_.event_clients;
        counted_as_events_ = true;
    }
    state_ = State::writing;
    const bool ends_by_closing = (wire_.stream || wire_.events) && !wire_.chunked && !wire_.length;
    close_after_ = !body_read_ || !exchange_->framing.keep_alive || house_.draining || ends_by_closing;
    line_ = std::move(wire_.head);
    line_ += loop_.date;
    if (close_after_)
        line_ += "Connection: close\r\n";
    else if (exchange_->framing.http_1_0)
        line_ += "Connection: keep-alive\r\n";
    line_ += "\r\n";
    out_ = wire_.content();
    streamed_ = 0;
    write(wire_.stream ? After::next_piece : wire_.events ? After::wait_for_events : After::next_request);
}

void Session::write(After after) {
    after_ = after;
    line_sent_ = out_sent_ = 0;
    progress_ = 0;
    deadline_ = kernel::stopwatch() + house_.settings.write_seconds;
    write_some();
}

void Session::write_some() {
    const std::array<boost::asio::const_buffer, 2> rest = {
        boost::asio::buffer(line_.data() + line_sent_, line_.size() - line_sent_),
        boost::asio::buffer(out_.data() + out_sent_, out_.size() - out_sent_)};
    socket_.async_write_some(
        rest, [self = shared_from_this()](const Error& error, std::size_t n) { self->on_written(error, n); });
}

void Session::on_written(const Error& error, std::size_t n) {
    if (state_ == State::closed) return;
    if (error) return close();
    progress(n, house_.settings.write_seconds);
    const std::size_t of_line = std::min(n, line_.size() - line_sent_);
    line_sent_ += of_line;
    out_sent_ += n - of_line;
    if (line_sent_ < line_.size() || out_sent_ < out_.size())
        write_some();
    else
        after_writing();
}

void Session::after_writing() {
    switch (after_) {
        case After::go_on:
            return begin_body();
        case After::next_piece:
            return pull();
        case After::wait_for_events:
            deadline_ = 0;
            last_write_ = kernel::stopwatch();
            if (state_ == State::events) return;
            state_ = State::events;
            discarded_ = 0;
            read();  // only to see the client go
            return poll_events();
        case After::next_request:
            break;
    }
    end_exchange();
    if (close_after_) return linger();
    begin_request(house_.settings.idle_seconds);
    if (pending().empty())
        read();
    else
        on_head();
}

void Session::end_exchange() {
    if (state_ == State::streaming || state_ == State::events)
        house_.dispatcher.record_stream(*exchange_, streamed_, true);
    if (std::exchange(counted_as_events_, false)) --house_.event_clients;
    exchange_.reset();
    wire_ = {};
    out_ = {};
}

// Closing with unread bytes in our buffer would reset the connection and take the answer from the client's.
void Session::linger() {
    Error ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    state_ = State::lingering;
    discarded_ = 0;
    from_ = to_ = 0;
    deadline_ = kernel::stopwatch() + (body_read_ ? linger_seconds : linger_unread_seconds);
    read();
}

void Session::pull() {
    state_ = State::streaming;
    deadline_ = 0;
    house_.workers.go_on([self = shared_from_this()] {
        bool more = false, failed = false;
        self->piece_.clear();
        try {
            more = self->wire_.stream(self->piece_);
        } catch (const std::exception& error) {
            log_exception("http.exception", self->exchange_->match.pattern, &error);
            failed = true;
        } catch (...) {
            log_exception("http.exception", self->exchange_->match.pattern, nullptr);
            failed = true;
        }
        if (!more) self->wire_.stream = nullptr;
        boost::asio::post(self->loop_.io, [self, more, failed] { self->on_piece(more, failed); });
    });
}

void Session::on_piece(bool more, bool failed) {
    if (state_ == State::closed) return;
    if (failed) return close();
    const std::uint64_t so_far = streamed_ + piece_.size();
    if (wire_.length && (so_far > *wire_.length || (!more && so_far != *wire_.length))) {
        watch::error("http.stream_length", {{"route", exchange_->match.pattern}});
        return close();
    }
    if (piece_.empty() && more) return pull();
    write_piece(!more, After::next_piece);
}

void Session::write_piece(bool last, After after) {
    streamed_ += piece_.size();
    line_.clear();
    if (wire_.chunked) {
        if (!piece_.empty()) {
            line_ = in_hex(piece_.size()) + "\r\n";
            piece_ += "\r\n";
        }
        if (last) piece_ += "0\r\n\r\n";
    }
    out_ = piece_;
    write(last ? After::next_request : after);
}

void Session::poll_events() {
    if (polling_) return;
    polling_ = house_.events.post([self = shared_from_this()] {
        bool more = false;
        self->piece_.clear();
        try {
            more = self->wire_.events(self->piece_);
        } catch (const std::exception& error) {
            log_exception("http.exception", self->exchange_->match.pattern, &error);
        } catch (...) { log_exception("http.exception", self->exchange_->match.pattern, nullptr); }
        boost::asio::post(self->loop_.io, [self, more] { self->on_events(more); });
    });
}

void Session::on_events(bool more) {
    polling_ = false;
    if (state_ == State::closed) return;
    const double now = kernel::stopwatch();
    next_poll_ = now + poll_seconds;
    if (piece_.empty() && more) {
        if (now - last_write_ < silence_seconds) return;
        piece_ = ":\n\n";
    }
    write_piece(!more, After::wait_for_events);
}

}  // namespace http

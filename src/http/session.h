// One connection: reads requests one after another, has each answered, writes the answers. Lives on one I/O thread.
//
//   idle → head → body ⇄ spooling → working → writing → idle …            with keep-alive, pipelined bytes wait
//                                           → streaming (pull a piece, write it) …
//                                           → events (poll, write what there is) …
//                                           → lingering → closed            so that the client can read the answer
#pragma once
#include <utility>

#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "exchange.h"
#include "head.h"
#include "loop.h"
#include "unwrap.h"

namespace http {

class Session : public std::enable_shared_from_this<Session> {
public:
    using Socket = boost::asio::ip::tcp::socket;
    using Error = boost::system::error_code;

    Session(House&, Loop&, Socket);
    ~Session();
    void start();
    void turn_away();  // too many connections: a plain 503
    void tick(double now);
    void drain(double now);
    void close();

private:
    enum class State { idle, head, body, spooling, working, writing, streaming, events, lingering, closed };
    enum class After { go_on, next_request, next_piece, wait_for_events };

    // session.cc: reading
    void begin_request(int seconds_to_wait);
    void read();
    void on_read(const Error&, std::size_t n);
    void on_head();
    void on_request();
    void begin_body();
    void on_body();
    void after_piece(Unwrap::Step);
    void spool(Unwrap::Step);
    void on_spooled(Unwrap::Step, std::optional<Fault>);
    void pass_over_body();
    void progress(std::size_t bytes, int seconds);
    void expire();
    Pool::Client client() const;
    void dispatch();
    void refuse(Fault);
    void refuse_unread(int status);
    int body_seconds() const;
    std::string_view pending() const { return {buffer_.data() + from_, to_ - from_}; }
    void consume(std::size_t n);

    // session_write.cc: writing
    void send();
    void write(After);
    void write_some();
    void on_written(const Error&, std::size_t n);
    void after_writing();
    void end_exchange();
    void linger();
    void pull();
    void on_piece(bool more, bool failed);
    void write_piece(bool last, After);
    void poll_events();
    void on_events(bool more);

    static constexpr int retry_after = 2;                       // seconds, when we are busy
    static constexpr std::uint64_t most_discarded = 16u << 20;  // of what comes after the answer

    House& house_;
    Loop& loop_;
    Socket socket_;
    State state_ = State::idle;
    double deadline_ = 0;  // of kernel::stopwatch(); 0: none
    double left_ = 0;      // of the deadline, while the disk is waited for
    Peer peer_;

    std::vector<char> buffer_;
    std::size_t from_ = 0, to_ = 0;
    bool reading_ = false;  // an operation is under way
    HeadWatch watch_;
    Unwrap unwrap_ = Unwrap::by_length(0);
    std::optional<Exchange> exchange_;
    bool body_read_ = true;
    std::size_t progress_ = 0;  // bytes since the deadline was set anew
    std::string piece_;         // of the body being read, or of the stream being written

    Wire wire_;
    After after_ = After::next_request;
    std::string line_;      // goes before out_
    std::string_view out_;  // of wire_ or piece_
    std::size_t line_sent_ = 0, out_sent_ = 0;
    std::uint64_t streamed_ = 0;
    bool close_after_ = false;
    bool counted_as_events_ = false;
    bool polling_ = false;
    double next_poll_ = 0, last_write_ = 0;
    std::uint64_t discarded_ = 0;  // bytes read and dropped
};

}  // namespace http

// The only place where huiyin-verify touches files or the network; a data folder's tables are read in data_store.cc.
#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "source.h"

namespace verify {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t most_bytes = 64u << 20;  // of one answer: 256 entries with all their words

class Folder final : public Source {
public:
    explicit Folder(std::string path) : path_(std::move(path)) {}
    std::optional<std::string> get(const std::string& address) override {
        if (!is_file(name(address))) return std::nullopt;
        return read_file(name(address));
    }
    std::string name(const std::string& address) const override { return path_ + "/" + address; }
    std::optional<std::vector<std::string>> addresses() override {
        std::vector<std::string> out;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path_))
            // A link to a folder is not gone into; it must not hide what lies behind it.
            if (!entry.is_directory() || entry.is_symlink())
                out.push_back(entry.path().lexically_relative(path_).generic_string());
        std::sort(out.begin(), out.end());
        return out;
    }

private:
    std::string path_;
};

std::size_t collect(char* bytes, std::size_t one, std::size_t count, void* into) {
    std::string& out = *static_cast<std::string*>(into);
    if (out.size() + one * count > most_bytes) return 0;
    out.append(bytes, one * count);
    return one * count;
}

class Url final : public Source {
public:
    Url(std::string base, int patience_seconds) : base_(std::move(base)), curl_(curl_easy_init(), curl_easy_cleanup) {
        if (!curl_) throw std::runtime_error("libcurl does not start");
        while (base_.ends_with('/')) base_.pop_back();
        CURL* const c = curl_.get();
        curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(c, CURLOPT_TIMEOUT, static_cast<long>(patience_seconds));
        curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
        curl_easy_setopt(c, CURLOPT_USERAGENT, "huiyin-verify");
        curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, collect);
    }
    std::optional<std::string> get(const std::string& address) override {
        std::string out;
        curl_easy_setopt(curl_.get(), CURLOPT_URL, name(address).c_str());
        curl_easy_setopt(curl_.get(), CURLOPT_WRITEDATA, &out);
        const CURLcode code = curl_easy_perform(curl_.get());
        if (code != CURLE_OK) throw std::runtime_error(name(address) + ": " + curl_easy_strerror(code));
        long status = 0;
        curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
        if (status == 404) return std::nullopt;
        if (status != 200) throw std::runtime_error(name(address) + ": status " + std::to_string(status));
        return out;
    }
    std::string name(const std::string& address) const override { return base_ + "/" + address; }
    std::optional<std::vector<std::string>> addresses() override { return std::nullopt; }
    bool grows() const override { return true; }
    void wait() override { std::this_thread::sleep_for(std::chrono::seconds(5)); }

private:
    std::string base_;
    std::unique_ptr<CURL, void (*)(CURL*)> curl_;
};

}  // namespace

std::unique_ptr<Source> open_url(const std::string& url, int patience_seconds) {
    return std::make_unique<Url>(url, patience_seconds);
}
std::unique_ptr<Source> open_folder(const std::string& folder) { return std::make_unique<Folder>(folder); }

// Piece by piece: a pipe does not say how long it is, and a folder can be opened and says nonsense.
std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path);
    std::string out, piece(1u << 16, '\0');
    do {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        out.append(piece, 0, static_cast<std::size_t>(in.gcount()));
    } while (in);
    if (in.bad()) throw std::runtime_error("cannot read " + path);
    return out;
}

bool is_folder(const std::string& path) { return fs::is_directory(path); }
bool is_file(const std::string& path) { return fs::is_regular_file(path); }

}  // namespace verify

// What notices and handovers are sent with: from huiyin.toml and the files with secrets that it names.
#include <kernel/text.h>
#include <stdexcept>

#include "happened.h"

namespace server {
namespace {

constexpr std::size_t longest_secret = 4096;

// The file's only line. A path that is not absolute is one in the data folder.
std::string secret_in(const Options& options, const std::string& file) {
    const kernel::Bytes bytes = read_private(options.data / file, longest_secret);
    return kernel::trim(kernel::text(bytes));
}

// "whsec_" and the secret in base64, as Standard Webhooks writes it.
kernel::Bytes webhook_secret(const Options& options, const std::string& file) {
    constexpr std::string_view prefix = "whsec_";
    const std::string text = secret_in(options, file);
    const auto bytes =
        kernel::parse_base64(std::string_view(text).substr(text.starts_with(prefix) ? prefix.size() : 0));
    if (!bytes) throw std::runtime_error(file + " holds no webhook secret: whsec_ and base64");
    return *bytes;
}

}  // namespace

notice::Means notice_means(const Options& options, db::Connection& db) {
    notice::Means means;
    means.address = options.public_address;
    means.organisation = people::organisation(db);
    if (options.smtp) {
        const Options::Smtp& s = *options.smtp;
        means.relay = notice::Relay{s.url, s.from, s.user, {}};
        if (!s.password_file.empty()) means.relay->password = kernel::Secret(secret_in(options, s.password_file));
    }
    for (const Options::Webhook& hook : options.webhooks)
        means.webhooks.push_back({hook.url, webhook_secret(options, hook.secret_file), hook.kinds});
    if (const auto fault = notice::fault_of(means)) throw std::runtime_error("huiyin.toml: " + *fault);
    return means;
}

mail::Means mail_means(const Options& options, db::Connection& db) {
    mail::Means means;
    means.site = options.public_address;
    means.organisation = people::organisation(db);
    if (options.smtp) {
        const Options::Smtp& s = *options.smtp;
        means.relay = mail::Relay{s.url, s.from, s.user, {}};
        if (!s.password_file.empty()) means.relay->password = kernel::Secret(secret_in(options, s.password_file));
    }
    if (!options.mail) return means;
    if (options.mail->address.empty()) throw std::runtime_error("huiyin.toml: [mail] has no address");
    means.address = options.mail->address;
    // A path that is not absolute is one in the data folder.
    if (!options.mail->maildir.empty()) means.maildir = options.data / options.mail->maildir;
    means.keep_days = options.mail->keep_days;
    if (!options.mail->kind.empty()) {
        const auto kind = voice::parse_kind(options.mail->kind);
        if (!kind)
            throw std::runtime_error(
                "huiyin.toml: [mail] kind is none of help, complaint, suggestion, question, praise");
        means.kind = *kind;
    }
    if (const auto fault = mail::fault_of(means)) throw std::runtime_error("huiyin.toml: " + *fault);
    return means;
}

mail::Reading mail_reading(House& house) {
    const auto spool = house.options().data / "spool";
    std::filesystem::create_directories(spool);
    return {house.letters(), house.photos(), house.documents(), spool};
}

handover::Means handover_means(const Options& options) {
    handover::Means means;
    for (const Options::Authority& one : options.authorities)
        means.keys.push_back({one.url, kernel::Secret(secret_in(options, one.key_file)), one.inside});
    if (const auto fault = handover::fault_of(means)) throw std::runtime_error("huiyin.toml: " + *fault);
    return means;
}

}  // namespace server

// What goes out, and what of the other features it is about. What the notices know of the other features, each asked
// through its face: what an entry did to a matter that can be followed, how such a matter is called, and which of its
// days bind.
#pragma once
#include <handover/handover.h>
#include <mail/mail.h>
#include <notice/notice.h>

#include "house.h"

namespace server {

notice::Hooks notice_hooks();
// What is sent with, as huiyin.toml says. std::runtime_error, before anything starts, for what cannot work: a password
// that others may read, a mail server without public_address.
notice::Means notice_means(const Options&, db::Connection&);
// Which mails are taken, and how receipts go out.
mail::Means mail_means(const Options&, db::Connection&);
mail::Reading mail_reading(House&);
// Which other authorities' servers are asked, and with which keys; likewise.
handover::Means handover_means(const Options&);

}  // namespace server

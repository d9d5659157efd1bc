// What the notices know of the other features, each asked through its face: what an entry did to a matter that can be
// followed, how such a matter is called, and which of its days bind.
#pragma once
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

}  // namespace server

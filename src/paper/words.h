// How paper is said, on all its pages.
#pragma once
#include <page/page.h>

#include "paper.h"

namespace paper {

std::string post_of(page::Lang, db::Connection&, people::OfficerId);
std::string by_words(page::Lang, db::Connection&, kernel::Instant, people::OfficerId);
// The standing desk has no name of its own: called so in the reader's language.
std::string round_name(page::Lang, const cycle::Cycle&);
std::string round_lang(page::Lang, const cycle::Cycle&);
std::string batch_name(page::Lang, const Batch&);  // "Batch 812"
std::string place_of(page::Lang, const Batch&);
std::string progress_words(page::Lang, const Batch&);  // "40 sheets: 35 messages, 2 unreadable, 3 left"
page::Html state_of(page::Lang, const Batch&);
page::Html state_of(page::Lang, const Sheet&);
page::Page page_of(std::string title, page::Html main);

}  // namespace paper

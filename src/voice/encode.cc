#include "facts_written.h"

namespace voice::change {
namespace {

struct Encoder {
    Served served;

    ledger::Draft operator()(const Received& c) const {
        Json facts;
        facts.set("accept_late", kernel::iso(c.accept_late)).set("audience", name(c.audience));
        facts.set("by_staff", c.by_staff).set("cycle", c.cycle.value()).set("kind", name(c.kind));
        facts.set("photos", c.photos).set("reply", counted_json(c.reply)).set("sample", c.sample);
        facts.set("shown", name(c.shown)).set("speaker", c.speaker).set("way", name(c.way));
        if (c.preset == 0) facts.set("terms", terms_json(c.terms));
        if (says_more(c)) add_more(c, facts);
        if (c.held) facts.set("held", held_json(*c.held));
        if (c.typist) facts.set("typist", c.typist->value());
        ledger::Draft d = draft("voice.received", c.cycle.value(), std::move(facts));
        if (!c.masked) d.v = says_more(c) ? 3 : 2;
        if (c.papers > 0) {
            d.facts.set("papers", c.papers);
            d.v = 4;
        }
        if (c.words) d.words = words_json(*c.words);
        d.words_served = c.shown == Shown::published ? Served::open : Served::closed;
        return d;
    }
    ledger::Draft operator()(const Imported& c) const {
        Json facts;
        facts.set("cycle", c.cycle.value()).set("kind", name(c.kind)).set("sample", c.sample).set("source", c.source);
        if (c.said_on) facts.set("said_on", kernel::iso(*c.said_on));
        if (!c.file.empty()) facts.set("file", c.file).set("row", c.row);
        ledger::Draft d = draft("voice.imported", c.cycle.value(), std::move(facts));
        if (c.words) d.words = words_json(*c.words);
        if (!c.before) return d;
        d.v = 2;
        d.facts.set("before", taken_over_json(*c.before));
        if (c.before->unit_only) d.words_served = Served::closed;
        if (!d.words) return d;
        if (!c.before->reply.empty()) d.words->set("reply", c.before->reply);
        if (!c.before->number.empty()) d.words->set("number", c.before->number);
        if (!c.before->named.empty()) d.words->set("unit", c.before->named);
        return d;
    }

    // What moderators say stands in public in place of what they hid.
    ledger::Draft operator()(const Published& c) const {
        return acted("voice.published", c.voice, Json().set("by", c.by.value()));
    }
    ledger::Draft operator()(const PutOnHold& c) const {
        Json facts = held_json(c.held);
        facts.set("by", c.by.value());
        return with(acted("voice.held", c.voice, std::move(facts)), "remark", c.remark, Served::open);
    }
    ledger::Draft operator()(const Hidden& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("ground", name(c.ground));
        if (c.master) facts.set("master", c.master->value());
        return with(acted("voice.hidden", c.voice, std::move(facts)), "remark", c.remark, Served::open);
    }
    ledger::Draft operator()(const ShownAgain& c) const {
        Json facts;
        facts.set("by", c.by.value());
        if (c.appeal) facts.set("appeal", *c.appeal);
        return with(acted("voice.shown_again", c.voice, std::move(facts)), "remark", c.remark, Served::open);
    }
    ledger::Draft operator()(const AppealRefused& c) const {
        Json facts;
        facts.set("appeal", c.appeal).set("by", c.by.value());
        return with(acted("voice.appeal_refused", c.voice, std::move(facts)), "remark", c.remark, Served::open);
    }
    ledger::Draft operator()(const Reported& c) const {
        Json facts;
        facts.set("ground", name(c.ground));
        return with(spoken("voice.reported", c.cycle, c.voice, std::move(facts)), "remark", c.remark, Served::closed);
    }
    ledger::Draft operator()(const ReportDecided& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("hidden", c.hidden).set("report", c.report);
        return with(acted("voice.report_decided", c.voice, std::move(facts)), "remark", c.remark, Served::open);
    }

    ledger::Draft operator()(const Assigned& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("day", kernel::iso(c.day)).set("unit", c.unit.value());
        if (c.officer) facts.set("officer", c.officer->value());
        if (!c.table) return acted("voice.assigned", c.voice, std::move(facts));
        facts.set("returnable", c.returnable).set("row", c.row).set("table", *c.table);
        ledger::Draft d = acted("voice.assigned", c.voice, std::move(facts));
        d.v = 2;
        return d;
    }
    ledger::Draft operator()(const Bounced& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("unit", c.unit.value());
        return with(acted("voice.bounced", c.voice, std::move(facts)), "reason", c.reason, served);
    }
    ledger::Draft operator()(const AskedBack& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("day", kernel::iso(c.day)).set("until", kernel::iso(c.until));
        return with(acted("voice.asked_back", c.voice, std::move(facts)), "question", c.question, served);
    }
    ledger::Draft operator()(const Resumed& c) const {
        Json facts = Json().set("reply", counted_json(c.reply));
        if (!c.by) return counting(acted("voice.resumed", c.voice, std::move(facts)), c.reply);
        ledger::Draft d = acted("voice.resumed", c.voice, std::move(facts.set("by", c.by.value())));
        d.v = 2;
        return d;
    }
    ledger::Draft operator()(const Paused& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("day", kernel::iso(c.day)).set("reason", deadline::name(c.reason));
        facts.set("until", kernel::iso(c.until));
        return with(acted("voice.paused", c.voice, std::move(facts)), "text", c.text, served);
    }
    ledger::Draft operator()(const Answered& c) const {
        Json facts;
        facts.set("answer", name(c.answer)).set("by", c.by.value()).set("term", kernel::iso(c.term));
        if (c.promised) facts.set("promised", kernel::iso(*c.promised));
        return with(acted("voice.answered", c.voice, std::move(facts)), "text", c.text, served);
    }
    ledger::Draft operator()(const Extended& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("reply", counted_json(c.reply));
        return counting(with(acted("voice.extended", c.voice, std::move(facts)), "reason", c.reason, served), c.reply);
    }
    ledger::Draft operator()(const Late& c) const {
        Json facts;
        facts.set("days", c.days).set("duty", name_of(c.duty));
        if (c.next) facts.set("next", kernel::iso(*c.next));
        if (!c.rung) return acted("voice.late", c.voice, std::move(facts));
        ledger::Draft d = acted("voice.late", c.voice, rung_json(*c.rung, std::move(facts)));
        d.v = 2;
        return d;
    }
    ledger::Draft operator()(const DueSoon& c) const {
        Json facts;
        facts.set("duty", name_of(c.duty)).set("left", c.left);
        if (c.next) facts.set("next", kernel::iso(*c.next));
        return acted("voice.due", c.voice, rung_json(c.rung, std::move(facts)));
    }
    ledger::Draft operator()(const Closed& c) const {
        return acted(c.rated ? "voice.closed" : "voice.closed_unrated", c.voice, Json::Object{});
    }
    ledger::Draft operator()(const Corrected& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("entry", c.entry);
        if (c.kind) facts.set("kind", name(*c.kind));
        if (c.answer) facts.set("answer", name(*c.answer));
        if (c.promised) facts.set("promised", kernel::iso(*c.promised));
        if (c.category) facts.set("category", *c.category).set("district", c.district.value_or(""));
        ledger::Draft d = with(acted("voice.corrected", c.voice, std::move(facts)), "reason", c.reason, served);
        if (c.category) d.v = 2;
        return d;
    }

    ledger::Draft operator()(const WordAdded& c) const {
        Json facts = Json::Object{};
        if (c.resumed) facts.set("resumed", counted_json(*c.resumed));
        ledger::Draft d = with(spoken("voice.word_added", c.cycle, c.voice, std::move(facts)), "text", c.text, served);
        return c.resumed ? counting(std::move(d), *c.resumed) : d;
    }
    ledger::Draft operator()(const Rated& c) const {
        Json facts;
        facts.set("solved", c.solved).set("stars", c.stars).set("term", kernel::iso(c.term)).set("way", "author");
        return with(spoken("voice.rated", c.cycle, c.voice, std::move(facts)), "text", c.text, served);
    }
    ledger::Draft operator()(const Reopened& c) const {
        Json facts;
        facts.set("nth", c.nth).set("reply", counted_json(c.reply));
        if (c.superior) facts.set("superior", c.superior->value());
        return counting(with(spoken("voice.reopened", c.cycle, c.voice, std::move(facts)), "reason", c.reason, served),
                        c.reply);
    }
    ledger::Draft operator()(const Withdrawn& c) const {
        return spoken("voice.withdrawn", c.cycle, c.voice, Json().set("unit_asked", c.unit_asked));
    }
    ledger::Draft operator()(const Appealed& c) const {
        Json facts;
        facts.set("of", c.of);
        return with(spoken("voice.appealed", c.cycle, c.voice, std::move(facts)), "reason", c.reason, Served::closed);
    }

    ledger::Draft operator()(const Joined& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("master", c.master.value());
        if (c.unit) facts.set("unit", c.unit->value());
        return with(acted("voice.joined", c.voice, std::move(facts)), "reason", c.reason, served);
    }
    ledger::Draft operator()(const DueSooner& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("joined", c.joined.value()).set("reply", counted_json(c.reply));
        return counting(acted("voice.due_sooner", c.voice, std::move(facts)), c.reply);
    }
    ledger::Draft operator()(const Parted& c) const {
        return with(acted("voice.parted", c.voice, Json().set("by", c.by.value())), "reason", c.reason, served);
    }
    ledger::Draft operator()(const AnsweredWith& c) const {
        Json facts;
        facts.set("answer", name(c.answer)).set("master", c.master.value()).set("of", c.of);
        if (c.promised) facts.set("promised", kernel::iso(*c.promised));
        facts.set("term", kernel::iso(c.term));
        if (c.unit) facts.set("unit", c.unit->value());
        return acted("voice.answered_with", c.voice, std::move(facts));
    }
    ledger::Draft operator()(const KeptApart& c) const {
        return with(spoken("voice.kept_apart", c.cycle, c.voice, Json()), "reason", c.reason, served);
    }

    ledger::Draft operator()(const Split& c) const {
        return acted("voice.split", c.voice, Json().set("by", c.by.value()).set("parts", c.parts));
    }
    ledger::Draft operator()(const SplitOff& c) const {
        Json::Array passages;
        for (const Passage& p : c.passages) passages.push_back(Json::Array{p.from, p.to});
        Json facts;
        facts.set("by", c.by.value()).set("day", kernel::iso(c.day)).set("kind", name(c.kind)).set("nth", c.nth);
        facts.set("overdue", c.overdue);
        facts.set("passages", std::move(passages)).set("reply", counted_json(c.reply));
        if (c.unit) facts.set("unit", c.unit->value());
        if (c.category) facts.set("category", *c.category);
        if (c.district) facts.set("district", *c.district);
        return with(acted("voice.split_off", c.whole, std::move(facts)), "title", c.title, served);
    }
    ledger::Draft operator()(const PutTogether& c) const {
        return with(acted("voice.put_together", c.voice, Json().set("by", c.by.value())), "reason", c.reason, served);
    }
    ledger::Draft operator()(const KeptWhole& c) const {
        return with(spoken("voice.kept_whole", c.cycle, c.voice, Json()), "reason", c.reason, served);
    }

    ledger::Draft operator()(const AgreementSaid& c) const {
        return with(spoken("voice.agreement_said", c.cycle, c.voice, Json().set("agrees", c.agrees)), "text", c.text,
                    served);
    }
    ledger::Draft operator()(const AgreementJudged& c) const {
        return with(spoken("voice.agreement_judged", c.cycle, c.voice, Json().set("kept", c.kept)), "text", c.text,
                    served);
    }
    ledger::Draft operator()(const AgreementFound& c) const {
        Json facts;
        facts.set("by", c.by.value());
        if (c.kept) facts.set("kept", *c.kept);
        return with(acted("voice.agreement_found", c.voice, std::move(facts)), "reason", c.reason, served);
    }
    ledger::Draft operator()(const FoundOpen& c) const {
        Json facts;
        facts.set("look", c.look).set("reply", counted_json(c.reply));
        if (c.unit) facts.set("unit", c.unit->value());
        return counting(acted("voice.found_open", c.voice, std::move(facts)), c.reply);
    }

    ledger::Draft operator()(const CalledBack& c) const {
        Json facts;
        facts.set("by", c.by.value()).set("nth", c.nth).set("outcome", name(c.outcome)).set("unit", c.unit.value());
        if (c.outcome == Call::rated) facts.set("solved", c.solved).set("stars", c.stars);
        if (c.term) facts.set("term", kernel::iso(*c.term));
        if (c.again) {
            Json again;
            again.set("nth", c.again->nth).set("reply", counted_json(c.again->reply));
            if (c.again->superior) again.set("superior", c.again->superior->value());
            facts.set("again", std::move(again));
        }
        return with(acted("voice.called_back", c.voice, std::move(facts)), "text", c.text, served);
    }

    ledger::Draft operator()(const PlacesListed& c) const {
        Json::Array names;
        for (const std::string& one : c.names) names.emplace_back(one);
        return draft("voice.places_listed", 0, Json().set("names", std::move(names)));
    }
    ledger::Draft operator()(const SealMade& c) const {
        ledger::Draft d = draft("voice.seal_made", 0, Json().set("key", kernel::hex(c.key)));
        d.facts_served = Served::closed;
        return d;
    }
};

}  // namespace

ledger::Draft encode(const Change& change, Served words) { return std::visit(Encoder{words}, change); }

}  // namespace voice::change

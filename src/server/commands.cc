#include "commands.h"

#include <cycle/cycle.h>
#include <db/database.h>
#include <kernel/json.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <page/page.h>
#include <voice/taken_over.h>
#include <voice/voice.h>
#include <fstream>
#include <iostream>

#include "happened.h"
#include "wiring.h"

namespace server {
namespace {

int refused(const kernel::Error& error) {
    std::cerr << "huiyin: " << page::say(page::Lang::en, error) << '\n';
    return 1;
}

void print(const kernel::Json& json) { std::cout << kernel::canonical(json) << '\n'; }

}  // namespace

int init(const Options& options, const InitArgs& args) {
    const House::Made made = House::init(options, args.founding);
    if (args.json) {
        print(kernel::Json::Object{{"login", made.account.login},
                                   {"password", made.account.password},
                                   {"unit", made.unit.value()},
                                   {"desk", made.desk.value()}});
    } else {
        std::cout << "made an installation in " << options.data.string() << "\nstaff account: " << made.account.login
                  << "\npassword, shown this once: " << made.account.password << '\n';
    }
    return 0;
}

namespace {

int show_account(const kernel::Result<people::FirstAccount>& account, bool json) {
    if (!account) return refused(account.error());
    if (json)
        print(kernel::Json::Object{
            {"login", account->login}, {"password", account->password}, {"officer", account->officer.value()}});
    else
        std::cout << "account " << account->login << "\npassword, shown this once: " << account->password << '\n';
    return 0;
}

}  // namespace

int add_user(const Options& options, const UserArgs& args) {
    House house(options);
    std::vector<people::Role> roles;
    for (std::string_view name : kernel::split(args.roles, ',')) {
        const auto role = people::parse_role(name);
        if (!role) throw std::runtime_error("unknown role " + std::string(name));
        roles.push_back(*role);
    }
    auto account = people::add_officer(house.needs(), people::UnitId(args.unit), args.login, args.post, roles, false);
    return show_account(account, args.json);
}

int list_users(const Options& options) {
    const auto database = db::Database::open_to_read({options.data, options.postgres});
    auto lease = database->read();
    for (const people::Account& account : people::accounts(*lease)) {
        std::cout << account.login << '\t' << account.officer.post << '\t';
        std::string_view between;
        for (const people::Role role : account.officer.roles) {
            std::cout << between << people::name(role);
            between = ",";
        }
        std::cout << '\n';
    }
    return 0;
}

int give_password(const Options& options, const UserArgs& args) {
    House house(options);
    return show_account(people::new_password(house.needs(), args.login), args.json);
}

int reset_code(const Options& options, const std::string& login) {
    House house(options);
    if (auto done = people::reset_code(house.needs(), login); !done) return refused(done.error());
    std::cout << "second step of " << login << " taken away; all sessions have ended\n";
    return 0;
}

int add_unit(const Options& options, const UnitArgs& args) {
    House house(options);
    auto unit = people::add_unit(house.needs(), people::UnitId(args.parent), args.name, false);
    if (!unit) return refused(unit.error());
    if (args.json)
        print(kernel::Json::Object{{"unit", unit->value()}});
    else
        std::cout << "unit " << unit->value() << '\n';
    return 0;
}

namespace {

// Where names of units have to be mapped by hand the list of them is written to the file that was named.
kernel::Checked map_units(const people::Needs& needs, const VoicesArgs& args, voice::ColumnMap& map) {
    if (args.unit.empty()) return {};
    const auto named = voice::units_named(needs, args.file, map);
    if (!named) return named.error();
    if (args.units.empty()) {
        for (const voice::NamedUnit& one : *named) {
            if (!one.unit)
                return kernel::refuse(kernel::Code::invalid, "server.import_units_needed", {{"unit", one.name}});
            map.cases->units[one.name] = *one.unit;
        }
        return {};
    }
    if (!std::filesystem::exists(args.units)) {
        std::ofstream list(args.units, std::ios::binary);
        list << voice::units_list(*named);
        if (!list.flush()) throw std::runtime_error("cannot write " + args.units);
        return kernel::refuse(kernel::Code::invalid, "server.import_units_listed",
                              {{"n", std::to_string(named->size())}, {"file", args.units}});
    }
    auto read = voice::read_units(needs, args.units);
    if (!read) return read.error();
    map.cases->units = *std::move(read);
    return {};
}

kernel::Checked map_cases(const people::Needs& needs, const VoicesArgs& args, voice::ColumnMap& map) {
    if (args.reply.empty()) {
        for (const std::string* one :
             {&args.reply_date, &args.unit, &args.units, &args.rating, &args.number, &args.term})
            if (!one->empty()) return kernel::refuse(kernel::Code::invalid, "server.import_reply_needed");
        return args.unit_only ? kernel::Checked(kernel::refuse(kernel::Code::invalid, "server.import_reply_needed"))
                              : kernel::Checked();
    }
    voice::Register& cases = map.cases.emplace();
    cases.reply = args.reply, cases.reply_date = args.reply_date, cases.unit = args.unit;
    if (args.of_unit != 0 && !people::unit(*needs.database.read(), people::UnitId(args.of_unit)))
        return kernel::refuse(kernel::Code::not_found, "people.unit_unknown");
    cases.all_of = people::UnitId(args.of_unit);
    cases.rating = args.rating, cases.number = args.number, cases.unit_only = args.unit_only;
    if (!args.term.empty()) {
        const auto term = voice::parse_term(args.term);
        if (!term) return term.error();
        cases.term = *term;
    }
    return map_units(needs, args, map);
}

}  // namespace

int import_voices(const Options& options, const VoicesArgs& args) {
    House house(options);
    voice::ColumnMap map;
    map.text = args.text, map.title = args.title, map.kind = args.kind, map.place = args.place, map.date = args.date;
    map.lang = args.lang_column, map.fixed_lang = args.lang, map.encoding = args.encoding;
    if (auto ok = map_cases(house.needs(), args, map); !ok) return refused(ok.error());
    people::CycleId cycle(args.cycle);
    if (!cycle) {
        // A file that is refused leaves no empty round behind.
        if (auto ok = voice::check_csv(house.needs(), args.file, map, args.source); !ok) return refused(ok.error());
        cycle::Draft draft;
        draft.name = args.cycle_name.empty() ? args.source : args.cycle_name;
        draft.lang = args.lang.empty() ? "und" : args.lang;
        draft.source = args.source;
        {
            auto lease = house.database().read();
            draft.organiser = people::units(*lease).front().id;
        }
        auto opened = cycle::open(house.needs(), people::console(), draft);
        if (!opened) return refused(opened.error());
        cycle = *opened;
    }
    auto imported = voice::import_csv(house.needs(), cycle, args.file, map, args.source, progress("messages"));
    if (!imported) return refused(imported.error());
    std::cout << imported->taken << " messages taken of " << imported->read << " rows, " << imported->empty
              << " without text; round " << cycle.value() << '\n';
    if (map.cases)
        std::cout << imported->twice << " rows twice in the file, " << imported->known
                  << " taken from an earlier file, " << imported->closed
                  << " for the unit only because of numbers that tell who somebody is\n";
    return 0;
}

namespace {

// "3, 17, 20 and 4 more"
std::string some_of(const std::vector<std::int64_t>& numbers) {
    constexpr std::size_t shown = 20;
    std::string out;
    for (std::size_t i = 0; i < std::min(numbers.size(), shown); ++i)
        out += (i > 0 ? ", " : "") + std::to_string(numbers[i]);
    if (numbers.size() > shown) out += " and " + std::to_string(numbers.size() - shown) + " more";
    return out;
}

}  // namespace

int import_mail(const Options& options, const MailArgs& args) {
    House house(options);
    const mail::Means means = mail_means(options, *house.database().read());
    const auto imported =
        mail::import_mails(house.needs(), means, mail_reading(house), args.path, args.receipts, progress("mails"));
    if (!imported) return refused(imported.error());
    std::cout << imported->read << " mails: " << imported->messages << " became messages, " << imported->replies
              << " further words, " << imported->known << " were taken before\n";
    for (const auto& [why, numbers] : imported->refused)
        std::cout << numbers.size() << " of them: " << page::say(page::Lang::en, "mail.why_" + why) << " ("
                  << some_of(numbers) << ")\n";
    if (imported->later.empty()) return 0;
    std::cerr << "huiyin: " << imported->later.size() << " could not be read now (" << some_of(imported->later)
              << "); start again\n";
    return 1;
}

int import_places(const Options& options, const std::string& file) {
    House house(options);
    auto taken = voice::import_places(house.needs(), file);
    if (!taken) return refused(taken.error());
    std::cout << *taken << " places\n";
    return 0;
}

int rebuild(const Options& options, const Options& into) {
    auto source = db::Database::open({options.data, options.postgres});
    std::filesystem::create_directories(into.data);
    auto target = db::Database::open({into.data, into.postgres});
    ledger::replay_if_due(*source, kinds(), progress("replaying the log after an upgrade: entries"));
    auto lease = source->read();
    ledger::rebuild(*lease, *target, kinds(), progress("entries"));
    auto rebuilt = target->read();
    const std::string live = kernel::hex(db::state_digest(*lease)), replayed = kernel::hex(db::state_digest(*rebuilt));
    std::cout << "live    " << live << "\nrebuilt " << replayed << '\n';
    if (live == replayed) return 0;
    std::cerr << "huiyin: the rebuilt state differs from the live one\n";
    return 1;
}

int print_schema() {
    for (const db::Migration& migration : db::migrations(db::Engine::sqlite))
        std::cout << "-- " << migration.name << '\n' << migration.sql << '\n';
    for (const db::TableClass& table : db::table_classes())
        std::cout << "-- " << table.schema << '.' << table.table << ": " << table.kind
                  << (table.reason.empty() ? "" : ": " + table.reason) << '\n';
    return 0;
}

}  // namespace server

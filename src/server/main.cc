// huiyin: the command line. What each command does stands in commands.h.
#include <watch/watch.h>
#include <CLI/CLI.hpp>
#include <iostream>

#include "commands.h"

int main(int argc, char** argv) {
    using namespace server;
    CLI::App app{"Huiyin: every voice gets an answer; every answer can be checked."};
    app.require_subcommand(1);

    Options options, into;
    std::string data = "data", into_data;
    auto place = [&](CLI::App* command) {
        command->add_option("--data", data, "the data folder")->capture_default_str();
        command->add_option("--postgres", options.postgres,
                            "connection string of a PostgreSQL database instead of SQLite");
        return command;
    };
    auto address = [&](CLI::App* command) {
        command->add_option("--port", options.port, "port; 0 takes any free one")
            ->capture_default_str()
            ->check(CLI::Range(0, 65535));
        command
            ->add_option("--work-from-per-minute", options.work_from_per_minute,
                         "anonymous submissions a minute above which devices work first; 0: never")
            ->capture_default_str()
            ->check(CLI::Range(0, 100'000'000));
        command
            ->add_option("--rate-per-minute", options.rate_per_minute,
                         "state-changing requests that one client may send in a minute")
            ->capture_default_str()
            ->check(CLI::Range(1, 100'000'000));
        command->add_option("--address", options.address, "address to listen on")->capture_default_str();
        return command;
    };
    int code = 0;
    auto when = [&](CLI::App* command, std::function<int()> run) {
        command->callback([&code, &options, &data, run] {
            options.data = data;
            options = with_file(options);
            code = run();
        });
    };

    InitArgs init_args{{"Huiyin", {}}, false};
    auto* init_command = place(app.add_subcommand("init", "make an installation"));
    init_command->add_option("--organisation", init_args.founding.organisation, "name of the organisation")
        ->capture_default_str();
    init_command->add_option("--login", init_args.founding.login,
                             "of the first administrator; otherwise one that nobody can guess is made up");
    init_command->add_option("--origin", options.origin, "name of the log: its public address without https://");
    init_command->add_flag("--json", init_args.json, "print the account as JSON");
    when(init_command, [&] { return init(options, init_args); });

    when(address(place(app.add_subcommand("serve", "serve the installation"))), [&] { return serve(options); });

    StartArgs start_args{{"示例机构 · Sample organisation", {}}, true};
    auto* start_command = address(
        place(app.add_subcommand("start", "make the installation and the demo if the folder is empty, then serve")));
    start_command->add_option("--organisation", start_args.founding.organisation, "name of the organisation");
    start_command->add_flag("!--no-demo", start_args.demo, "no demo");
    when(start_command, [&] { return start(options, start_args); });

    auto* rebuild_command = place(app.add_subcommand("rebuild", "replay the ledger into an empty place and compare"));
    rebuild_command->add_option("--into", into_data, "empty folder")->required();
    rebuild_command->add_option("--into-postgres", into.postgres, "connection string of an empty database");
    when(rebuild_command, [&] {
        into.data = into_data;
        return rebuild(options, into);
    });
    std::string export_folder;
    auto* export_command = app.add_subcommand("export", "write out what is public")->require_subcommand(1);
    auto* export_log_command = place(export_command->add_subcommand(
        "log", "the whole public log as files for anybody's verifier; also beside a running server"));
    export_log_command->add_option("--to", export_folder, "folder: empty, or an earlier export of this log")
        ->required();
    when(export_log_command, [&] { return export_log(options, export_folder); });
    AuditArgs audit_args;
    auto* audit_command = app.add_subcommand(
        "audit", "verify a public log, count all of it again, and compare with what it claims and what is published");
    audit_command->add_option("log", audit_args.log, "an export, the log's address, or a data folder")->required();
    audit_command->add_option("--key", audit_args.key, "the log's public key, as it was published elsewhere");
    audit_command->add_option("--policy", audit_args.policy,
                              "file: the log's key and the witnesses that must have signed");
    audit_command
        ->add_option("--against", audit_args.against,
                     "what is published: the institution's address, or a file of its JSON API; may be repeated")
        ->allow_extra_args(false);
    audit_command->add_flag("--json", audit_args.json, "print figures and faults as JSON");
    audit_command->callback([&] { code = audit_log(audit_args); });
    when(place(app.add_subcommand("doctor", "look for what is wrong")), [&] { return doctor(options); });

    BackupArgs backup_args;
    auto* backup_command = place(app.add_subcommand("backup", "copy what is new into a backup, and check all of it"));
    backup_command->add_option("--to", backup_args.to, "folder of the backup")->required();
    backup_command->add_option("--keys", backup_args.keys, "its key file; otherwise beside the folder, FOLDER.keys");
    when(backup_command, [&] { return make_backup(options, backup_args); });
    UpgradeArgs upgrade_args;
    auto* upgrade_command =
        place(app.add_subcommand("upgrade", "try an upgrade on a copy, confirm it, or take it back"));
    upgrade_command->add_flag("--rehearse", upgrade_args.rehearse,
                              "on a copy: migrate, replay, compare; says how long");
    upgrade_command->add_flag("--confirm", upgrade_args.confirm, "the copy from before is not needed any more");
    upgrade_command->add_flag("--roll-back", upgrade_args.roll_back, "put the copy back, if nothing was written since");
    when(upgrade_command, [&] { return upgrade(options, upgrade_args); });
    RestoreArgs restore_args;
    auto* restore_command = place(app.add_subcommand("restore", "make an installation of a backup that verifies"));
    restore_command->add_option("--from", restore_args.from, "folder of the backup")->required();
    restore_command->add_option("--keys", restore_args.keys, "its key file; otherwise FOLDER.keys");
    restore_command->add_option("--at-least", restore_args.at_least,
                                "file with a checkpoint of the log that the backup must not be older than");
    when(restore_command, [&] { return restore(options, restore_args); });

    UserArgs user_args;
    auto* user_command = app.add_subcommand("user", "staff accounts")->require_subcommand(1);
    auto* user_add = place(user_command->add_subcommand("add", "make an account; its password is printed once"));
    user_add->add_option("--unit", user_args.unit, "number of the unit")->required();
    user_add->add_option("--login", user_args.login, "name for signing in")->required();
    user_add->add_option("--post", user_args.post, "the post")->required();
    user_add
        ->add_option("--roles", user_args.roles,
                     "comma-separated: administrator, moderator, officer, head, clerk, member, inspector")
        ->required();
    user_add->add_flag("--json", user_args.json, "print as JSON");
    when(user_add, [&] { return add_user(options, user_args); });
    when(place(user_command->add_subcommand("list", "logins, posts and roles; also beside a running server")),
         [&] { return list_users(options); });
    auto* user_password = place(user_command->add_subcommand(
        "password", "give an account a new password, which is printed once and opens it for seven days"));
    user_password->add_option("--login", user_args.login, "name for signing in")->required();
    user_password->add_flag("--json", user_args.json, "print as JSON");
    when(user_password, [&] { return give_password(options, user_args); });
    auto* user_reset =
        place(user_command->add_subcommand("reset-code", "take the second step of an account away: a lost phone"));
    user_reset->add_option("--login", user_args.login, "name for signing in")->required();
    when(user_reset, [&] { return reset_code(options, user_args.login); });

    UnitArgs unit_args;
    auto* unit_command = app.add_subcommand("unit", "units of the organisation")->require_subcommand(1);
    auto* unit_add = place(unit_command->add_subcommand("add", "make a unit"));
    unit_add->add_option("--parent", unit_args.parent, "number of the unit above")->required();
    unit_add->add_option("--name", unit_args.name, "name")->required();
    unit_add->add_flag("--json", unit_args.json, "print as JSON");
    when(unit_add, [&] { return add_unit(options, unit_args); });

    VoicesArgs voices;
    std::string places_file;
    auto* import_command = app.add_subcommand("import", "take in what was said elsewhere")->require_subcommand(1);
    auto* import_voices_command = place(import_command->add_subcommand("voices", "a CSV file of messages"));
    import_voices_command->add_option("file", voices.file, "CSV file")->required();
    import_voices_command->add_option("--source", voices.source, "attribution, shown with each message")->required();
    import_voices_command->add_option("--cycle", voices.cycle, "number of the round; otherwise a new one is opened");
    import_voices_command->add_option("--cycle-name", voices.cycle_name, "name of the new round");
    import_voices_command->add_option("--text", voices.text, "column of the text")->capture_default_str();
    import_voices_command->add_option("--title", voices.title, "column of the title");
    import_voices_command->add_option("--kind", voices.kind, "column of the kind");
    import_voices_command->add_option("--place", voices.place, "column of the place");
    import_voices_command->add_option("--date", voices.date, "column of the day");
    import_voices_command->add_option("--lang-column", voices.lang_column, "column of the language");
    import_voices_command->add_option("--lang", voices.lang, "language of all messages, such as es or zh-Hans");
    import_voices_command->add_option("--encoding", voices.encoding, "utf-8 or gb18030; found out when not given");
    import_voices_command->add_option("--reply", voices.reply,
                                      "column of the answer: the rows are cases of an earlier register");
    import_voices_command->add_option("--reply-date", voices.reply_date, "column of the day of the answer");
    import_voices_command->add_option("--term", voices.term,
                                      "within which an answer was owed there: 15wd (working days), 30d, 2w, 1m");
    import_voices_command->add_option("--unit", voices.unit, "column of the unit that answered");
    import_voices_command->add_option("--units", voices.units,
                                      "CSV file: which unit each name in that column is; written when it is not there");
    import_voices_command->add_option("--of-unit", voices.of_unit,
                                      "number of the unit that answered where no column says which");
    import_voices_command->add_option("--rating", voices.rating, "column of the author's rating, 1 to 5");
    import_voices_command->add_option("--number", voices.number, "column of the number there: each is taken once");
    import_voices_command->add_flag("--unit-only", voices.unit_only, "the words are for the unit, not for everybody");
    when(import_voices_command, [&] { return import_voices(options, voices); });
    PolisArgs polis;
    auto* import_polis_command =
        place(import_command->add_subcommand("polis", "a folder with a conversation exported from Polis"));
    import_polis_command
        ->add_option("folder", polis.folder,
                     "folder with comments.csv, summary.csv and votes.csv or participants-votes.csv")
        ->required();
    import_polis_command->add_option("--lang", polis.lang, "language of the statements, such as en or zh-Hant")
        ->capture_default_str();
    import_polis_command->add_option("--source", polis.source, "attribution; otherwise the one that Polis asks for");
    import_polis_command->add_option("--cycle", polis.cycle, "number of the round; otherwise a new one is opened");
    when(import_polis_command, [&] { return import_polis(options, polis); });
    StatementsArgs statements;
    auto* import_statements_command = place(import_command->add_subcommand(
        "statements", "a CSV or JSON Lines file of statements, as seeds of a dialogue; run again, it changes nothing"));
    import_statements_command->add_option("file", statements.file, "with a column or member text; also lang and state")
        ->required();
    import_statements_command->add_option("--dialogue", statements.dialogue, "number of the dialogue")->required();
    import_statements_command->add_option("--lang", statements.lang, "language of rows that name none")
        ->capture_default_str();
    when(import_statements_command, [&] { return import_statements(options, statements); });
    MailArgs mails;
    auto* import_mail_command = place(import_command->add_subcommand(
        "mail", "a mailbox, as messages at the always-open desk; what was taken before is known again"));
    import_mail_command->add_option("path", mails.path, "mbox file or Maildir; it stays as it is")->required();
    import_mail_command->add_flag("--receipts", mails.receipts,
                                  "send their authors receipts, as for mails that arrive");
    when(import_mail_command, [&] { return import_mail(options, mails); });
    auto* import_places_command = place(import_command->add_subcommand("places", "a CSV file of place names"));
    import_places_command->add_option("file", places_file, "CSV file with a column name")->required();
    when(import_places_command, [&] { return import_places(options, places_file); });

    app.add_subcommand("schema", "print the tables with their classes")->callback([&] { code = print_schema(); });
    app.add_subcommand("routes", "print all addresses")->callback([&] { code = print_routes(); });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) { return app.exit(error); } catch (const std::exception& error) {
        std::cerr << "huiyin: " << error.what() << '\n';
        return 1;
    }
    return code;
}

// A place as an earlier program made it.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

// Takes the newest migration back; nothing may have been reported there.
export const make_older_place = (data) => {
  execFileSync("python3", ["-c", `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
number = db.execute("select max(number) from migration where name like 'claim/%'").fetchone()[0]
db.execute("drop table claim")
db.execute("delete from migration where number = ?", (number,))
db.commit()
`, join(data, "main.db")]);
  execFileSync("python3", [new URL("anew.py", import.meta.url).pathname, join(data, "main.db")]);
};

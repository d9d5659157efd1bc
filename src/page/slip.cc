#include "setup.h"

namespace page {

Html slip(Lang lang, const Slip& slip) {
    Data data;
    data.set("number", std::to_string(slip.index)).set("minute", date_time(lang, slip.minute)).set("kind", slip.kind);
    data.set("due", slip.due ? full_date(lang, *slip.due) : "");
    data.set("link", slip.check_address).set("address", setup().address + slip.check_address);
    // The address alone, for whoever holds the paper and a telephone: the code never stands in a picture that others
    // scan.
    const std::string whole = setup().address.empty() ? std::string() : setup().address + slip.check_address;
    data.set("scannable", !whole.empty() && whole.size() <= most_in_qr_code);
    if (!whole.empty() && whole.size() <= most_in_qr_code) data.set("qr", qr_code(say(lang, "page.slip_qr"), whole));
    data.set("seal", seal(slip.leaf, 96)).set("seal_name", seal_name(slip.leaf));
    data.set("organisation", setup().organisation).set("trial", setup().trial);
    data.set("unwitnessed", !slip.witnessed);
    data.set("sample", setup().sample).set("alone", !slip.one_of_many);
    data.set("keep", slip.code_fives || slip.code_words);
    data.set("fives", slip.code_fives.value_or("")).set("words", slip.code_words.value_or(""));
    return render(lang, "page/slip.html", data);
}

}  // namespace page

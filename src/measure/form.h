// For forms that promise a measure: a pledge here, the measures of a motion elsewhere.
#pragma once
#include <string_view>

#include "measure.h"

namespace page {
class Form;
class Reader;
enum class Lang;
}  // namespace page

namespace measure {

// The fields of a promise, each behind the form's prefix; shown by {{> measure/fields prefix=m1_ }}.
inline constexpr std::string_view fields[] = {"kind",
                                              "owner",
                                              "title",
                                              "text",
                                              "lang",
                                              "criterion",
                                              "indicator_name",
                                              "indicator_unit",
                                              "indicator_baseline",
                                              "indicator_target",
                                              "due",
                                              "beneficiaries",
                                              "worse_off",
                                              "remedy"};
// Gives the select lists their options: kinds (without pledge), owners, the round's criteria, languages.
void offer(page::Form&, page::Lang, db::Connection&, const cycle::Cycle&, std::string_view prefix = "");
// What was typed; what is wrong with its form stands in the reader. The owner's unit is the one of the officer chosen.
// Without cycle, issue and sample.
Draft read(page::Reader&, db::Connection&, std::string_view prefix = "");

}  // namespace measure

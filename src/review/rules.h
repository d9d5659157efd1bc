// What may happen to a review, as pure functions of what is, who asks and what is asked.
#pragma once
#include <optional>
#include <string_view>

#include "box.h"
#include "change.h"
#include "review.h"
#include "store.h"

namespace review::rules {

// Who asks, and how they stand to the measure.
struct Who {
    people::Actor actor;
    bool independent = false;    // of a unit that is neither the owner's nor under it
    bool nobody = false;         // nobody is: no independent unit could check the measure
    bool of_owner_unit = false;  // of the owner's unit itself
};
kernel::Checked may_run(const measure::Measure&, const Who&);

// What a draft leans on, as the state has it.
struct Ground {
    std::optional<measure::Measure> measure;
    std::optional<cycle::Cycle> cycle;  // the measure's
    std::int64_t least_k = 5;           // the installation's
};
kernel::Result<change::Drafted> draft(const Draft&, const Ground&, const Who&, kernel::Day today);

// `ready`: measure::may_judge(); `another`: a review of the same measure that is open.
kernel::Checked open(const Review&, const measure::Measure&, const Who&, const kernel::Checked& ready, bool another,
                     kernel::Day today);

// The ballot as far as it can be seen without its code.
kernel::Checked whole(const Review&, const std::vector<int>& answers, kernel::Day today);
// Name and reasons, once its panel is known.
kernel::Checked signature(const PanelDraft&, std::string_view name, std::string_view reasons);

// `waiting`: ballots in the box.
kernel::Checked close(const Review&, const measure::Measure&, const Who&, std::int64_t waiting, kernel::Day today);
kernel::Checked close_by_clock(const Review&, kernel::Day today);
// `shuffle` is called with each list of answers to put out of order.
change::Closed closed(const Review&, const std::vector<Ballot>& in_no_order, const std::vector<std::string>& spent,
                      const std::function<int(const std::string& mark)>& panel_of,
                      const std::function<void(std::string&)>& shuffle);

kernel::Result<change::PassedOver> pass_over(const std::optional<measure::Measure>&, const Who&, bool listed,
                                             std::string_view reason);

}  // namespace review::rules

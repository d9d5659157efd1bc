// Whether the groups would come out again: how much of them other people of the same conversation show.
#pragma once
#include "picture.h"

namespace opinion {

// 32 half samples of those placed, 5000 people at most, drawn without repetition by Scatter(number of the sample); on
// each everything is made from a cold start. A group's stability is the mean over the samples of the largest Jaccard
// overlap of its people in the sample with a group that came out there (Hennig, Computational Statistics & Data
// Analysis 52, 2007, who calls groups below 0.6 not to be trusted, from 0.75 valid, from 0.85 highly stable).
inline constexpr std::size_t resamples = 32, most_sampled = 5000;
struct Stability {
    std::vector<double> groups;  // of each, 0 … 1; 0 where no sample held any of it
    double same_number = 0;      // part of the samples in which as many groups came out
    std::size_t sampled = 0;     // people in each; 0 where there are too few: 4
};
// `threads` change nothing.
Stability stability(const Votes&, const Picture&, int threads, Starts = Starts::several);

}  // namespace opinion

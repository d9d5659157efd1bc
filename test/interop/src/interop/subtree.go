package main

import (
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Subtrees after draft-ietf-plants-merkle-tree-certs section 4. x/mod knows none; an inclusion in [start, end) is one in
// a tree of end - start leaves. Consistency is judged by running the proof's definition (section 4.4.1) backwards, not
// by the bit procedure of section 4.4.3.

// Section 4.1: start is a multiple of the smallest power of two that is not below end - start.
func isSubtree(start, end int64) bool {
	if start < 0 || end <= start {
		return false
	}
	return start&(int64(1)<<uint(bits.Len64(uint64(end-start-1)))-1) == 0
}

func subtreeInclusion(l *line) bool {
	index, start, end, leaf, root, proof := l.number(1), l.number(2), l.number(3), l.hash(4), l.hash(5), l.hashes(6)
	return !l.unfit && isSubtree(start, end) && included(index-start, end-start, leaf, root, proof)
}

// The hash of the subtree and that of the tree of n leaves around it, as the proof makes them out. `known`: the
// subtree's own hash stands for its part of the tree.
type unfolding struct {
	subtree tlog.Hash
	failed  bool
}

func (u *unfolding) unfold(start, end, n int64, known bool, proof []tlog.Hash) (sub, tree tlog.Hash) {
	if start == 0 && end == n {
		if known {
			u.failed = u.failed || len(proof) != 0
			return u.subtree, u.subtree
		}
		if len(proof) != 1 {
			u.failed = true
			return
		}
		return proof[0], proof[0]
	}
	if len(proof) == 0 {
		u.failed = true
		return
	}
	k := int64(1) << uint(bits.Len64(uint64(n-1))-1) // the largest power of two below n
	last, rest := proof[len(proof)-1], proof[:len(proof)-1]
	switch {
	case end <= k:
		sub, tree = u.unfold(start, end, k, known, rest)
		return sub, tlog.NodeHash(tree, last)
	case k <= start:
		sub, tree = u.unfold(start-k, end-k, n-k, known, rest)
		return sub, tlog.NodeHash(last, tree)
	default: // a subtree that goes over k begins at 0
		sub, tree = u.unfold(0, end-k, n-k, false, rest)
		return tlog.NodeHash(last, sub), tlog.NodeHash(last, tree)
	}
}

func subtreeConsistency(l *line) bool {
	start, end, size, subtree, root, proof := l.number(1), l.number(2), l.number(3), l.hash(4), l.hash(5), l.hashes(6)
	if l.unfit || end > size {
		return false
	}
	if start == end { // not in the draft; the vectors' word
		return start >= 0 && len(proof) == 0 && subtree == emptyRoot
	}
	if !isSubtree(start, end) {
		return false
	}
	u := unfolding{subtree: subtree}
	sub, tree := u.unfold(start, end, size, true, proof)
	return !u.failed && sub == subtree && tree == root
}

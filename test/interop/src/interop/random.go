package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/rand"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

var emptyRoot = tlog.Hash(sha256.Sum256(nil))

// The stored hashes of a tree in memory.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		out[i] = m[index]
	}
	return out, nil
}

func must(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func text(h tlog.Hash) string { return base64.StdEncoding.EncodeToString(h[:]) }

func joined(proof []tlog.Hash) string {
	if len(proof) == 0 {
		return "-"
	}
	all := make([]string, len(proof))
	for i, h := range proof {
		all[i] = text(h)
	}
	return strings.Join(all, ",")
}

// Half of the proofs are right, half have one thing changed; now and then the change leaves a right one.
func makeProofs(count, seed int64) {
	random := rand.New(rand.NewSource(seed))
	const most = 1 << 14
	var tree memory
	leaves := make([]tlog.Hash, most)
	for i := range leaves {
		leaf := make([]byte, 40)
		random.Read(leaf)
		leaves[i] = tlog.RecordHash(leaf)
		stored, err := tlog.StoredHashesForRecordHash(int64(i), leaves[i], tree)
		must(err)
		tree = append(tree, stored...)
	}
	root := func(size int64) tlog.Hash {
		h, err := tlog.TreeHash(size, tree)
		must(err)
		return h
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for i := int64(0); i < count; i++ {
		size := 1 + random.Int63n(1+random.Int63n(most))
		var kind string
		var a int64
		var first, second tlog.Hash
		var proof []tlog.Hash
		if random.Intn(2) == 0 {
			index := random.Int63n(size)
			p, err := tlog.ProveRecord(size, index, tree)
			must(err)
			kind, a, first, second, proof = "i", index, leaves[index], root(size), p
		} else {
			from := 1 + random.Int63n(size)
			p, err := tlog.ProveTree(size, from, tree)
			must(err)
			kind, a, first, second, proof = "c", from, root(from), root(size), p
		}
		if random.Intn(2) == 0 {
			switch random.Intn(7) {
			case 0:
				first[random.Intn(32)] ^= 1 << uint(random.Intn(8))
			case 1:
				second[random.Intn(32)] ^= 1 << uint(random.Intn(8))
			case 2:
				a += random.Int63n(5) - 2
			case 3:
				size += random.Int63n(5) - 2
			case 4:
				proof = append(append([]tlog.Hash{}, proof...), first)
			case 5:
				if len(proof) > 0 {
					proof = proof[:len(proof)-1]
				}
			case 6:
				if len(proof) > 0 {
					proof = append([]tlog.Hash{}, proof...)
					proof[random.Intn(len(proof))][random.Intn(32)] ^= 1 << uint(random.Intn(8))
				}
			}
		}
		if a < 0 || size < 0 {
			a, size = 0, 0
		}
		fmt.Fprintln(out, kind, a, size, text(first), text(second), joined(proof))
	}
}

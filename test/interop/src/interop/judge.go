package main

import (
	"bufio"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// The fields of a line (see README.md); what is no number or no hash of 32 bytes makes it unfit, and then it proves
// nothing.
type line struct {
	fields []string
	unfit  bool
}

func (l *line) number(i int) int64 {
	n, err := strconv.ParseInt(l.fields[i], 10, 64)
	l.unfit = l.unfit || err != nil
	return n
}

func (l *line) hash(i int) tlog.Hash {
	h, ok := hash(l.fields[i])
	l.unfit = l.unfit || !ok
	return h
}

func (l *line) hashes(i int) []tlog.Hash {
	all, ok := hashes(l.fields[i])
	l.unfit = l.unfit || !ok
	return all
}

func (l *line) bytes(i int) []byte {
	if l.fields[i] == "-" {
		return nil
	}
	bytes, err := base64.StdEncoding.DecodeString(l.fields[i])
	l.unfit = l.unfit || err != nil
	return bytes
}

func inclusion(l *line) bool {
	index, size, leaf, root, proof := l.number(1), l.number(2), l.hash(3), l.hash(4), l.hashes(5)
	return !l.unfit && included(index, size, leaf, root, proof)
}

func included(index, size int64, leaf, root tlog.Hash, proof []tlog.Hash) bool {
	return index >= 0 && index < size && tlog.CheckRecord(proof, size, root, index, leaf) == nil
}

func consistency(l *line) bool {
	from, to, old, root, proof := l.number(1), l.number(2), l.hash(3), l.hash(4), l.hashes(5)
	if l.unfit {
		return false
	}
	if from == to { // x/mod demands a larger tree
		return len(proof) == 0 && old == root && (from > 0 || old == emptyRoot)
	}
	return from > 0 && from < to && tlog.CheckTree(proof, to, root, from, old) == nil
}

func signature(l *line) bool {
	key, message, signature := l.bytes(1), l.bytes(2), l.bytes(3)
	return !l.unfit && len(key) == ed25519.PublicKeySize && ed25519.Verify(key, message, signature)
}

var kinds = map[string]struct {
	fields int
	judge  func(*line) bool
}{
	"i":  {6, inclusion},
	"c":  {6, consistency},
	"si": {7, subtreeInclusion},
	"sc": {7, subtreeConsistency},
	"s":  {4, signature},
	"n":  {3, signedNote},
	"l":  {6, foreignLog},
	"t":  {3, certificates},
}

// A line of standard input each: 1 or 0.
func judgeLines() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<22)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		fields := strings.Split(in.Text(), " ")
		kind, known := kinds[fields[0]]
		if !known || len(fields) != kind.fields {
			fail("not a line to judge: %v", fields)
		}
		verdict := 0
		if kind.judge(&line{fields: fields}) {
			verdict = 1
		}
		fmt.Fprintln(out, verdict)
	}
	must(in.Err())
}

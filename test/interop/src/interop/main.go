// An independent verifier of Huiyin's log: Go's own implementation of the tree and of signed notes
// (golang.org/x/mod/sumdb), and nothing of Huiyin. See ../../README.md.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

func fail(format string, args ...interface{}) {
	fmt.Printf("fault: "+format+"\n", args...)
	os.Exit(1)
}

func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		fail("%v", err)
	}
	return n
}

// A hash of another length than 32 bytes proves nothing.
func hash(text string) (h tlog.Hash, ok bool) {
	bytes, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(bytes) != tlog.HashSize {
		return h, false
	}
	copy(h[:], bytes)
	return h, true
}

func hashes(text string) (out []tlog.Hash, ok bool) {
	if text == "-" {
		return nil, true
	}
	for _, one := range strings.Split(text, ",") {
		h, ok := hash(one)
		if !ok {
			return nil, false
		}
		out = append(out, h)
	}
	return out, true
}

// "i index size leaf root proof" and "c from to from_root to_root proof" -> 1 or 0, a line each.
func judge(fields []string) bool {
	if len(fields) != 6 {
		fail("not a line of proofs: %v", fields)
	}
	first, okFirst := hash(fields[3])
	second, okSecond := hash(fields[4])
	proof, okProof := hashes(fields[5])
	a, errA := strconv.ParseInt(fields[1], 10, 64)
	b, errB := strconv.ParseInt(fields[2], 10, 64)
	if !okFirst || !okSecond || !okProof || errA != nil || errB != nil {
		return false
	}
	if fields[0] == "i" {
		return b > 0 && a >= 0 && a < b && tlog.CheckRecord(proof, b, second, a, first) == nil
	}
	if a == b { // x/mod demands a larger tree
		return len(proof) == 0 && first == second && (a > 0 || first == emptyRoot)
	}
	return a > 0 && a < b && tlog.CheckTree(proof, b, second, a, first) == nil
}

func proofs() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		verdict := 0
		if judge(strings.Split(in.Text(), " ")) {
			verdict = 1
		}
		fmt.Fprintln(out, verdict)
	}
}

func main() {
	args := os.Args[1:]
	switch {
	case len(args) == 1 && args[0] == "proofs":
		proofs()
	case len(args) == 3 && args[0] == "make-proofs":
		makeProofs(number(args[1]), number(args[2]))
	case len(args) == 3 && args[0] == "log":
		checkLog(args[1], args[2])
	case len(args) == 4 && args[0] == "make-log":
		makeLog(number(args[1]), number(args[2]), args[3])
	case len(args) == 4 && args[0] == "foreign":
		checkForeign(args[1], args[2], args[3])
	case len(args) >= 3 && args[0] == "receipts":
		checkReceipts(args[1], args[2:])
	default:
		fmt.Fprintln(os.Stderr, "usage: interop proofs | make-proofs N SEED | log FOLDER KEY | make-log N SEED FOLDER | "+
			"foreign FOLDER CHECKPOINT KEY | receipts KEY FILE.tlog-proof LEAF …")
		os.Exit(2)
	}
}

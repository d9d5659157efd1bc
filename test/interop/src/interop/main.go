// An independent verifier of Huiyin's log: Go's own implementation of the tree and of signed notes
// (golang.org/x/mod/sumdb), and nothing of Huiyin. See ../../README.md.
package main

import (
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

func main() {
	args := os.Args[1:]
	switch {
	case len(args) == 1 && args[0] == "judge":
		judgeLines()
	case len(args) == 3 && args[0] == "make-proofs":
		makeProofs(number(args[1]), number(args[2]))
	case len(args) == 3 && args[0] == "log":
		checkLog(args[1], args[2])
	case len(args) == 4 && args[0] == "make-log":
		makeLog(number(args[1]), number(args[2]), args[3])
	case len(args) >= 3 && args[0] == "receipts":
		checkReceipts(args[1], args[2:])
	default:
		fmt.Fprintln(os.Stderr, "usage: interop judge | make-proofs N SEED | log FOLDER KEY | make-log N SEED FOLDER | "+
			"receipts KEY FILE.tlog-proof LEAF …")
		os.Exit(2)
	}
}

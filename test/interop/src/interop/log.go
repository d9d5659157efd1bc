package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const width = 256

// x/mod writes "tile/8/0/x001/067" and "tile/8/data/…"; C2SP's tlog-tiles "tile/0/x001/067" and "tile/entries/…".
func address(level int, n int64, w int) string {
	path := tlog.Tile{H: 8, L: level, N: n, W: w}.Path()
	path = strings.Replace(path, "tile/8/", "tile/", 1)
	return strings.Replace(path, "tile/data/", "tile/entries/", 1)
}

func read(folder, name string) []byte {
	content, err := os.ReadFile(filepath.Join(folder, name))
	must(err)
	return content
}

type head struct {
	origin string
	size   int64
	root   tlog.Hash
}

// A checkpoint signed by this key: origin, size, root, a line each.
func openCheckpoint(text []byte, key string) head {
	verifier, err := note.NewVerifier(key)
	must(err)
	opened, err := note.Open(text, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != verifier.Name() {
		fail("not a checkpoint of %s", verifier.Name())
	}
	root, ok := hash(lines[2])
	if !ok {
		fail("the checkpoint's root")
	}
	return head{lines[0], number(lines[1]), root}
}

// The members of a leaf in the order of RFC 8785; written again they must give the same bytes.
type leafForm struct {
	Facts   string `json:"facts"`
	Format  int64  `json:"format"`
	Kind    string `json:"kind"`
	Parent  *int64 `json:"parent,omitempty"`
	Subject int64  `json:"subject"`
	Time    string `json:"time"`
	V       int64  `json:"v"`
	Words   string `json:"words,omitempty"`
}

type payloadForm struct {
	Facts       *string `json:"facts"`
	FactsSalt   *string `json:"facts_salt"`
	Index       int64   `json:"index"`
	Words       *string `json:"words"`
	WordsSalt   *string `json:"words_salt"`
	WordsErased bool    `json:"words_erased"`
}

func strict(from []byte, into interface{}) error {
	decoder := json.NewDecoder(bytes.NewReader(from))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

type walk struct {
	tree    memory
	last    string
	format  int64
	claimed map[int64]bool
	served  int64
}

func (w *walk) leaf(index int64, raw []byte) leafForm {
	var leaf leafForm
	if err := strict(raw, &leaf); err != nil {
		fail("entry %d: %v", index, err)
	}
	again, err := json.Marshal(leaf)
	must(err)
	if !bytes.Equal(again, raw) || len(raw) > 1024 || leaf.V < 1 || leaf.Subject < 0 {
		fail("entry %d: the leaf's form", index)
	}
	if _, err := time.Parse("2006-01-02T15:04:00Z", leaf.Time); err != nil || leaf.Time < w.last {
		fail("entry %d: its time", index)
	}
	w.last = leaf.Time
	if index == 0 {
		w.format = leaf.Format
	}
	if leaf.Format != w.format || leaf.Format < 0 || leaf.Format > 1 {
		fail("entry %d: its format", index)
	}
	if leaf.Parent != nil && (*leaf.Parent < 0 || *leaf.Parent >= index) {
		fail("entry %d: its parent", index)
	}
	return leaf
}

func (w *walk) commits(index int64, payload, salt *string, commitment string) {
	key, err := base64.StdEncoding.DecodeString(*salt)
	must(err)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(*payload))
	if len(key) != 32 || base64.StdEncoding.EncodeToString(mac.Sum(nil)) != commitment {
		fail("entry %d: a payload that the leaf does not commit to", index)
	}
	w.served++
}

func (w *walk) entry(index int64, raw, line []byte) {
	leaf := w.leaf(index, raw)
	var payload payloadForm
	if err := strict(line, &payload); err != nil || payload.Index != index {
		fail("entry %d: its payload's line", index)
	}
	if payload.Facts != nil {
		w.commits(index, payload.Facts, payload.FactsSalt, leaf.Facts)
	}
	if payload.Words != nil {
		w.commits(index, payload.Words, payload.WordsSalt, leaf.Words)
	}
	if payload.WordsErased {
		w.claimed[index] = true
	}
	if leaf.Kind == "ledger.words_erased" {
		var erasure struct {
			Basis  string `json:"basis"`
			Target int64  `json:"target"`
		}
		must(strict([]byte(*payload.Facts), &erasure))
		if leaf.Parent == nil || *leaf.Parent != erasure.Target || !w.claimed[erasure.Target] {
			fail("entry %d: its erasure", index)
		}
		delete(w.claimed, erasure.Target)
	}
	stored, err := tlog.StoredHashes(index, raw, w.tree)
	must(err)
	w.tree = append(w.tree, stored...)
}

func (w *walk) bundle(folder string, n int64, count int) {
	entries := read(folder, address(-1, n, count))
	name := strings.Replace(address(-1, n, count), "tile/entries/", "payloads/", 1)
	lines := bytes.Split(read(folder, name), []byte("\n"))
	if len(lines) != count+1 || len(lines[count]) != 0 {
		fail("%s has another number of lines", name)
	}
	for i := 0; i < count; i++ {
		if len(entries) < 2 || len(entries) < 2+int(binary.BigEndian.Uint16(entries)) {
			fail("bundle %d ends too early", n)
		}
		length := int(binary.BigEndian.Uint16(entries))
		w.entry(n*width+int64(i), entries[2:2+length], lines[i])
		entries = entries[2+length:]
	}
	if len(entries) != 0 {
		fail("bundle %d goes on after its last entry", n)
	}
}

// Every hash tile of a tree of this size is what the entries make of it.
func checkTiles(folder string, size int64, tree memory) (count int) {
	for level := 0; size>>(8*uint(level)) > 0; level++ {
		have := size >> (8 * uint(level))
		for n := int64(0); n*width < have; n++ {
			w := width
			if have-n*width < width {
				w = int(have - n*width)
			}
			wanted, err := tlog.ReadTileData(tlog.Tile{H: 8, L: level, N: n, W: w}, tree)
			must(err)
			if !bytes.Equal(wanted, read(folder, address(level, n, w))) {
				fail("tile %s", address(level, n, w))
			}
			count++
		}
	}
	return count
}

func checkLog(folder, key string) {
	start := time.Now()
	checkpoint := openCheckpoint(read(folder, "checkpoint"), key)
	w := walk{claimed: map[int64]bool{}, tree: make(memory, 0, 2*checkpoint.size)}
	for n := int64(0); n*width < checkpoint.size; n++ {
		count := width
		if checkpoint.size-n*width < width {
			count = int(checkpoint.size - n*width)
		}
		w.bundle(folder, n, count)
	}
	if len(w.claimed) != 0 {
		fail("words that no entry erased are said to be erased")
	}
	tiles := checkTiles(folder, checkpoint.size, w.tree)
	root, err := tlog.TreeHash(checkpoint.size, w.tree)
	must(err)
	if root != checkpoint.root {
		fail("the root")
	}
	seconds := time.Since(start).Seconds()
	out, err := json.Marshal(map[string]interface{}{"ok": true, "entries": checkpoint.size, "root": text(root),
		"tiles": tiles, "payloads": w.served, "milliseconds": int64(seconds * 1000)})
	must(err)
	fmt.Println(string(out))
}

// Each receipt proves its leaf to whoever has the key.
func checkReceipts(key string, args []string) {
	for i := 0; i+1 < len(args); i += 2 {
		content, err := os.ReadFile(args[i])
		must(err)
		leaf, err := os.ReadFile(args[i+1])
		must(err)
		parts := strings.SplitN(string(content), "\n\n", 2)
		lines := strings.Split(parts[0], "\n")
		if len(parts) != 2 || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
			fail("%s is no receipt", args[i])
		}
		checkpoint := openCheckpoint([]byte(parts[1]), key)
		proof, ok := hashes("-")
		if len(lines) > 2 {
			proof, ok = hashes(strings.Join(lines[2:], ","))
		}
		index := number(strings.TrimPrefix(lines[1], "index "))
		if !ok || tlog.CheckRecord(proof, checkpoint.size, checkpoint.root, index, tlog.RecordHash(leaf)) != nil {
			fail("%s does not prove its leaf", args[i])
		}
	}
	fmt.Println("ok")
}

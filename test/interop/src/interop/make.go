package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func write(folder, name string, content []byte) {
	path := filepath.Join(folder, name)
	must(os.MkdirAll(filepath.Dir(path), 0755))
	must(os.WriteFile(path, content, 0644))
}

type maker struct {
	random *rand.Rand
	folder string
	tree   memory
}

func (m *maker) commit(payload string) (commitment, salt string) {
	key := make([]byte, 32)
	m.random.Read(key)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(payload))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil)), base64.StdEncoding.EncodeToString(key)
}

// Every third entry is a message with words, every hundredth has its words erased by the next.
func (m *maker) entry(index int64) (leaf, line []byte) {
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC).Add(time.Duration(index/500) * time.Minute)
	form := leafForm{Kind: "dialogue.voted", Subject: 1, Time: at.Format("2006-01-02T15:04:00Z"), V: 1}
	facts := fmt.Sprintf(`{"cycle":1,"votes":[[%d,1],[%d,-1],[%d,0]]}`, index%97, index%89, index%83)
	payload := map[string]interface{}{"index": index}
	erases := index%100 == 51
	switch {
	case erases:
		target := index - 1
		form.Kind, form.Parent = "ledger.words_erased", &target
		facts = fmt.Sprintf(`{"basis":"asked_by_author","target":%d}`, target)
	case index%3 == 0 || index%100 == 50:
		form.Kind = "voice.received"
		words := fmt.Sprintf(`{"text":"第 %d 号路灯坏了三个星期,夜里看不见台阶。"}`, index)
		commitment, salt := m.commit(words)
		form.Words = commitment
		if index%100 == 50 {
			payload["words_erased"] = true
		} else {
			payload["words"], payload["words_salt"] = words, salt
		}
	}
	form.Facts, payload["facts_salt"] = m.commit(facts)
	payload["facts"] = facts
	leaf, err := json.Marshal(form)
	must(err)
	line, err = json.Marshal(payload)
	must(err)
	return leaf, append(line, '\n')
}

func (m *maker) bundle(n int64, count int) {
	var entries, lines []byte
	for i := 0; i < count; i++ {
		index := n*width + int64(i)
		leaf, line := m.entry(index)
		entries = binary.BigEndian.AppendUint16(entries, uint16(len(leaf)))
		entries = append(entries, leaf...)
		lines = append(lines, line...)
		stored, err := tlog.StoredHashes(index, leaf, m.tree)
		must(err)
		m.tree = append(m.tree, stored...)
	}
	name := address(-1, n, count)
	write(m.folder, name, entries)
	write(m.folder, strings.Replace(name, "tile/entries/", "payloads/", 1), lines)
}

// A log as an export holds it, made without anything of Huiyin; prints its key.
func makeLog(size, seed int64, folder string) {
	m := maker{random: rand.New(rand.NewSource(seed)), folder: folder, tree: make(memory, 0, 2*size)}
	for n := int64(0); n*width < size; n++ {
		count := width
		if size-n*width < width {
			count = int(size - n*width)
		}
		m.bundle(n, count)
	}
	for level := 0; size>>(8*uint(level)) > 0; level++ {
		have := size >> (8 * uint(level))
		for n := int64(0); n*width < have; n++ {
			w := width
			if have-n*width < width {
				w = int(have - n*width)
			}
			content, err := tlog.ReadTileData(tlog.Tile{H: 8, L: level, N: n, W: w}, m.tree)
			must(err)
			write(folder, address(level, n, w), content)
		}
	}
	root, err := tlog.TreeHash(size, m.tree)
	must(err)
	secret, public, err := note.GenerateKey(rand.New(rand.NewSource(seed)), "made.example/log")
	must(err)
	signer, err := note.NewSigner(secret)
	must(err)
	signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("made.example/log\n%d\n%s\n", size, text(root))}, signer)
	must(err)
	write(folder, "key", []byte(public+"\n"))
	write(folder, "checkpoint", signed)
	fmt.Println(public)
}

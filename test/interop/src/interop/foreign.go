package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A verifier for keys of type 04: a cosignature has its time in front and signs it with the note.
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	timed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(timed), sig[8:])
}

func foreignVerifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) == 3 {
		typed, err := base64.StdEncoding.DecodeString(parts[2])
		if err == nil && len(typed) == 33 && typed[0] == 4 {
			sum := sha256.Sum256(append([]byte(parts[0]+"\n"), typed...))
			if fmt.Sprintf("%x", sum[:4]) != parts[1] {
				return nil, fmt.Errorf("the key's id")
			}
			return cosigner{parts[0], binary.BigEndian.Uint32(sum[:]), typed[1:]}, nil
		}
	}
	return note.NewVerifier(vkey)
}

func openForeign(l *line) (text, signer string, ok bool) {
	content := l.bytes(2)
	verifier, err := foreignVerifier(l.fields[1])
	if err != nil || l.unfit {
		return "", "", false
	}
	opened, err := note.Open(content, note.VerifierList(verifier))
	if err != nil {
		return "", "", false
	}
	return opened.Text, verifier.Name(), true
}

func signedNote(l *line) bool {
	_, _, ok := openForeign(l)
	return ok
}

func split32(all []byte) (out []tlog.Hash, ok bool) {
	for ; len(all) >= tlog.HashSize; all = all[tlog.HashSize:] {
		var h tlog.Hash
		copy(h[:], all)
		out = append(out, h)
	}
	return out, len(all) == 0
}

// Entries, each with its length in two bytes, that are these leaves and no more.
func holds(entries []byte, leaves []tlog.Hash) bool {
	for _, leaf := range leaves {
		if len(entries) < 2 || len(entries) < 2+int(binary.BigEndian.Uint16(entries)) {
			return false
		}
		end := 2 + int(binary.BigEndian.Uint16(entries))
		if tlog.RecordHash(entries[2:end]) != leaf {
			return false
		}
		entries = entries[end:]
	}
	return len(entries) == 0
}

// A checkpoint, the hashes of its log's leaves (and perhaps of later ones), those of level 1, and the entries.
func foreignLog(l *line) bool {
	text, signer, ok := openForeign(l)
	lines := strings.Split(text, "\n")
	if !ok || len(lines) != 4 || lines[3] != "" {
		return false
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	root, rootOk := hash(lines[2])
	leaves, leavesOk := split32(l.bytes(3))
	roots, rootsOk := split32(l.bytes(4))
	entries := l.bytes(5)
	if err != nil || lines[1] != strconv.FormatInt(size, 10) || !rootOk || !leavesOk || !rootsOk || l.unfit || size < 0 || size > int64(len(leaves)) {
		return false
	}
	cosigned := signer != lines[0] // a witness signs under its own name
	if v, _ := foreignVerifier(l.fields[1]); cosigned {
		if _, witness := v.(cosigner); !witness {
			return false
		}
	}
	if entries != nil && !holds(entries, leaves) || entries == nil && size != int64(len(leaves)) {
		return false
	}
	var tree memory
	for i, leaf := range leaves {
		stored, err := tlog.StoredHashesForRecordHash(int64(i), leaf, tree)
		must(err)
		tree = append(tree, stored...)
	}
	if len(roots) != len(leaves)/width {
		return false
	}
	for i, wanted := range roots {
		if tree[tlog.StoredHashIndex(8, int64(i))] != wanted {
			return false
		}
	}
	if size == 0 {
		return root == emptyRoot
	}
	got, err := tlog.TreeHash(size, tree)
	return err == nil && got == root
}

// A data tile of a certificate log (C2SP static-ct-api): its entries as RFC 6962 section 3.4 hashes them.
func certificates(l *line) bool {
	leaves, ok := split32(l.bytes(1))
	rest := bytes.NewBuffer(l.bytes(2))
	short := false
	take := func(n int) []byte {
		out := rest.Next(n)
		short = short || len(out) != n
		return append([]byte{}, out...)
	}
	vector := func(prefix int) []byte { // its length in front
		length, n := take(prefix), 0
		for _, b := range length {
			n = n<<8 | int(b)
		}
		return append(length, take(n)...)
	}
	for _, leaf := range leaves {
		entry := append([]byte{0, 0}, take(10)...) // version, leaf type; time, entry type
		precertificate := entry[len(entry)-1] == 1
		if precertificate {
			entry = append(entry, take(32)...)
		}
		entry = append(entry, vector(3)...)
		entry = append(entry, vector(2)...)
		if precertificate {
			vector(3)
		}
		vector(2) // the chain's fingerprints are not hashed
		if short || tlog.RecordHash(entry) != leaf {
			return false
		}
	}
	return ok && !l.unfit && rest.Len() == 0
}

// Checks a checkpoint, a receipt and the tiles of a ledger with the reference implementation of the Go project,
// golang.org/x/mod/sumdb (note, tlog), which knows nothing of Zhengtong.
//
//	check inclusion KEY CHECKPOINT INDEX ENTRY PROOF…
//	check consistency KEY OLD NEW PROOF…
//	check tiles KEY FOLDER
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func fail(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func hash(written string) (found tlog.Hash) {
	data, err := base64.StdEncoding.DecodeString(written)
	fail(err)
	copy(found[:], data)
	return found
}

func hashes(written []string) (found []tlog.Hash) {
	for _, each := range written {
		found = append(found, hash(each))
	}
	return found
}

func open(key, path string) tlog.Tree {
	verifier, err := note.NewVerifier(key)
	fail(err)
	written, err := os.ReadFile(path)
	fail(err)
	opened, err := note.Open(written, note.VerifierList(verifier))
	fail(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	fail(err)
	return tlog.Tree{N: size, Hash: hash(lines[2])}
}

func main() {
	way, key, args := os.Args[1], os.Args[2], os.Args[3:]
	switch way {
	case "inclusion":
		tree := open(key, args[0])
		index, err := strconv.ParseInt(args[1], 10, 64)
		fail(err)
		entry, err := base64.StdEncoding.DecodeString(args[2])
		fail(err)
		fail(tlog.CheckRecord(hashes(args[3:]), tree.N, tree.Hash, index, tlog.RecordHash(entry)))
	case "consistency":
		old, tree := open(key, args[0]), open(key, args[1])
		fail(tlog.CheckTree(hashes(args[2:]), tree.N, tree.Hash, old.N, old.Hash))
	case "tiles": // every leaf hash, from the tiles in a folder, against the signed root
		tree := open(key, args[0]+"/checkpoint")
		var stored []tlog.Hash
		reader := tlog.HashReaderFunc(func(indexes []int64) (found []tlog.Hash, err error) {
			for _, each := range indexes {
				found = append(found, stored[each])
			}
			return found, nil
		})
		for n := int64(0); n < tree.N; n++ {
			tile := tlog.Tile{H: 8, L: 0, N: n / 256, W: int(min(256, tree.N-n/256*256))}
			data, err := os.ReadFile(args[0] + "/" + strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
			fail(err)
			var leaf tlog.Hash
			copy(leaf[:], data[n%256*32:])
			more, err := tlog.StoredHashesForRecordHash(n, leaf, reader)
			fail(err)
			stored = append(stored, more...)
		}
		root, err := tlog.TreeHash(tree.N, reader)
		fail(err)
		if root != tree.Hash {
			fail(fmt.Errorf("the tiles do not have the signed root"))
		}
	}
	fmt.Println("ok")
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

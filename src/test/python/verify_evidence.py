"""Checks the evidence of one room, by its documentation (src/site/markdown/evidence.md) alone.

    python3 verify_evidence.py < room.json

Reads one JSON object: the room, its row of evidence_room, and the rows of room_event and evidence_link, in order, bytes as hexadecimal
digits. Prints what it checked, or exits with 1 and names the first thing that does not fit. Uses the standard library only, and no code of
the product.
"""

import hashlib
import json
import sys

NO_ROW = bytes(32)


def fail(text):
    print(text)
    sys.exit(1)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def leaf(event, opening):
    actor = event["actor"].encode()
    columns = "%d %d %s %d %s\n" % (event["log_offset"], event["happened_at"], event["type"], len(actor), event["actor"])
    return sha256(opening[:16], columns.encode(), event["frame"].encode())


def pieces(data, size):
    return [data[at:at + size] for at in range(0, len(data), size)]


def main():
    given = json.load(sys.stdin)
    room, events = given["room"], {event["log_offset"]: event for event in given["events"]}
    chain, sealed, leaves, openings = sha256(b"parley-evidence-1").hex(), 0, {}, {}
    for number, link in enumerate(given["links"], 1):
        name = "link %d" % link["link_number"]
        offsets, hashes = bytes.fromhex(link["offsets"]), bytes.fromhex(link["leaves"])
        if link["link_number"] != number:
            fail("link %d is missing" % number)
        text = " ".join(str(part) for part in (chain, room, number, link["kind"], link["first_offset"], link["last_offset"],
                                               link["cause_offset"], link["linked_at"], sha256(offsets, hashes).hex()))
        chain = sha256(text.encode() + b"\n").hex()
        if chain != link["chain"]:
            fail(name + " does not fit the chain")
        if link["kind"] == "sealed":
            covered = list(range(link["first_offset"], link["last_offset"] + 1))
            if covered[0] != sealed + 1:
                fail(name + " does not follow the segment before it")
            sealed = covered[-1]
            openings.update(zip(covered, pieces(bytes.fromhex(link["openings"]), 24), strict=True))
        else:
            covered = [int.from_bytes(piece, "big") for piece in pieces(offsets, 8)]
        leaves.update(zip(covered, pieces(hashes, 32), strict=True))
    if [len(given["links"]), sealed, chain] != [given["end"]["link_number"], given["end"]["sealed"], given["end"]["chain"]]:
        fail("the chain ends elsewhere")
    for offset in range(1, sealed + 1):
        event = events.get(offset)
        if (leaves[offset] == NO_ROW) != (event is None):
            fail("offset %d: a row was added or removed" % offset)
        if event is not None and leaf(event, openings[offset]) != leaves[offset]:
            fail("offset %d: was changed" % offset)
    print("%d links, %d offsets" % (len(given["links"]), sealed))


main()

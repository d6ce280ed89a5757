"""Checks an export and rebuilds its rooms, by its documentation (src/site/markdown/export.md) alone.

    python3 rebuild_export.py export.zip [--mail] [--hashes]

Prints one JSON object: the rooms with their messages as history shows them, and counts. With --hashes, a room has the number of its
messages and a SHA-256 of their offsets, authors and texts, for large exports. Exits with 1 and names the first thing
that is wrong. Uses the standard library only, and no code of the product.
"""

import email
import email.policy
import hashlib
import json
import sys
import zipfile


def fail(text):
    print(text, file=sys.stderr)
    sys.exit(1)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def hash_of(archive, path):
    digest, size = hashlib.sha256(), 0
    with archive.open(path) as content:
        while block := content.read(1 << 20):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


def check_manifest(archive):
    """Every file is listed once, in the order of the archive, with its hash, and the chain holds."""
    manifest = json.loads(archive.read("manifest.json"))
    if manifest["format"] != "parley-export-1":
        fail("unknown format " + manifest["format"])
    names = archive.namelist()
    if [entry["path"] for entry in manifest["files"]] + ["manifest.json"] != names or len(set(names)) != len(names):
        fail("the manifest does not list what is in the archive")
    chain = sha256(b"parley-export-1")
    for entry in manifest["files"]:
        digest, size = hash_of(archive, entry["path"])
        if (digest, size) != (entry["sha256"], entry["bytes"]):
            fail("changed: " + entry["path"])
        line = "%s %s %d %s\n" % (chain, entry["sha256"], entry["bytes"], entry["path"])
        chain = sha256(line.encode())
        if chain != entry["chain"]:
            fail("the chain breaks at " + entry["path"])
    if chain != manifest["chain"]:
        fail("the chain ends elsewhere")
    return manifest


def lines(archive, path):
    with archive.open(path) as content:
        for line in content:
            if not line.endswith(b"\n"):
                fail("a line without an end in " + path)
            yield json.loads(line)


def fold(archive, path):
    """The messages of a room, from its events in order."""
    messages, events, last = {}, 0, 0
    for line in lines(archive, path):
        frame = line["frame"]
        if line["offset"] <= last or frame["offset"] != line["offset"] or frame["at"] != line["at"]:
            fail("%s is out of order at %d" % (path, line["offset"]))
        last = line["offset"]
        events += 1
        kind, by = frame["type"], frame["by"]["id"]
        message = messages.get(frame.get("message"))
        if kind == "message.posted":
            messages[last] = {"offset": last, "by": by, "text": frame.get("text", ""), "thread": frame.get("thread", 0),
                              "deleted": frame.get("deleted", False), "files": [file["id"] for file in frame.get("files", [])],
                              "edited": None, "pinned": False, "reactions": {}}
        elif message is None:
            continue
        elif kind == "message.edited":
            message.update(text=frame.get("text", ""), edited=frame["at"], files=[file["id"] for file in frame.get("files", [])])
        elif kind == "message.deleted":
            message.update(text="", deleted=True, files=[], pinned=False, edited=None, reactions={})
        elif kind in ("message.pinned", "message.unpinned"):
            message["pinned"] = kind == "message.pinned"
        elif kind == "reaction.added":
            message["reactions"].setdefault(frame["emoji"], []).append(by)
        elif kind == "reaction.removed":
            people = message["reactions"].get(frame["emoji"], [])
            if by in people:
                people.remove(by)
            if not people:
                message["reactions"].pop(frame["emoji"], None)
    return messages, events, last


def hashed(messages):
    digest = hashlib.sha256()
    for message in messages:
        digest.update(("%d\t%s\t%s\n" % (message["offset"], message["by"], message["text"])).encode())
    return {"messages": len(messages), "sha256": digest.hexdigest()}


def check_files(archive, path):
    """Each file of a message that is in the export has the hash that its line names."""
    count = 0
    for line in lines(archive, path):
        if "path" in line:
            count += 1
            if line["path"] != "files/" + line["sha256"] or hash_of(archive, line["path"])[0] != line["sha256"]:
                fail("another file at " + line["path"])
    return count


def check_mails(archive, room, posted):
    """Each post has one mail with its text, in its thread. Returns how many mails the room has."""
    count, seen = 0, set()
    for path in archive.namelist():
        if not path.startswith("rooms/%s/mail/" % room):
            continue
        day = email.message_from_bytes(archive.read(path), policy=email.policy.default)
        if day.get_content_type() != "multipart/digest":
            fail("no digest: " + path)
        for part in day.iter_parts():
            if part.get_content_type() != "message/rfc822":
                fail("no mail in " + path)
            mail = part.get_content()
            count += 1
            kind, offset = mail["X-Parley-Event"].split(" ")
            if mail["Message-ID"] != "<%s.%s@rooms.parley.invalid>" % (offset, room) or int(offset) in seen:
                fail("another mail at %s in %s" % (offset, path))
            seen.add(int(offset))
            if kind != "message.posted":
                continue
            frame = posted.pop(int(offset))
            if mail.get_payload(decode=True).decode() != frame.get("text", ""):
                fail("another text in the mail of %s in %s" % (offset, path))
            answered = "<%d.%s@rooms.parley.invalid>" % (frame["thread"], room) if "thread" in frame else None
            if mail["In-Reply-To"] != answered or mail["References"] != answered:
                fail("another thread in the mail of %s in %s" % (offset, path))
    if posted:
        fail("no mail of %s in %s" % (next(iter(posted)), room))
    return count


def main():
    with_mail = "--mail" in sys.argv
    with zipfile.ZipFile(sys.argv[1]) as archive:
        manifest = check_manifest(archive)
        rooms, events, mails, files = {}, 0, 0, 0
        for path in archive.namelist():
            parts = path.split("/")
            if parts[0] == "rooms" and parts[-1] == "events.jsonl":
                messages, count, last = fold(archive, path)
                rooms[parts[1]] = hashed(messages.values()) if "--hashes" in sys.argv else [
                    {name: value for name, value in message.items() if value is not None} for message in messages.values()]
                events += count
                if with_mail:
                    posted = {line["offset"]: line["frame"] for line in lines(archive, path)
                              if line["frame"]["type"] == "message.posted"}
                    mails += check_mails(archive, parts[1], posted)
            elif parts[0] == "rooms" and parts[-1] == "files.jsonl":
                files += check_files(archive, path)
        print(json.dumps({"request": manifest["request"], "events": events, "mails": mails, "files": files, "rooms": rooms,
                          "memberships": list(lines(archive, "memberships.jsonl")), "people": list(lines(archive, "people.jsonl")),
                          "named": list(lines(archive, "rooms.jsonl")), "paths": archive.namelist()}))


main()

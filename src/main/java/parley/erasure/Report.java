package parley.erasure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import parley.hold.Held;
import parley.protocol.WireTime;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an erasure did, as one line of JSON. It does not name the person: it has the pseudonym, and the SHA-256 of salt and id, by which
 * the owner of the salt can prove whom it is about.
 *
 * @param counts what was removed and changed
 * @param kept what holds keep, by hold
 * @param rooms in which the person was found; closed ones have true
 * @param documentsLeft documents that stay and in which the person wrote
 * @param exportsLeft ids of exports that stay and name the person
 */
record Report(Erasure erasure, List<ErasureRows.Counted> counts, Map<String, Held.Kept> kept, Map<String, Boolean> rooms,
              long documentsLeft, List<String> exportsLeft, Instant ended) {

    /** The most rooms that it lists. */
    static final int MOST_ROOMS = 2_000;

    private static final int VERSION = 1;

    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("report", "parley.erasure").put("version", VERSION)
                .put("erasure", erasure.id()).put("mode", erasure.mode().wire()).put("pseudonym", erasure.pseudonym())
                .put("person", hash(erasure.salt().orElseThrow(), erasure.person().orElseThrow())).put("by", erasure.by().id())
                .put("asked", WireTime.text(erasure.created()))
                .put("began", WireTime.text(erasure.began().orElse(erasure.created()))).put("ended", WireTime.text(ended));
        for (String act : List.of("removed", "changed")) {
            ObjectNode group = json.putObject(act);
            counts.stream().filter(counted -> counted.act().equals(act)).forEach(counted -> group.put(counted.kind(), counted.amount()));
        }
        ObjectNode holds = json.putObject("held");
        kept.forEach((hold, amounts) -> holds.putObject(hold).put("events", amounts.events()).put("files", amounts.files()));
        ObjectNode left = json.putObject("left").put("documents", documentsLeft);
        exportsLeft.forEach(left.putArray("exports")::add);
        counts.stream().filter(counted -> counted.act().equals("left")).map(ErasureRows.Counted::kind)
                .forEach(left.putArray("tables")::add);
        json.put("roomCount", rooms.size());
        rooms.keySet().stream().limit(MOST_ROOMS).forEach(json.putArray("rooms")::add);
        return json.toString();
    }

    /** The hash of a person. */
    static String hash(String salt, String person) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest((salt + '\n' + person).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }
}

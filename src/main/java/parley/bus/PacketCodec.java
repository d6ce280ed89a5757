package parley.bus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.journal.LoggedFrame;
import parley.limits.Limit;
import parley.limits.Share;
import parley.protocol.Frame;

/**
 * Packets as the text of a JMS message: a line each, fields parted by tabs, and a line for each frame that belongs to
 * one. Neither ids nor JSON text hold a raw tab or line break.
 */
final class PacketCodec {

    private PacketCodec() {
    }

    static String write(List<Packet> packets) {
        StringBuilder text = new StringBuilder();
        packets.forEach(packet -> write(packet, text));
        return text.toString();
    }

    private static void write(Packet packet, StringBuilder text) {
        switch (packet) {
            case Packet.Grown grown -> {
                line(text, "grown", grown.room(), grown.epoch(), grown.frames().getFirst().offset(), grown.frames().size());
                grown.frames().forEach(logged -> line(text, logged.frame().text()));
            }
            case Packet.Said said -> {
                line(text, "said", said.room());
                line(text, said.frame());
            }
            case Packet.Alive alive -> line(text, "alive", alive.sequence());
            case Packet.Leaving leaving -> line(text, "leaving");
            case Packet.Asking asking -> line(text, "asking", asking.node());
            case Packet.Presence presence -> {
                line(text, "presence", presence.sequence(), presence.room());
                line(text, presence.came().toArray());
                line(text, presence.went().toArray());
            }
            case Packet.Snapshot snapshot -> {
                line(text, "snapshot", snapshot.sequence(), snapshot.part(), snapshot.parts(), snapshot.users().size());
                snapshot.users().forEach((room, users) -> {
                    line(text, room);
                    line(text, users.toArray());
                });
            }
            case Packet.Used used -> {
                line(text, "used", used.share().limit().wire(), used.share().used().size());
                used.share().used().forEach((of, units) -> line(text, units, of));
            }
        }
    }

    private static void line(StringBuilder text, Object... fields) {
        for (int i = 0; i < fields.length; i++) {
            text.append(i == 0 ? "" : "\t").append(fields[i]);
        }
        text.append('\n');
    }

    /** Reads what {@link #write} wrote; anything else is an {@link IllegalArgumentException}. */
    static List<Packet> read(String text) {
        List<Packet> packets = new ArrayList<>();
        Iterator<String> lines = text.lines().iterator();
        while (lines.hasNext()) {
            packets.add(read(lines.next().split("\t"), lines));
        }
        return packets;
    }

    private static Packet read(String[] fields, Iterator<String> lines) {
        return switch (fields[0]) {
            case "grown" -> new Packet.Grown(fields[1], fields[2], frames(Long.parseLong(fields[3]), Integer.parseInt(fields[4]), lines));
            case "said" -> new Packet.Said(fields[1], lines.next());
            case "alive" -> new Packet.Alive(Long.parseLong(fields[1]));
            case "leaving" -> new Packet.Leaving();
            case "asking" -> new Packet.Asking(fields[1]);
            case "presence" -> new Packet.Presence(Long.parseLong(fields[1]), fields[2], users(lines.next()), users(lines.next()));
            case "snapshot" -> new Packet.Snapshot(Long.parseLong(fields[1]), Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[3]), rooms(Integer.parseInt(fields[4]), lines));
            case "used" -> new Packet.Used(new Share(Limit.of(fields[1]), amounts(Integer.parseInt(fields[2]), lines)));
            default -> throw new IllegalArgumentException("There is no packet " + fields[0]);
        };
    }

    private static List<LoggedFrame> frames(long first, int count, Iterator<String> lines) {
        List<LoggedFrame> frames = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            frames.add(new LoggedFrame(first + i, new Frame(lines.next())));
        }
        return frames;
    }

    private static Map<String, List<String>> rooms(int count, Iterator<String> lines) {
        Map<String, List<String>> rooms = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            rooms.put(lines.next(), users(lines.next()));
        }
        return rooms;
    }

    private static Map<String, Long> amounts(int count, Iterator<String> lines) {
        Map<String, Long> amounts = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String[] amount = lines.next().split("\t", 2);
            amounts.put(amount[1], Long.valueOf(amount[0]));
        }
        return amounts;
    }

    private static List<String> users(String line) {
        return line.isEmpty() ? List.of() : Arrays.asList(line.split("\t"));
    }
}

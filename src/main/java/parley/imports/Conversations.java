package parley.imports;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import parley.file.Outcome;
import parley.file.Receiving;
import parley.file.StoredFile;
import parley.file.Uploads;
import parley.identity.Actor;
import parley.journal.Journal;
import parley.journal.PastMessage;
import parley.journal.PastMessages;
import parley.journal.Receipt;
import parley.lease.LeasedWork;
import parley.protocol.AttachedFile;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.TextRules;
import parley.protocol.User;
import parley.room.OpenDirectRoom;
import parley.room.Proposal;
import parley.room.Rooms;

/** Imports one conversation after the other. A conversation that is complete gets only messages that its room does not have. */
@ApplicationScoped
class Conversations {

    private static final int AT_ONCE = 500;
    private static final int JOINS_AT_ONCE = 200;
    private static final int ANSWER_SECONDS = 10;
    private static final int TRIES = 5;
    private static final long PAUSE_MILLIS = 500;
    private static final int MOST_NAMES = 100;

    @Inject
    private ImportRows rows;
    @Inject
    private Rooms rooms;
    @Inject
    private Journal journal;
    @Inject
    private PastMessages past;
    @Inject
    private Uploads uploads;
    @Inject
    private Receiving receiving;

    /** One import. */
    record Import(ImportJob job, Export export, Converting converting, Mapping mapping, Report report, Progress progress) {

        private Actor by() {
            return new Actor(job.by(), true);
        }
    }

    /** Imports all conversations of the export, or in a dry run looks at all of them. Waits for the database. */
    void all(Import one) throws IOException {
        one.mapping.reportUnmapped();
        for (Export.Conversation conversation : one.export.conversations()) {
            conversation(one, conversation);
            one.progress.look();
        }
    }

    private void conversation(Import one, Export.Conversation conversation) throws IOException {
        Optional<Map<User, Role>> members = members(one, conversation);
        String identity = Texts.hash(conversation.kind() == Export.Kind.DIRECT ? "direct" : "channel", conversation.id());
        Optional<ImportRows.Imported> before = rows.room(one.job.source(), identity);
        if (members.isEmpty() || isLeftOut(one, conversation, members.get(), before)) {
            one.progress.done((int) conversation.posts());
        } else if (one.job.dryRun()) {
            if (conversation.kind() == Export.Kind.PUBLIC && before.isEmpty()) {
                freeName(one, conversation, "");
            }
            messages(one, conversation, Optional.empty());
            one.progress.room();
        } else {
            String room = before.map(ImportRows.Imported::room)
                    .orElseGet(() -> give(one, identity, directRoom(conversation, members.get())));
            openIfMissing(one, conversation, room);
            messages(one, conversation, Optional.of(room));
            if (before.filter(ImportRows.Imported::complete).isEmpty()) {
                complete(one, conversation, room, members.get());
                rows.complete(one.job.source(), identity);
            }
            one.progress.room();
        }
    }

    private boolean isLeftOut(Import one, Export.Conversation conversation, Map<User, Role> members,
                              Optional<ImportRows.Imported> before) {
        if (before.isEmpty() && directRoom(conversation, members).filter(this::exists).isPresent()) {
            one.report.add(Why.DIRECT_ROOM_EXISTS, names(members));
            return true;
        }
        if (before.filter(ImportRows.Imported::complete).filter(imported -> !keepsAll(imported.room())).isPresent()) {
            one.report.add(Why.ROOM_CLOSED, conversation.name());
            return true;
        }
        return false;
    }

    // Otherwise, messages that retention removed would come back.
    private boolean keepsAll(String room) {
        return rooms.view(room).filter(view -> !view.closed() && view.profile().retention().equals(Retention.FOREVER)).isPresent();
    }

    // Empty if the conversation can't be imported. A direct room needs all of its people; other rooms get the people who are mapped.
    private Optional<Map<User, Role>> members(Import one, Export.Conversation conversation) {
        boolean isDirect = conversation.kind() == Export.Kind.DIRECT;
        Map<String, Role> roles = new LinkedHashMap<>();
        Map<String, User> users = new LinkedHashMap<>();
        boolean all = true;
        for (Map.Entry<String, Boolean> member : conversation.members().entrySet()) {
            Optional<User> user = isDirect ? one.mapping.person(member.getKey(), Optional.empty()) : one.mapping.known(member.getKey());
            all &= user.isPresent();
            user.ifPresent(found -> {
                users.putIfAbsent(found.id(), found);
                roles.merge(found.id(), member.getValue() && !isDirect ? Role.OWNER : Role.MEMBER,
                        (known, other) -> known == Role.OWNER ? known : other);
            });
        }
        if (isDirect && (!all || users.size() < 2 || users.size() > OpenDirectRoom.MOST)) {
            one.report.add(Why.DIRECT_PEOPLE, String.join(", ", conversation.members().keySet()));
            return Optional.empty();
        }
        if (!isDirect && TextRules.shown(conversation.name()).isEmpty()) {
            one.report.add(Why.BAD_CONVERSATION, conversation.id());
            return Optional.empty();
        }
        Map<User, Role> members = new LinkedHashMap<>();
        users.forEach((id, user) -> members.put(user, roles.get(id)));
        return Optional.of(members);
    }

    private static String names(Map<User, Role> members) {
        return members.keySet().stream().map(User::id).collect(Collectors.joining(", "));
    }

    private static Optional<String> directRoom(Export.Conversation conversation, Map<User, Role> members) {
        return conversation.kind() != Export.Kind.DIRECT ? Optional.empty() : Optional.of(
                new OpenDirectRoom(new Actor(members.keySet().iterator().next(), false), List.copyOf(members.keySet())).room());
    }

    private boolean exists(String room) {
        return !rooms.positions(List.of(room)).isEmpty();
    }

    private String give(Import one, String identity, Optional<String> direct) {
        String room = direct.orElseGet(() -> UUID.randomUUID().toString());
        rows.give(one.job.source(), identity, room);
        return room;
    }

    private void openIfMissing(Import one, Export.Conversation conversation, String room) {
        if (!exists(room)) {
            RoomProfile profile = conversation.kind() == Export.Kind.DIRECT
                    ? new RoomProfile("", RoomKind.DIRECT, "", Retention.FOREVER) : profile(conversation, RoomKind.PRIVATE, "");
            propose(new OpenImportedRoom(room, one.by(), profile)).ifPresent(refused -> {
                throw new IllegalStateException("A room could not be made: " + refused.message());
            });
        }
    }

    private static RoomProfile profile(Export.Conversation conversation, RoomKind kind, String suffix) {
        String shown = TextRules.shown(conversation.name());
        int most = TextRules.LONGEST_NAME - suffix.length();
        String name = shown.codePointCount(0, shown.length()) <= most ? shown : shown.substring(0, shown.offsetByCodePoints(0, most));
        String topic = Texts.storable(conversation.topic()).codePoints().map(c -> Character.isISOControl(c) ? ' ' : c)
                .limit(RoomProfile.LONGEST_TOPIC).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString().strip();
        return new RoomProfile(TextRules.name(name.strip() + suffix), kind, TextRules.isBlank(topic) ? "" : topic, Retention.FOREVER);
    }

    // A name that no other public room has, with a number if need be.
    private Optional<RoomProfile> freeName(Import one, Export.Conversation conversation, String room) {
        for (int number = 1; number <= MOST_NAMES; number++) {
            RoomProfile profile = profile(conversation, RoomKind.PUBLIC, number == 1 ? "" : " (" + number + ")");
            if (!rooms.isNameTaken(room, profile.name())) {
                if (number > 1) {
                    one.report.add(Why.NAME_TAKEN, conversation.name());
                }
                return Optional.of(profile);
            }
        }
        one.report.add(Why.NAME_TAKEN, conversation.name());
        return Optional.empty();
    }

    private void messages(Import one, Export.Conversation conversation, Optional<String> room) throws IOException {
        List<Converting.Ready> batch = new ArrayList<>(AT_ONCE);
        one.export.read(conversation, post -> {
            one.converting.ready(conversation, post).ifPresent(batch::add);
            one.progress.done(1);
            if (batch.size() >= AT_ONCE) {
                store(one, batch, room);
            }
            one.progress.look();
        });
        store(one, batch, room);
    }

    private void store(Import one, List<Converting.Ready> batch, Optional<String> room) throws IOException {
        Set<PastMessages.Key> stored = room.isPresent() && batch.stream().anyMatch(Converting.Ready::hasFiles)
                ? past.stored(room.get(), batch.stream().map(Conversations::key).toList()) : Set.of();
        List<PastMessage> messages = new ArrayList<>();
        for (Converting.Ready ready : batch) {
            boolean isNew = room.isPresent() && !stored.contains(key(ready));
            messages.addAll(one.converting.messages(ready, isNew ? files(one, ready, room.get()) : List.of()));
        }
        batch.clear();
        long different = messages.stream().map(message -> new PastMessages.Key(message.by().id(), message.key())).distinct().count();
        for (long i = different; i < messages.size(); i++) {
            one.report.add(Why.DUPLICATE, "messages");
        }
        for (int from = 0; room.isPresent() && from < messages.size(); from += AT_ONCE) {
            one.progress.added(past.add(room.get(), messages.subList(from, Math.min(from + AT_ONCE, messages.size()))));
            one.progress.look();
        }
    }

    private static PastMessages.Key key(Converting.Ready ready) {
        return new PastMessages.Key(ready.author().id(), ready.key());
    }

    private List<AttachedFile> files(Import one, Converting.Ready ready, String room) throws IOException {
        List<AttachedFile> files = new ArrayList<>();
        for (Export.Attachment attachment : ready.post().files()) {
            if (attachment.entry().isPresent() && files.size() < AttachedFile.MOST) {
                upload(one, ready.author(), room, attachment).ifPresent(files::add);
                one.progress.look();
            }
        }
        return files;
    }

    // As any upload: bounds, quotas, the type by the bytes, pictures, and the virus scanner.
    private Optional<AttachedFile> upload(Import one, User author, String room, Export.Attachment attachment) throws IOException {
        Outcome outcome = uploads.begin(room, author.id(), attachment.name(), Uploads.UNKNOWN);
        if (outcome instanceof Outcome.Done begun) {
            try (InputStream bytes = one.export.open(attachment.entry().orElseThrow())) {
                outcome = receiving.receive(begun.file(), 0, bytes, true);
            } catch (ZipException damaged) {
                one.report.add(Why.BAD_ENTRY, attachment.name());
                return Optional.empty();
            }
        }
        if (outcome instanceof Outcome.Done done && done.file().state() == StoredFile.State.READY) {
            return Optional.of(done.file().attached());
        }
        one.report.add(Why.FILE_REFUSED, attachment.name());
        return Optional.empty();
    }

    private void complete(Import one, Export.Conversation conversation, String room, Map<User, Role> members) {
        if (conversation.kind() == Export.Kind.PUBLIC) {
            freeName(one, conversation, room).ifPresent(profile -> propose(new PublishImportedRoom(room, one.by(), profile))
                    .ifPresent(refused -> one.report.add(Why.NAME_TAKEN, conversation.name())));
        }
        List<Map.Entry<User, Role>> all = List.copyOf(members.entrySet());
        for (int from = 0; from < all.size(); from += JOINS_AT_ONCE) {
            List<CompletableFuture<Receipt>> joins = all.subList(from, Math.min(from + JOINS_AT_ONCE, all.size())).stream()
                    .map(member -> journal.submit(join(room, member))).toList();
            for (int i = 0; i < joins.size(); i++) {
                Map.Entry<User, Role> member = all.get(from + i);
                Optional<Problem> refused = refusal(joins.get(i)).flatMap(first -> first.temporary() ? propose(join(room, member))
                        : Optional.of(first));
                refused.ifPresent(why -> one.report.add(Why.MEMBER_REFUSED, member.getKey().id() + " in " + conversation.name()));
            }
            one.progress.look();
        }
    }

    private static JoinImportedRoom join(String room, Map.Entry<User, Role> member) {
        return new JoinImportedRoom(room, new Actor(member.getKey(), false), member.getValue());
    }

    // A journal that is busy or has no database is asked again.
    private Optional<Problem> propose(Proposal proposal) {
        Optional<Problem> refused = refusal(journal.submit(proposal));
        for (int i = 1; i < TRIES && refused.filter(Problem::temporary).isPresent(); i++) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new LeasedWork.Interrupted();
            }
            refused = refusal(journal.submit(proposal));
        }
        if (refused.filter(Problem::temporary).isPresent()) {
            throw new LeasedWork.Interrupted();
        }
        return refused;
    }

    private static Optional<Problem> refusal(CompletableFuture<Receipt> answer) {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS) instanceof Receipt.Refused refused ? Optional.of(refused.problem())
                    : Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new LeasedWork.Interrupted();
        } catch (ExecutionException | TimeoutException failed) {
            return Optional.of(Problem.unavailable("The journal does not answer."));
        }
    }
}

package parley.search;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import parley.message.MessagePlace;
import parley.protocol.Message;

/** What the index holds of a message. This is the only place that says it. */
final class IndexedMessage {

    static final String ROOM = "room";
    static final String OFFSET = "offset";
    static final String AT = "at";
    static final String BY = "by";
    static final String HAS = "has";
    /** The words of {@link #texts}. */
    static final String WORDS = "words";
    /** The words of the texts of its files. */
    static final String CONTENT = "content";
    private static final String ID = "id";
    private static final Pattern SEPARATORS = Pattern.compile("[._-]+");
    private static final Pattern LINK = Pattern.compile("(?i)\\b(https?://|www\\.)[^\\s<>\"]");

    private IndexedMessage() {
    }

    /**
     * The one document of the message.
     *
     * @param contents the texts of its files
     */
    static Document document(String room, Message message, List<String> contents) {
        Document document = new Document();
        document.add(new StringField(ID, id(room, message.offset()), Field.Store.NO));
        document.add(new KeywordField(ROOM, room, Field.Store.NO));
        document.add(new LongField(OFFSET, message.offset(), Field.Store.NO));
        document.add(new LongField(AT, message.at().toEpochMilli(), Field.Store.NO));
        document.add(new StringField(BY, message.by().id(), Field.Store.NO));
        has(message).forEach(has -> document.add(new StringField(HAS, has.wire(), Field.Store.NO)));
        texts(message).forEach(text -> document.add(new TextField(WORDS, text, Field.Store.NO)));
        contents.forEach(text -> document.add(new TextField(CONTENT, text, Field.Store.NO)));
        return document;
    }

    /** What the message is found by: its own text, then the names of its files. */
    static List<String> texts(Message message) {
        return Stream.concat(Stream.of(message.text()), message.files().stream().map(file -> words(file.name()))).toList();
    }

    // A tokenizer takes a name such as report_2026.pdf for one word.
    private static String words(String name) {
        return name + " " + SEPARATORS.matcher(name).replaceAll(" ");
    }

    /** What the message has besides words. */
    static Set<Has> has(Message message) {
        Set<Has> has = EnumSet.noneOf(Has.class);
        if (LINK.matcher(message.text()).find()) {
            has.add(Has.LINK);
        }
        if (!message.files().isEmpty()) {
            has.add(Has.FILE);
        }
        if (message.pinned()) {
            has.add(Has.PIN);
        }
        return has;
    }

    /** The term of the message's document. */
    static Term key(MessagePlace place) {
        return new Term(ID, id(place.room(), place.offset()));
    }

    // A room id has no colon.
    private static String id(String room, long offset) {
        return room + ":" + offset;
    }
}

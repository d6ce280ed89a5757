package parley.extract;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The text of a document, table or presentation of Office (OOXML) or OpenDocument. The archive is read from its beginning to its end, and
 * the names of its entries only tell which of them have text.
 */
final class OfficeText {

    /** The most bytes of all entries together, decompressed. */
    static final long MOST_BYTES = 128L << 20;
    static final int MOST_ENTRIES = 10_000;
    /** How deep elements may be inside each other. */
    static final int MOST_DEEP = 1_000;

    private static final Pattern WITH_TEXT = Pattern.compile("word/(document|footnotes|endnotes|comments|header\\d*|footer\\d*)\\.xml"
            + "|xl/(sharedStrings|workbook|comments\\d*|worksheets/sheet\\d+)\\.xml"
            + "|ppt/(slides/slide|notesSlides/notesSlide)\\d+\\.xml");
    private static final String OPEN_DOCUMENT = "content.xml";
    /** Elements whose text is deleted, or there a second time, or no text. */
    private static final Set<String> SKIPPED = Set.of("Fallback", "moveFrom", "rPh", "tracked-changes", "binary-data", "script");
    /** Elements that end a line. */
    private static final Set<String> LINES = Set.of("p", "h", "si", "row", "table-row");
    /** Elements that end a word. */
    private static final Set<String> GAPS = Set.of("tab", "br", "cr", "s", "line-break", "c", "tc", "table-cell", "annotation", "fld");

    private final XMLInputFactory parsers = XMLInputFactory.newDefaultFactory();
    private final BoundedText into;

    private OfficeText(BoundedText into) {
        this.into = into;
        parsers.setProperty("jdk.xml.maxElementDepth", MOST_DEEP);
        parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        parsers.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        parsers.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("External entities are refused");
        });
    }

    static void read(byte[] file, BoundedText into) throws IOException {
        OfficeText text = new OfficeText(into);
        try (ZipInputStream archive = new ZipInputStream(new ByteArrayInputStream(file))) {
            InputStream bounded = new Bounded(archive);
            int entries = 0;
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (++entries > MOST_ENTRIES) {
                    throw new Refused(Outcome.TOO_LARGE);
                }
                text.entry(entry.getName(), bounded);
                // The archive would skip the rest without counting it.
                bounded.transferTo(OutputStream.nullOutputStream());
            }
            if (entries == 0) {
                throw new Refused(Outcome.MALFORMED);
            }
        }
    }

    private void entry(String name, InputStream bytes) throws IOException {
        boolean isOpenDocument = name.equals(OPEN_DOCUMENT);
        if (!isOpenDocument && !WITH_TEXT.matcher(name).matches()) {
            return;
        }
        try {
            XMLStreamReader xml = parsers.createXMLStreamReader(bytes);
            if (isOpenDocument) {
                openDocument(xml);
            } else {
                office(xml);
            }
            into.separate('\n');
        } catch (XMLStreamException malformed) {
            throw refusal(malformed);
        }
    }

    // The parser wraps what the stream below it throws.
    private static IOException refusal(XMLStreamException malformed) {
        return malformed.getNestedException() instanceof Refused refused ? refused : new Refused(Outcome.MALFORMED);
    }

    // Text is in elements t, and in the values of a table's cells unless they are numbers of shared texts.
    private void office(XMLStreamReader xml) throws XMLStreamException, IOException {
        String cell = "";
        boolean isText = false;
        while (xml.hasNext()) {
            switch (next(xml)) {
                case XMLStreamConstants.START_ELEMENT -> {
                    String name = xml.getLocalName();
                    if (name.equals("c")) {
                        cell = attribute(xml, "t");
                    } else if (name.equals("sheet")) {
                        into.write(attribute(xml, "name"));
                        into.separate('\n');
                    }
                    isText = name.equals("t") || name.equals("v") && !cell.equals("s");
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    isText = false;
                    separate(xml.getLocalName());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (isText) {
                        write(xml);
                    }
                }
                default -> { }
            }
        }
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    // Text is everything in the body.
    private void openDocument(XMLStreamReader xml) throws XMLStreamException, IOException {
        boolean isBody = false;
        while (xml.hasNext()) {
            switch (next(xml)) {
                case XMLStreamConstants.START_ELEMENT -> isBody |= xml.getLocalName().equals("body");
                case XMLStreamConstants.END_ELEMENT -> separate(xml.getLocalName());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (isBody) {
                        write(xml);
                    }
                }
                default -> { }
            }
        }
    }

    // The next event outside of elements that are skipped.
    private static int next(XMLStreamReader xml) throws XMLStreamException, IOException {
        int event = refusingDefinitions(xml.next());
        if (event != XMLStreamConstants.START_ELEMENT || !SKIPPED.contains(xml.getLocalName())) {
            return event;
        }
        int depth = 1;
        while (depth > 0) {
            int inside = refusingDefinitions(xml.next());
            depth += inside == XMLStreamConstants.START_ELEMENT ? 1 : inside == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
        return XMLStreamConstants.END_ELEMENT;
    }

    private static int refusingDefinitions(int event) throws Refused {
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new Refused(Outcome.MALFORMED);
        }
        return event;
    }

    private void separate(String ended) {
        if (LINES.contains(ended)) {
            into.separate('\n');
        } else if (GAPS.contains(ended)) {
            into.separate(' ');
        }
    }

    private void write(XMLStreamReader xml) throws IOException {
        into.write(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    }

    /** The present entry of an archive. Throws when all entries together have too many bytes. */
    private static final class Bounded extends FilterInputStream {

        private long left = MOST_BYTES;

        Bounded(ZipInputStream archive) {
            super(archive);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int most) throws IOException {
            int count = super.read(bytes, from, most);
            left -= Math.max(count, 0);
            if (left < 0) {
                throw new Refused(Outcome.TOO_LARGE);
            }
            return count;
        }

        @Override
        public void close() {
            // A parser that ends must not close the archive.
        }
    }
}

package parley.extract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** Files of many kinds, as programs for documents write them, and as nobody should. */
public final class Documents {

    private static final String WORD = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
            + "%s</w:body></w:document>";
    private static final String OPEN = "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
            + "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
            + "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body>%s</office:body></office:document-content>";

    private Documents() {
    }

    /** A PDF with one line on each page. */
    public static byte[] pdf(String... pages) {
        try (PDDocument document = new PDDocument()) {
            for (String page : pages) {
                addPage(document, page);
            }
            return saved(document);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A PDF that says that it has so many pages. */
    static byte[] pdfClaiming(int pages, String page) throws IOException {
        try (PDDocument document = new PDDocument()) {
            addPage(document, page);
            document.getPages().getCOSObject().setInt(COSName.COUNT, pages);
            return saved(document);
        }
    }

    /** A PDF that only a password opens, or without one, that anyone opens and nobody should copy from. */
    static byte[] encryptedPdf(String password) throws IOException {
        try (PDDocument document = new PDDocument()) {
            addPage(document, "secret");
            AccessPermission nothing = new AccessPermission();
            nothing.setCanExtractContent(false);
            document.protect(new StandardProtectionPolicy("owner", password, nothing));
            return saved(document);
        }
    }

    /** A PDF whose one page has a word of so many bytes, which are one in two hundred when they are compressed. */
    public static byte[] pdfBomb(long bytes) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            COSStream content = document.getDocument().createCOSStream();
            try (var raw = content.createRawOutputStream()) {
                raw.write(deflated(bytes));
            }
            content.setItem(COSName.FILTER, COSName.FLATE_DECODE);
            page.setContents(new PDStream(content));
            page.setResources(new PDResources());
            document.addPage(page);
            return saved(document);
        }
    }

    private static void addPage(PDDocument document, String line) throws IOException {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
            content.newLineAtOffset(50, 700);
            content.showText(line);
            content.endText();
        }
    }

    private static byte[] saved(PDDocument document) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        document.save(file);
        return file.toByteArray();
    }

    private static byte[] deflated(long letters) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED))) {
            out.write('(');
            fill(out, 'a', letters);
        }
        return bytes.toByteArray();
    }

    private static void fill(OutputStream out, char with, long count) throws IOException {
        byte[] block = new byte[1 << 16];
        Arrays.fill(block, (byte) with);
        for (long left = count; left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(block.length, left));
        }
    }

    /** A document of Word with these paragraphs. */
    public static byte[] docx(String... paragraphs) {
        StringBuilder body = new StringBuilder();
        for (String paragraph : paragraphs) {
            body.append("<w:p><w:r><w:t>").append(escaped(paragraph)).append("</w:t></w:r></w:p>");
        }
        return zip(Map.of("word/document.xml", WORD.formatted(body)));
    }

    /** A document of Word with this XML as its body. */
    static byte[] docxOf(String body) {
        return zip(Map.of("word/document.xml", WORD.formatted(body)));
    }

    /** OpenDocument with this XML as its body. */
    static byte[] openDocument(String body) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("mimetype", "application/vnd.oasis.opendocument.text");
        entries.put("content.xml", OPEN.formatted(body));
        return zip(entries);
    }

    /** An archive with these entries. */
    static byte[] zip(Map<String, String> entries) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream archive = new ZipOutputStream(file)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                archive.putNextEntry(new ZipEntry(entry.getKey()));
                archive.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                archive.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return file.toByteArray();
    }

    /** An archive with one entry of so many blanks. */
    static byte[] zipBomb(String name, long bytes) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream archive = new ZipOutputStream(file)) {
            archive.setLevel(Deflater.BEST_SPEED);
            archive.putNextEntry(new ZipEntry(name));
            archive.write("<a>".getBytes(StandardCharsets.UTF_8));
            fill(archive, ' ', bytes);
            archive.write("</a>".getBytes(StandardCharsets.UTF_8));
            archive.closeEntry();
        }
        return file.toByteArray();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}

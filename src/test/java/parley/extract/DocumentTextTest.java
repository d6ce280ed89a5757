package parley.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What text a file has, and what becomes of files that nobody should open. */
class DocumentTextTest {

    private static final byte[] NOTHING = {};

    private final BoundedText text = new BoundedText();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void randomBytesAndNothingAtAllAreNoDocument(Kind kind) {
        Outcome nothing = kind == Kind.TEXT ? Outcome.NONE : Outcome.MALFORMED;
        assertThat(kind.find(NOTHING, text)).isEqualTo(nothing);
        byte[] bytes = new byte[1_000];
        Arrays.fill(bytes, (byte) 1);
        assertThat(kind.find(bytes, text)).isEqualTo(nothing);
        assertThat(text.text()).isEmpty();
    }

    @Test
    void aDocumentOfAnotherKindIsMalformed() {
        assertThat(Kind.OFFICE.find(Documents.pdf("page"), text)).isEqualTo(Outcome.MALFORMED);
        assertThat(Kind.PDF.find(Documents.docx("word"), text)).isEqualTo(Outcome.MALFORMED);
        assertThat(Kind.OFFICE.find(Documents.zip(Map.of("readme.txt", "an archive")), text)).isEqualTo(Outcome.NONE);
        assertThat(text.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"word/document.xml", "word/media/picture.png"})
    void anArchiveThatBecomesTooLargeIsRefused(String entry) throws IOException {
        assertThat(Kind.OFFICE.find(Documents.zipBomb(entry, OfficeText.MOST_BYTES), text)).isEqualTo(Outcome.TOO_LARGE);
        assertThat(text.text()).isEmpty();
    }

    @Test
    void anArchiveOfTooManyEntriesIsRefused() {
        Map<String, String> entries = IntStream.rangeClosed(1, OfficeText.MOST_ENTRIES).boxed()
                .collect(Collectors.toMap(n -> n + ".bin", n -> "", (one, other) -> one, LinkedHashMap::new));
        entries.put("word/document.xml", "<t>text</t>");
        assertThat(Kind.OFFICE.find(Documents.zip(entries), text)).isEqualTo(Outcome.TOO_LARGE);
        entries.remove("1.bin");
        assertThat(Kind.OFFICE.find(Documents.zip(entries), text)).isEqualTo(Outcome.FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a><t>&e;</t></a>",
        "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a><t>text</t></a>",
        "<!DOCTYPE a [<!ENTITY % e SYSTEM \"file:///etc/passwd\">%e;]><a><t>text</t></a>",
        "<!DOCTYPE a [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;&l;&l;&l;&l;&l;&l;&l;\"><!ENTITY n \"&m;&m;&m;&m;\">]><a><t>&n;</t></a>",
        "<a><t>&undefined;</t></a>",
        "<a><t>unclosed",
        "not XML"})
    void definitionsEntitiesAndBrokenXmlAreMalformed(String xml) {
        for (String entry : new String[] {"word/document.xml", "content.xml"}) {
            assertThat(Kind.OFFICE.find(Documents.zip(Map.of(entry, xml)), text)).as(entry).isEqualTo(Outcome.MALFORMED);
            assertThat(text.text()).isEmpty();
        }
    }

    @Test
    void anArchiveThatIsCutIsMalformed() {
        byte[] whole = Documents.docx("a text of some length, so that there is something to cut");
        assertThat(Kind.OFFICE.find(Arrays.copyOf(whole, whole.length / 2), text)).isEqualTo(Outcome.MALFORMED);
        assertThat(text.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../word/document.xml", "/word/document.xml", "word/../word/document.xml", "word\\document.xml",
        "docProps/app.xml", "word/embeddings/other.docx", "word/document.xml.rels", "Pictures/content.xml"})
    void onlyTheNamedPartsAreRead(String name) {
        assertThat(Kind.OFFICE.find(Documents.zip(Map.of(name, "<t>text</t>")), text)).isEqualTo(Outcome.NONE);
    }

    @Test
    void elementsInsideTooManyOthersAreMalformed() {
        assertThat(Kind.OFFICE.find(nested(OfficeText.MOST_DEEP + 1), text)).isEqualTo(Outcome.MALFORMED);
        // The document and its body are around them, and the text is inside.
        assertThat(Kind.OFFICE.find(nested(OfficeText.MOST_DEEP - 3), text)).isEqualTo(Outcome.FOUND);
        assertThat(text.text()).isEqualTo("bottom");
    }

    private static byte[] nested(int depth) {
        return Documents.docxOf("<w:p>".repeat(depth) + "<w:t>bottom</w:t>" + "</w:p>".repeat(depth));
    }

    @Test
    void manyReferencesToCharactersAreNoBomb() {
        assertThat(Kind.OFFICE.find(Documents.docxOf("<w:t>" + "&amp;&#228;".repeat(20_000) + "</w:t>"), text)).isEqualTo(Outcome.FOUND);
        assertThat(text.text()).hasSize(40_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a password", ""})
    void anEncryptedPdfYieldsNothing(String password) throws IOException {
        assertThat(Kind.PDF.find(Documents.encryptedPdf(password), text)).isEqualTo(Outcome.ENCRYPTED);
        assertThat(text.text()).isEmpty();
    }

    @Test
    void aPdfWithoutPagesOrWithABrokenPageHasNoText() {
        assertThat(Kind.PDF.find(Documents.pdf(), text)).isEqualTo(Outcome.NONE);
        byte[] whole = Documents.pdf("page");
        assertThat(Kind.PDF.find(Arrays.copyOf(whole, 20), text)).isEqualTo(Outcome.MALFORMED);
        assertThat(text.text()).isEmpty();
    }

    @Test
    void aPdfThatClaimsTwoBillionPagesHasThoseItHas() throws IOException {
        assertThat(Kind.PDF.find(Documents.pdfClaiming(Integer.MAX_VALUE, "page"), text)).isEqualTo(Outcome.FOUND);
        assertThat(text.text()).isEqualTo("page");
    }

    @Test
    void pagesPastTheBoundAreCut() {
        String[] pages = Collections.nCopies(PdfText.MOST_PAGES + 5, "x").toArray(String[]::new);
        assertThat(Kind.PDF.find(Documents.pdf(pages), text)).isEqualTo(Outcome.FOUND);
        assertThat(text.text().replace("\n", "")).hasSize(PdfText.MOST_PAGES);
    }

    @Test
    void textPastTheBoundIsCut() {
        String line = "ten signs ";
        byte[] document = Documents.docx(Collections.nCopies(BoundedText.MOST / 10 + 1, line).toArray(String[]::new));
        assertThat(Kind.OFFICE.find(document, text)).isEqualTo(Outcome.FOUND);
        assertThat(text.text()).hasSizeBetween(BoundedText.MOST - 1, BoundedText.MOST).startsWith("ten signs\nten signs");
        BoundedText plain = new BoundedText();
        assertThat(Kind.TEXT.find("😀".repeat(BoundedText.MOST).getBytes(StandardCharsets.UTF_8), plain)).isEqualTo(Outcome.FOUND);
        assertThat(plain.text()).hasSize(BoundedText.MOST);
    }

    @Test
    void aPdfHasTheTextOfItsPages() {
        assertThat(Kind.PDF.find(Documents.pdf("Umsätze und Verträge", "second page"), text)).isEqualTo(Outcome.FOUND);
        assertThat(text.text()).isEqualTo("Umsätze und Verträge\nsecond page");
    }

    @Test
    void wordHasParagraphsWithoutWhatIsDeletedOrThereTwice() {
        String body = "<w:p><w:r><w:t>one</w:t></w:r><w:r><w:t>half</w:t><w:tab/><w:t>two</w:t></w:r></w:p>"
                + "<w:p><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
                + "<w:r><w:instrText>PAGE</w:instrText><w:t>three &amp; <![CDATA[four]]></w:t></w:r></w:p>"
                + "<mc:AlternateContent xmlns:mc=\"x\"><mc:Choice><w:t>box</w:t></mc:Choice><mc:Fallback><w:p><w:t>box</w:t></w:p>"
                + "</mc:Fallback></mc:AlternateContent>";
        assertThat(Kind.OFFICE.find(Documents.docxOf(body), text)).isEqualTo(Outcome.FOUND);
        assertThat(text.text()).isEqualTo("onehalf two\nthree & four\nbox");
    }

    @Test
    void aTableHasItsTextsNumbersAndSheets() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("xl/workbook.xml", "<workbook><sheets><sheet name=\"Costs\" sheetId=\"1\"/></sheets></workbook>");
        entries.put("xl/sharedStrings.xml", "<sst><si><t>rent</t></si>"
                + "<si><r><t>he</t></r><r><t>at</t></r><rPh><t>reading</t></rPh></si></sst>");
        entries.put("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c><v>4711</v></c>"
                + "<c t=\"inlineStr\"><is><t>inline</t></is></c><c t=\"str\"><f>A1</f><v>result</v></c></row></sheetData></worksheet>");
        assertThat(Kind.OFFICE.find(Documents.zip(entries), text)).isEqualTo(Outcome.FOUND);
        assertThat(text.text()).isEqualTo("Costs\nrent\nheat\n4711 inline result");
    }

    @Test
    void aPresentationHasItsSlidesAndNotes() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("ppt/slides/slide1.xml", "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>Title</a:t></a:r></a:p>"
                + "<a:p><a:t>Point</a:t></a:p></p:sld>");
        entries.put("ppt/slideLayouts/slideLayout1.xml", "<a><t>Click to edit</t></a>");
        entries.put("ppt/notesSlides/notesSlide1.xml", "<a><t>said</t></a>");
        assertThat(Kind.OFFICE.find(Documents.zip(entries), text)).isEqualTo(Outcome.FOUND);
        assertThat(text.text()).isEqualTo("Title\nPoint\nsaid");
    }

    @Test
    void openDocumentHasItsBodyWithoutDeletions() {
        String body = "<office:text><text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h>Head</text:h>"
                + "<text:p>a<text:s/>b<text:line-break/>c <text:span>d</text:span></text:p><table:table><table:table-row>"
                + "<table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row></table:table></office:text>";
        assertThat(Kind.OFFICE.find(Documents.openDocument(body), text)).isEqualTo(Outcome.FOUND);
        assertThat(text.text()).isEqualTo("Head\na b c d\ncell");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, Grüße 病院 😀", "UTF-16, Grüße 病院 😀", "windows-1252, Grüße – naïve"})
    void plainTextIsReadInItsCharset(String charset, String written) {
        assertThat(Kind.TEXT.find(written.getBytes(Charset.forName(charset)), text)).isEqualTo(Outcome.FOUND);
        assertThat(text.text()).isEqualTo(written);
    }

    @Test
    void blanksControlCharactersAndHalvesOfCharactersDoNotCount() {
        assertThat(Kind.TEXT.find("  a \t\u00a0b\r\n\r\n c\u0000\u0007d ".getBytes(StandardCharsets.UTF_8), text)).isEqualTo(Outcome.FOUND);
        assertThat(text.text()).isEqualTo("a b\ncd");
        byte[] half = Documents.docxOf("<w:p><w:t>a&#xD83D;b</w:t></w:p>");
        assertThat(Kind.OFFICE.find(half, new BoundedText())).isEqualTo(Outcome.MALFORMED);
    }
}

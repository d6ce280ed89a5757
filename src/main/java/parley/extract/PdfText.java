package parley.extract;

import java.io.IOException;
import java.io.InputStream;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text on the pages of a PDF, without its attachments, forms and scripts. */
final class PdfText {

    /** Pages after these are cut. */
    static final int MOST_PAGES = 1_000;

    private PdfText() {
    }

    static void read(byte[] file, BoundedText into) throws IOException {
        FontMappers.set(new OneFont());
        try (PDDocument document = Loader.loadPDF(file)) {
            // Also one that needs no password: its author wanted that nobody takes its text out.
            if (document.isEncrypted()) {
                throw new Refused(Outcome.ENCRYPTED);
            }
            PDFTextStripper pages = new PDFTextStripper();
            pages.setEndPage(MOST_PAGES);
            pages.writeText(document, into);
        } catch (InvalidPasswordException locked) {
            throw new Refused(Outcome.ENCRYPTED);
        }
    }

    /** The looks of letters don't matter, so the fonts of the machine are not searched for one that the file lacks. */
    private static final class OneFont implements FontMapper {

        private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
        private TrueTypeFont font;

        private TrueTypeFont font() {
            if (font == null) {
                try (InputStream in = PDDocument.class.getResourceAsStream(FONT)) {
                    font = new TTFParser().parse(new RandomAccessReadBuffer(in));
                } catch (IOException missing) {
                    throw new IllegalStateException(missing);
                }
            }
            return font;
        }

        @Override
        public FontMapping<TrueTypeFont> getTrueTypeFont(String name, PDFontDescriptor descriptor) {
            return new FontMapping<>(font(), true);
        }

        @Override
        public FontMapping<FontBoxFont> getFontBoxFont(String name, PDFontDescriptor descriptor) {
            return new FontMapping<>(font(), true);
        }

        @Override
        public CIDFontMapping getCIDFont(String name, PDFontDescriptor descriptor, PDCIDSystemInfo system) {
            return new CIDFontMapping(null, font(), true);
        }
    }
}

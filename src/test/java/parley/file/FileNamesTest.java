package parley.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of files as they are kept. */
class FileNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "report.pdf|report.pdf", "archive.tar.gz|archive.tar.gz", "Übersicht 2030.xlsx|Übersicht 2030.xlsx", "病院.txt|病院.txt",
        "/etc/passwd|passwd", "..\\..\\boot.ini|boot.ini", "C:\\Users\\alice\\a.txt|a.txt", "a/b/../c.png|c.png",
        "photo.jpg.exe|photo_jpg.exe", "invoice.pdf.JS|invoice_pdf.JS", "page.png.html|page_png.html",
        "..|file", ".|file", "...|file", ".htaccess|htaccess", "a.|a", "a<b>|a_b_", "say \"hi\".txt|say _hi_.txt"})
    void areKept(String written, String kept) {
        assertThat(FileNames.clean(written)).isEqualTo(kept);
    }

    @Test
    void loseWhatNobodySeesOrTurnsTheDirection() {
        assertThat(FileNames.clean("annual\u202egnp.exe")).isEqualTo("annualgnp.exe");
        assertThat(FileNames.clean("a\u0000b\r\nc\u200b\u2066d.txt")).isEqualTo("ab cd.txt");
        assertThat(FileNames.clean("\ud800.txt")).isEqualTo("txt");
        assertThat(FileNames.clean("")).isEqualTo("file");
        assertThat(FileNames.clean("\u202e")).isEqualTo("file");
    }

    @Test
    void haveABoundedLengthAndKeepTheirExtension() {
        String kept = FileNames.clean("😀".repeat(1_000) + ".pdf");
        assertThat(kept.codePointCount(0, kept.length())).isEqualTo(FileNames.LONGEST);
        assertThat(kept).endsWith(".pdf");
        String extension = FileNames.clean("a." + "x".repeat(1_000));
        assertThat(extension.length()).isLessThanOrEqualTo(FileNames.LONGEST);
    }
}

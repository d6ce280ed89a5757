package parley.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.extract.Kind;
import parley.sql.Statements;

/** Which files have text that can be found. */
class ContentTypesTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"text/html, -", "image/png, -", "application/zip, -", "application/octet-stream, -",
        "application/vnd.oasis.opendocument.graphics, -", "application/msword, -",
        "text/plain, TEXT", "text/csv, TEXT", "application/json, TEXT", "application/pdf, PDF",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document, OFFICE",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, OFFICE",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation, OFFICE",
        "application/vnd.oasis.opendocument.text, OFFICE", "application/vnd.oasis.opendocument.spreadsheet, OFFICE",
        "application/vnd.oasis.opendocument.presentation, OFFICE"})
    void theDatabaseAndTheServerAgree(String type, Kind kind) throws SQLException {
        assertThat(ContentTypes.kind(type).orElse(null)).isEqualTo(kind);
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
            assertThat(Statements.query(connection, row -> true, "select 1 from (select cast(? as varchar) as type) f where "
                    + ContentTypes.CONDITION, type)).hasSize(kind == null ? 0 : 1);
        }
    }
}

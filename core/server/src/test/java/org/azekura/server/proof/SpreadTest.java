package org.azekura.server.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.azekura.api.SiteName;
import org.azekura.api.device.Terms.Medium;
import org.azekura.api.server.Spread;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Places are written as kind@site; what was saved is at site "here". */
class SpreadTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                   | lost   | 1 | COPIES KINDS SITE
            disk@here                            | single | 2 | COPIES KINDS SITE
            disk@there                           | single | 2 | COPIES KINDS
            tape@here                            | single | 2 | COPIES KINDS SITE
            cloud@cloud                          | single | 2 | COPIES KINDS
            disk@here disk@here                  | partly | 3 | KINDS SITE
            disk@here disk@there                 | partly | 3 | KINDS
            disk@there disk@there                | partly | 3 | KINDS
            disk@here tape@here                  | partly | 3 | SITE
            disk@here cloud@here                 | partly | 3 | SITE
            disk@here tape@there                 | safe   | 3 | ''
            disk@there tape@here                 | safe   | 3 | ''
            disk@here cloud@cloud                | safe   | 3 | ''
            tape@here cloud@cloud                | safe   | 3 | ''
            tape@vault tape@here                 | partly | 3 | KINDS
            cloud@cloud cloud@other              | partly | 3 | KINDS
            disk@here disk@here disk@here        | partly | 4 | KINDS SITE
            disk@here disk@here tape@here        | partly | 4 | SITE
            disk@here disk@there tape@here       | safe   | 4 | ''
            disk@here tape@vault cloud@cloud     | safe   | 4 | ''
            """)
    void isByTheRule(String places, String state, int copies, String lacks) {
        List<Spreads.Place> at = Arrays.stream(places.split(" ")).filter(word -> !word.isEmpty()).map(word -> word.split("@"))
                .map(word -> new Spreads.Place(Medium.valueOf(word[0].toUpperCase()), new SiteName(word[1]))).toList();
        Spread spread = Spreads.of(new SiteName("here"), at);
        assertEquals(state, spread.state().word());
        assertEquals(copies, spread.copies());
        assertEquals(lacks, String.join(" ", spread.lacks().stream().map(Enum::name).toList()));
    }
}

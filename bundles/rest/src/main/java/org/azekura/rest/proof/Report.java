package org.azekura.rest.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.Proofs;
import org.azekura.rest.call.Json;

/**
 * What drills proved, for auditors: one page of HTML in English and Japanese with the same as JSON within, in one canonical form. It is made of what the catalog has
 * alone, so that it is the same whenever it is made.
 *
 * @param since null for all before {@code until}
 * @param until null for all since
 */
record Report(String format, String since, String until, List<ProofRow> drills) {

    private static final String FORMAT = "azekura-drill-report-1";
    /** Fields by name, without spaces. */
    private static final ObjectWriter CANONICAL = JsonMapper.builder().enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build().writer();

    /**
     * A report and its signature: two files, of which the second is named as the first with {@code .p7s} behind it.
     *
     * @param name        for the file
     * @param html        the report, in UTF-8
     * @param signature   detached, CMS, PEM
     * @param authority   certificate of the authority of this appliance, PEM
     * @param fingerprint of that, SHA-256 in hexadecimal
     */
    record Signed(String name, String html, String signature, String authority, String fingerprint) {}

    static Signed sign(Proofs proofs, List<Proof> drills, Instant since, Instant until) throws BackupException {
        Report report = new Report(FORMAT, Json.time(since), Json.time(until), drills.stream().map(ProofRow::of).toList());
        String name = drills.size() == 1 ? "drill-" + drills.getFirst().job() : "drills-" + drills.getLast().job() + "-" + drills.getFirst().job();
        String html = new ReportPage(report, report.json()).html();
        Proofs.Signed signed = proofs.sign(html.getBytes(StandardCharsets.UTF_8));
        return new Signed(name + ".html", html, signed.signature(), signed.authority(), signed.fingerprint());
    }

    private String json() throws BackupException {
        try {
            // no tag may begin within a page
            return CANONICAL.writeValueAsString(this).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw BackupException.bug("report", e);
        }
    }
}

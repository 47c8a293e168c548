package org.azekura.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;

/** Long lists, which the appliance gives in pages. */
record Pages(Root root) {

    /**
     * Reads one page after the other. A reader that left ("| head") wants no more; a print stream does not say so by itself.
     *
     * @param list what a page calls its rows
     */
    void each(String address, String query, String list, Consumer<JsonNode> row) {
        String after = "";
        while (after != null && !root.out().checkError()) {
            JsonNode page = root.rest().get(address + "?limit=10000&" + query + after);
            page.path(list).forEach(row);
            after = page.path("next").isTextual() ? "&after=" + Rest.encode(page.path("next").asText()) : null;
        }
    }
}

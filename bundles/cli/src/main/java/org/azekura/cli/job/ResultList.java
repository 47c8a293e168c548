package org.azekura.cli.job;

import com.fasterxml.jackson.databind.JsonNode;

/** One list of a result: how its elements are told, one after the other. */
public interface ResultList {

    /** Tells an element to people. */
    void show(JsonNode element);

    /** The element as a JSON document has it. */
    JsonNode row(JsonNode element);

    /** Whether what was told so far makes the command end with warnings. */
    boolean warns();
}

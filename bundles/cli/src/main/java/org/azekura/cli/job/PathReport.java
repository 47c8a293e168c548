package org.azekura.cli.job;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;

/** Tells a result with lists as it is read: each element for people, or all of it as one JSON document. */
public final class PathReport implements Run.Reader {

    private final Root root;
    private final List<String> keys;
    private final Map<String, ResultList> lists;
    private final JsonGenerator json;
    private boolean begun;

    /**
     * @param keys  what a JSON document begins with
     * @param lists by name; any other of the result is passed over
     */
    public PathReport(Root root, List<String> keys, Map<String, ResultList> lists) throws IOException {
        this.root = root;
        this.keys = keys;
        this.lists = lists;
        this.json = root.json() ? Json.generator(root.out()) : null;
    }

    @Override
    public void begin(String list, ObjectNode facts) throws IOException {
        if (json != null && lists.containsKey(list)) {
            beginDocument(facts);
            json.writeArrayFieldStart(list);
        }
    }

    @Override
    public void element(String list, JsonNode element) throws IOException {
        ResultList told = lists.get(list);
        if (told != null && json != null) {
            Json.write(json, told.row(element));
        } else if (told != null) {
            told.show(element);
        }
    }

    @Override
    public void end(String list) throws IOException {
        if (json != null && lists.containsKey(list)) {
            json.writeEndArray();
        }
    }

    private void beginDocument(ObjectNode facts) throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        json.writeStartObject();
        for (String key : keys) {
            json.writeFieldName(key);
            Json.write(json, facts.get(key));
        }
    }

    /** Ends the JSON document. */
    public void close(ObjectNode facts) throws IOException {
        if (json != null) {
            beginDocument(facts);
            json.writeEndObject();
            json.flush();
            root.out().println();
        }
    }

    public int exit(Run run) {
        return run.warned() || lists.values().stream().anyMatch(ResultList::warns) ? Exit.WARNED : Exit.DONE;
    }
}

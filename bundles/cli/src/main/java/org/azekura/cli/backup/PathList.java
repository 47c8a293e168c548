package org.azekura.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.PrintStream;
import org.azekura.cli.job.ResultList;
import org.azekura.cli.text.PathForm;

/** Paths that are the answer, one a line. */
record PathList(PrintStream out, PathForm form) implements ResultList {

    @Override
    public void show(JsonNode path) {
        out.println(form.shown(path.asText()));
    }

    @Override
    public JsonNode row(JsonNode path) {
        return TextNode.valueOf(form.exact(path.asText()));
    }

    @Override
    public boolean warns() {
        return false;
    }
}

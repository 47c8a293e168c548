package org.azekura.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import org.azekura.cli.command.Root;
import org.azekura.cli.job.ResultList;
import org.azekura.cli.text.Words;

/** What of a restore came from a copy, for it could not be read where it was meant to be: a line for each pool. It is exact all the same, and no warning. */
record ElsewhereList(Root root) implements ResultList {

    @Override
    public void show(JsonNode one) {
        root.out().println("from pool " + Words.text(one, "pool") + ", as it can't be read where it should be: " + Words.count(one, "chunks", "chunk") + ", "
                + Words.size(one, "bytes"));
    }

    @Override
    public JsonNode row(JsonNode one) {
        return one;
    }

    @Override
    public boolean warns() {
        return false;
    }
}

package org.azekura.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.azekura.cli.contact.Query;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Table;

/** A group of commands about what is on storage nodes. */
public abstract class NodeCommands extends Group {

    protected final Root root;

    protected NodeCommands(Root root) {
        this.root = root;
    }

    /**
     * Lists what there is; as a table for people.
     *
     * @param what  their noun
     * @param node  null: all nodes
     * @param row   of the table
     * @param note  a line below the table, empty without one
     * @param heads of the table
     */
    protected final int list(String what, String node, Function<JsonNode, String[]> row, Function<JsonNode, String> note, String... heads) {
        JsonNode all = root.rest().get(what + Query.of("node", node));
        if (root.json()) {
            root.document(all);
            return Exit.DONE;
        }
        Table table = new Table(heads);
        List<String> notes = new ArrayList<>();
        for (JsonNode one : all) {
            table.row(row.apply(one));
            notes.add(note.apply(one));
        }
        table.print(root.out());
        notes.stream().filter(line -> !line.isEmpty()).forEach(root.out()::println);
        return Exit.DONE;
    }

    protected static String names(JsonNode array) {
        List<String> names = new ArrayList<>();
        array.forEach(name -> names.add(name.asText()));
        return String.join(", ", names);
    }
}

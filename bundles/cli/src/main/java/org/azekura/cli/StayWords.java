package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Whether snapshots stay, for people. */
final class StayWords {

    private StayWords() {}

    /** Why one stays; or that it expires. */
    static String why(JsonNode snapshot) {
        List<String> keeps = new ArrayList<>();
        snapshot.path("keeps").forEach(reason -> keeps.add(reason.asText()));
        return snapshot.path("expires").asBoolean() ? "expires" : String.join(", ", keeps);
    }

    /** What the rules say of the snapshots of a policy. */
    static int list(Root root, String policy) {
        JsonNode snapshots = root.rest().get("policies/" + Rest.encode(policy) + "/retention");
        if (root.json) {
            root.document(snapshots);
            return Exit.DONE;
        }
        Table table = new Table("ID", "TIME", "CLIENT", "SAVE SET", "STAYS BY");
        int expiring = 0;
        for (JsonNode snapshot : snapshots) {
            expiring += snapshot.path("expires").asBoolean() ? 1 : 0;
            table.row(Words.text(snapshot, "id"), Words.time(snapshot, "time"), Words.text(snapshot, "client"), Words.text(snapshot, "saveSet"), why(snapshot));
        }
        table.print(root.out());
        root.out().println(snapshots.size() - expiring + " snapshots stay, " + expiring + " expire");
        return Exit.DONE;
    }
}

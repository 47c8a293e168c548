package org.azekura.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;

/** Whether snapshots stay, for people. */
public final class StayWords {

    private StayWords() {}

    /** Why one stays; or that it expires. */
    static String why(JsonNode snapshot) {
        List<String> keeps = new ArrayList<>();
        snapshot.path("keeps").forEach(reason -> keeps.add(reason.asText()));
        return snapshot.path("expires").asBoolean() ? "expires" : String.join(", ", keeps);
    }

    /** What the rules say of the snapshots of a policy. */
    public static int list(Root root, String policy) {
        JsonNode snapshots = root.rest().get("policies/" + Rest.encode(policy) + "/retention");
        if (root.json()) {
            root.document(snapshots);
            return Exit.DONE;
        }
        Table table = new Table("ID", "TIME", "CLIENT", "SAVE SET", "STAYS BY");
        int staying = 0;
        for (JsonNode snapshot : snapshots) {
            staying += snapshot.path("expires").asBoolean() ? 0 : 1;
            table.row(Words.text(snapshot, "id"), Words.time(snapshot, "time"), Words.text(snapshot, "client"), Words.text(snapshot, "saveSet"), why(snapshot));
        }
        table.print(root.out());
        root.out().println(Words.count(staying, "snapshot") + (staying == 1 ? " stays, " : " stay, ") + (snapshots.size() - staying) + " to expire");
        return Exit.DONE;
    }
}

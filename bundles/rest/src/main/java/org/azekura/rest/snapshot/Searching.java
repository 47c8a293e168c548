package org.azekura.rest.snapshot;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.names.NameType;
import org.azekura.api.server.Snapshots.Bounds;
import org.azekura.api.server.Snapshots.Wanted;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Scope;

/** What a search asks for: by whom, and by the parameters of its address. */
final class Searching {

    static final List<Parameter> PARAMETERS = List.of(
            Parameter.text("name", "*.odt", "A pattern of names, or with a slash of whole paths").needed(),
            Parameter.text("client", "web1", "Only those of this client"),
            Parameter.text("saveSet", "srv", "Only those of this save set"),
            Parameter.text("below", "/srv/data", "Only what is below this folder; in percent form"),
            Parameter.word("type", Arrays.stream(NameType.values()).map(NameType::word).toList(), "Only what is of this type"),
            Parameter.text("smallest", "1048576", "Only what has so many bytes or more"),
            Parameter.text("largest", "1073741824", "Only what has so many bytes or less"),
            Parameter.time("from", "Only what was last written then or later"),
            Parameter.time("until", "Only what was last written before"),
            Parameter.flag("ignoreCase", "Takes upper and lower case for the same"),
            Parameter.text("after", "default:1f.20.3", "What the page before gave as next"));

    private Searching() {}

    static Wanted wanted(Call call) throws BackupException, Refusal {
        Bounds bounds = new Bounds(value(call, "saveSet", "the name of a save set", SaveSetName::new, null),
                value(call, "below", "a path in percent form", RawPath::fromPercent, null), call.query("type"),
                value(call, "smallest", "a number of bytes", Long::parseLong, 0L), value(call, "largest", "a number of bytes", Long::parseLong, Long.MAX_VALUE),
                call.instant("from"), call.instant("until"));
        if (call.query("name").isEmpty()) {
            throw Refusal.badRequest("request.value", "name", "an empty pattern finds nothing; give a name like *.pdf");
        }
        return new Wanted(call.query("name"), call.flag("ignoreCase"), clients(call), bounds, call.query("after"));
    }

    /** Those that are there for the caller; null for all. */
    private static Set<ClientName> clients(Call call) throws BackupException {
        ClientName client = Scope.client(call.caller(), call.query("client"));
        if (client != null) {
            return Set.of(client);
        }
        return Scope.isBounded(call.caller()) ? call.caller().clients() : null;
    }

    private static <T> T value(Call call, String parameter, String what, Function<String, T> read, T otherwise) throws Refusal {
        String text = call.query(parameter);
        try {
            return text == null ? otherwise : read.apply(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("request.value", parameter, parameter + " is " + what + ", not \"" + text + "\"");
        }
    }
}

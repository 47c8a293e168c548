package org.azekura.rest.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Role;
import org.azekura.api.names.NameType;
import org.azekura.api.server.Snapshots.Bounds;
import org.azekura.api.server.Snapshots.Wanted;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;

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
            Parameter.text("from", "2026-01-01T00:00:00Z", "Only what was last written then or later"),
            Parameter.text("until", "2026-02-01T00:00:00Z", "Only what was last written before"),
            Parameter.flag("ignoreCase", "Takes upper and lower case for the same"),
            Parameter.text("after", "default:1f.20.3", "What the page before gave as next"));

    private Searching() {}

    static Wanted wanted(Call call) throws BackupException, Refusal {
        Bounds bounds = new Bounds(value(call, "saveSet", "the name of a save set", SaveSetName::new, null),
                value(call, "below", "a path in percent form", RawPath::fromPercent, null), call.query("type"),
                value(call, "smallest", "a number of bytes", Long::parseLong, 0L), value(call, "largest", "a number of bytes", Long::parseLong, Long.MAX_VALUE),
                value(call, "from", "a time like 2026-01-01T00:00:00Z", Instant::parse, null),
                value(call, "until", "a time like 2026-01-01T00:00:00Z", Instant::parse, null));
        if (call.query("name").isEmpty()) {
            throw Refusal.badRequest("request.value", "name", "an empty pattern finds nothing; give a name like *.pdf");
        }
        return new Wanted(call.query("name"), call.flag("ignoreCase"), clients(call), bounds, call.query("after"));
    }

    /** Those that the caller has to do with; null for all. */
    private static Set<ClientName> clients(Call call) throws BackupException {
        ClientName client = Names.client(call.query("client"));
        Caller caller = call.caller();
        if (client != null) {
            return caller.sees(client) ? Set.of(client) : Set.of();
        }
        return caller.clients().isEmpty() && caller.role() != Role.RESTORER ? null : caller.clients();
    }

    private static <T> T value(Call call, String parameter, String what, Function<String, T> read, T otherwise) throws Refusal {
        String text = call.query(parameter);
        try {
            return text == null ? otherwise : read.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Refusal.badRequest("request.value", parameter, parameter + " is " + what + ", not \"" + text + "\"");
        }
    }
}

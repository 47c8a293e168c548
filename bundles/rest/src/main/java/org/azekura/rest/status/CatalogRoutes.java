package org.azekura.rest.status;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.server.Catalog;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** The catalog as a whole, from one store into another. */
public final class CatalogRoutes {

    private static final String NAME = "azekura-catalog.azc";
    /** A hundred million packs. */
    private static final long MOST = 64L << 30;
    private static final Parameter FILE = Parameter.text("name", NAME, "What the file is called, for what is said of it");

    private final Catalog catalog;

    public CatalogRoutes(Catalog catalog) {
        this.catalog = catalog;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("catalog").needs(Right.ADMINISTER).says("Sends the whole catalog as a file that any store can take in; it has the hashes of passwords in it").aboutAll().sendsFile()
                        .by(call -> new Reply.File(NAME, -1, null, this::send)),
                Route.put("catalog").needs(Right.ADMINISTER).says("Has such a file, which is the body, taken in at the next start, in place of a catalog into which nothing was saved yet")
                        .aboutAll().answers(Admitted.class).asks(FILE).takesFile(MOST, this::admit));
    }

    private void send(OutputStream to, long from, long length) throws IOException, BackupException {
        catalog.exportTo(to);
    }

    private Reply admit(Call call) throws BackupException {
        String name = call.query("name");
        catalog.admit(call.file(), name == null ? NAME : name);
        try {
            Files.deleteIfExists(call.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Reply.ok(new Admitted(true));
    }

    /** @param restart whether the appliance has to be started again for it */
    private record Admitted(boolean restart) {}
}

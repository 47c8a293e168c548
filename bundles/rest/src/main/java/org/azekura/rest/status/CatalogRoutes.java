package org.azekura.rest.status;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
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

    private static final Parameter LEAVE = Parameter.text("leave", "9f…", "What POST catalog/export gave");

    private final Catalog catalog;
    private final ExportLeaves leaves = new ExportLeaves(InstantSource.system());

    public CatalogRoutes(Catalog catalog) {
        this.catalog = catalog;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("catalog/export").needs(Right.ADMINISTER).says("Gives leave to fetch the whole catalog, once and within a day; it has the hashes of passwords in it").aboutAll()
                        .answers(Leave.class).dangerous(call -> null).by(call -> Reply.ok(new Leave(leaves.give(call.caller()), ExportLeaves.HOLDS.toSeconds()))),
                Route.get("catalog").needs(Right.ADMINISTER).says("Sends the whole catalog as a file that any store can take in, to who has leave").aboutAll().asks(LEAVE).sendsFile()
                        .by(this::export),
                Route.put("catalog").needs(Right.ADMINISTER).says("Has such a file, which is the body, taken in at the next start, in place of a catalog into which nothing was saved yet")
                        .aboutAll().answers(Admitted.class).asks(FILE).takesFile(MOST, catalog::requireAdmitting, this::admit));
    }

    private Reply export(Call call) throws BackupException {
        leaves.use(call.query("leave"), call.caller());
        return new Reply.File(NAME, -1, null, this::send);
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

    /**
     * @param leave  for {@code GET catalog?leave=}
     * @param within seconds
     */
    private record Leave(String leave, long within) {}

    /** @param restart whether the appliance has to be started again for it */
    private record Admitted(boolean restart) {}
}

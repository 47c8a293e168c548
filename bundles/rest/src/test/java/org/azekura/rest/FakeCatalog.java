package org.azekura.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.api.server.Catalog;

/** One that is a word. */
public final class FakeCatalog implements Catalog {

    public String content = "a catalog";
    public String admitted;
    public boolean taken;
    /** Null if this server leads. */
    public String leader;

    @Override
    public boolean leads() {
        return leader == null;
    }

    @Override
    public void requireLead() throws BackupException {
        if (leader != null) {
            throw BackupException.operator("server.standby", leader, "this server stands by; " + leader + " leads");
        }
    }

    @Override
    public <T> T read(Query<T> query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T write(Change<T> change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void exportTo(OutputStream out) throws IOException {
        out.write(content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void requireAdmitting() throws BackupException {
        if (taken) {
            throw BackupException.operator("catalog.taken", "", "something was saved here");
        }
    }

    @Override
    public void admit(Path file, String name) throws BackupException {
        try {
            String found = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (!found.endsWith("catalog")) {
                throw BackupException.operator("catalog.file", name, "the file " + name + ": it is no catalog");
            }
            admitted = name + ": " + found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

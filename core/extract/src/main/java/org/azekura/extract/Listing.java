package org.azekura.extract;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.azekura.api.BackupException;
import org.azekura.api.ByteSize;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.engine.plan.PathChoice;
import org.azekura.engine.plan.TreeWalk;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;

/** The files of one snapshot, or those at and below some paths, as they are read. */
record Listing(TreeReader trees, List<RawPath> wanted, PathForm form, Notes notes) {

    /** Takes one entry. */
    private interface Row {
        void entry(RawPath path, Entry entry) throws IOException;
    }

    void print(ChunkId root, PrintStream out) throws BackupException {
        walk(root, (path, entry) -> out.printf("%s%04o %10s  %s  %s%s%n", letter(entry.type()), entry.mode(), ByteSize.format(entry.size()),
                entry.mtime() == null ? "-" : entry.mtime(), form.shown(path),
                entry.target() == null ? "" : " -> " + form.shown(new RawPath(entry.target()))));
    }

    /** Elements of an array that was begun. */
    void write(ChunkId root, JsonGenerator json) throws BackupException {
        walk(root, (path, entry) -> {
            json.writeStartObject();
            json.writeStringField("path", form.exact(path));
            json.writeStringField("type", entry.type().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("size", entry.size());
            json.writeNumberField("mode", entry.mode());
            json.writeStringField("mtime", entry.mtime() == null ? null : entry.mtime().toString());
            json.writeEndObject();
        });
    }

    private void walk(ChunkId root, Row row) throws BackupException {
        PathChoice choice = new PathChoice(wanted);
        new TreeWalk(trees, new TreeWalk.Visitor() {
            @Override
            public boolean entry(RawPath path, Entry entry) {
                boolean taken = choice.takes(path);
                if (taken) {
                    show(path, entry);
                }
                return taken || choice.leadsTo(path);
            }

            private void show(RawPath path, Entry entry) {
                try {
                    row.entry(path, entry);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void unreadable(PathProblem problem) {
                notes.warn(form.shown(problem.path()) + ": " + problem.reason());
            }
        }).walk(root);
    }

    private static char letter(Entry.Type type) {
        return switch (type) {
            case FILE -> '-';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case FIFO -> 'p';
            case SOCKET -> 's';
            case BLOCK -> 'b';
            case CHARACTER -> 'c';
        };
    }
}

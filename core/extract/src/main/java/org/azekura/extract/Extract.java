package org.azekura.extract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.azekura.api.BackupException;
import org.azekura.api.ByteSize;
import org.azekura.api.ChunkId;
import org.azekura.api.Overwrite;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.engine.seal.RecoveryFile;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.tree.TreeReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program: reads the command line, lists or restores, ends with its exit code. */
@Command(name = "azekura extract", description = {"Lists and restores from bare volumes: no appliance, no catalog and no configuration is needed.",
        "VOLUME is the folder that holds a volume's label, like the pool's path, or one that copies were made to; PATH is absolute, as it was saved (default: all). A file /srv/a lands at DIR/srv/a.",
        "It may be a tape drive, too (/dev/sgN or iscsi://HOST:PORT/TARGET/LUN), fed by a robot (--changer) or by hand: then it asks for the cartridges of the set, one after the other.",
        "Without --key it names volumes, packs, snapshots and the key that is needed, and exits 4."},
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with warnings, 4 key missing or wrong.", "", "Examples:",
            "  azekura extract /mnt/disk --list --key default.key",
            "  azekura extract /mnt/disk --key default.key --to /tmp/restored /srv/data",
            "  azekura extract /dev/sg1 --changer /dev/sg0 --barcode A00001L8,A00002L8 --key default.key --to /tmp/restored"})
public final class Extract implements Callable<Integer> {

    private static final int MAX_KEY_BYTES = 4 * RecoveryFile.MAX_CHARS;

    private final PrintStream out;
    private final PrintStream err;
    private final Machine machine;

    @Parameters(arity = "1..*", paramLabel = "VOLUME… [PATH…]", description = "Volumes, then paths.")
    private List<String> arguments;

    @Option(names = "--changer", paramLabel = "URL", description = "The robot that feeds the drives, like /dev/sg0 (default: a hand feeds one drive).")
    private String changer;

    @Option(names = "--chap-file", paramLabel = "F", description = "File with the account for drives behind iscsi://, as the setting chapFile of a device names it.")
    private Path chapFile;

    @Option(names = "--barcode", paramLabel = "B", split = ",", description = "Cartridges that are meant, if not all in the library are to be looked at.")
    private List<String> barcodes = new ArrayList<>();

    @Option(names = "--work", paramLabel = "DIR", description = "Where to keep what is learnt of cartridges, so that another run need not read them through again.")
    private Path work;

    @Option(names = "--list", description = "Name what is there: snapshots, and the files of one.")
    private boolean list;

    @Option(names = "--key", paramLabel = "FILE", description = "The pool's recovery file, as \"azekura key export\" wrote it, or the lines of its sheet.")
    private Path key;

    @Option(names = "--to", paramLabel = "DIR", description = "Where to restore; made if it is not there.")
    private Path to;

    @Option(names = "--snapshot", paramLabel = "ID", description = "Which one, or its first digits (default: the newest).")
    private String snapshot;

    @Option(names = "--overwrite", paramLabel = "WHEN", defaultValue = "never", description = "never, older or always (default: ${DEFAULT-VALUE}).")
    private Overwrite overwrite;

    @Option(names = "--path-encoding", paramLabel = "FORM", defaultValue = "plain", description = "plain, or percent: %%XX is a byte, in paths given and shown.")
    private PathForm form;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Option(names = {"-v", "--verbose"}, description = "Name damage too that costs nothing.")
    private boolean verbose;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this and examples.")
    private boolean help;

    private Notes notes;
    private char[] passphrase;

    Extract(PrintStream out, PrintStream err, Machine machine) {
        this.out = out;
        this.err = err;
        this.machine = machine;
    }

    /** {@code azekura extract}, or {@code java -jar} of this program alone. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int exit = run(out, err, Machine.REAL, args);
        out.flush();
        System.exit(exit);
    }

    static int run(PrintStream out, PrintStream err, Machine machine, String... args) {
        CommandLine line = new CommandLine(new Extract(out, err, machine));
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, given) -> tell(err, Exit.USAGE, e.getMessage() + "; see azekura extract --help"));
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            out.flush();
            return switch (e) {
                case BackupException failure -> tell(err, Exit.of(failure), failure.getMessage());
                case IllegalArgumentException usage -> tell(err, Exit.USAGE, usage.getMessage() + "; see azekura extract --help");
                default -> tell(err, Exit.FAILED, e.toString());
            };
        });
        return line.execute(args);
    }

    private static int tell(PrintStream err, int exit, String message) {
        err.println("azekura: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
        return exit;
    }

    @Override
    public Integer call() throws BackupException, IOException {
        notes = new Notes(err, verbose);
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "warn" : "off");
        Arguments given = Arguments.sort(arguments, form);
        requireUsable(given);
        RecoveryFile recovery = key == null ? null : RecoveryFile.parse(new String(Volume.bytes(key, MAX_KEY_BYTES), StandardCharsets.UTF_8));
        if (given.drives().isEmpty()) {
            return read(given.folders().stream().map(Folder::new).toList(), given.paths(), recovery);
        }
        TapeSource source = new TapeSource(machine, changer, given.drives(), chapFile == null ? "" : chapFile.toAbsolutePath().toString(), barcodes, work, notes,
                new DriveKeys(recovery, () -> passphrase(recovery)));
        return source.read(recovery == null ? null : recovery.pool(), medium -> read(List.of(medium), given.paths(), recovery));
    }

    private int read(List<? extends Medium> from, List<RawPath> paths, RecoveryFile recovery) throws BackupException, IOException {
        AtHand hand = AtHand.open(from, notes);
        Media media = Media.read(recovery == null ? hand.named() : hand.fitting(recovery, notes), notes);
        if (recovery == null) {
            return withoutKey(media, hand.copies());
        }
        Unlocked keys = Unlocked.open(media, recovery, passphrase(recovery), notes);
        ChunkReader chunks = new ChunkReader(media, keys);
        Saved saved = media.snapshot(snapshot);
        Manifest manifest = saved.manifest();
        requireOpening(keys, manifest, recovery);
        return to == null || list ? list(media, chunks, saved, manifest.root(), paths) : restore(media, chunks, saved, manifest.root(), paths);
    }

    /** Says at once if this key was revoked before the snapshot, or is of another pool. */
    private static void requireOpening(Unlocked keys, Manifest manifest, RecoveryFile recovery) throws BackupException {
        try {
            keys.session(manifest.session(), manifest.sealedKey());
        } catch (BackupException e) {
            throw e.failure().code().equals("key.epoch") ? e : BackupException.operator("key.wrong", recovery.keyId(), "key " + recovery.keyId()
                    + " does not open snapshot " + manifest.snapshot() + " of pool " + manifest.pool() + ": " + e.getMessage());
        }
    }

    /** Asked for once; null if there is none. */
    private char[] passphrase(RecoveryFile recovery) {
        if (recovery.isProtected() && passphrase == null) {
            passphrase = passphrase();
        }
        return passphrase == null ? null : passphrase.clone();
    }

    /** Null if there is nobody to ask. */
    private static char[] passphrase() {
        String given = System.getenv("AZEKURA_PASSPHRASE");
        if (given != null) {
            return given.toCharArray();
        }
        return System.console() == null || !System.console().isTerminal() ? null : System.console().readPassword("Passphrase of the recovery file: ");
    }

    private void requireUsable(Arguments given) {
        if (list && to != null) {
            throw new IllegalArgumentException("give --list or --to, not both");
        }
        if (to != null && given.folders().stream().anyMatch(to.toAbsolutePath().normalize()::startsWith)) {
            throw new IllegalArgumentException("--to lies in a volume, which is only read; choose another folder");
        }
        if (given.drives().isEmpty() && (changer != null || chapFile != null || !barcodes.isEmpty() || work != null)) {
            throw new IllegalArgumentException("--changer, --chap-file, --barcode and --work are for cartridges; name a drive, like /dev/sg1");
        }
        if (changer == null && given.drives().size() > 1) {
            throw new IllegalArgumentException("one drive is fed by hand; name one, or the robot with --changer");
        }
    }

    private int withoutKey(Media media, List<Volume> copies) throws BackupException, IOException {
        Facts facts = new Facts(media);
        if (json) {
            try (JsonGenerator document = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
                document.writeStartObject();
                facts.write(document);
                Facts.writeCopies(copies, document);
                document.writeEndObject();
            }
            out.println();
        } else {
            facts.print(out);
            Facts.printCopies(copies, out);
        }
        out.flush();
        throw BackupException.operator("key.missing", "", "names and content are sealed; give the recovery file of key "
                + (facts.keys().isEmpty() ? "of this pool" : String.join(" or ", facts.keys()))
                + (media.pool() == null ? "" : " of pool " + media.pool()) + " with --key FILE (\"azekura key export\" writes it)");
    }

    private int list(Media media, ChunkReader chunks, Saved saved, ChunkId root, List<RawPath> paths) throws BackupException, IOException {
        Listing listing = new Listing(new TreeReader(new VolumePages(chunks)), paths, form, notes);
        if (json) {
            try (JsonGenerator document = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
                document.writeStartObject();
                new Facts(media).write(document);
                document.writeStringField("snapshot", saved.id().toString());
                document.writeArrayFieldStart("entries");
                listing.write(root, document);
                document.writeEndArray();
                document.writeEndObject();
            }
            out.println();
        } else {
            new Facts(media).print(out);
            out.println();
            out.println("snapshot " + saved.id() + ":");
            listing.print(root, out);
        }
        return notes.warned() ? Exit.WARNED : Exit.DONE;
    }

    private int restore(Media media, ChunkReader chunks, Saved saved, ChunkId root, List<RawPath> paths) throws BackupException, IOException {
        RawPath target = RawPath.of(to.toAbsolutePath().normalize().toString());
        Recovery.Outcome outcome = new Recovery(media, chunks, saved, root).restore(target, overwrite, paths, notes);
        if (json) {
            write(saved, outcome);
        } else {
            for (PathProblem problem : outcome.notRestored()) {
                notes.warn(form.shown(problem.path()) + ": " + problem.reason() + ranges(problem));
            }
            out.printf("restored %,d files, %s, of snapshot %s, below %s%n", outcome.files(), ByteSize.format(outcome.bytes()), saved.id(),
                    form.shown(target));
        }
        return notes.warned() || !outcome.notRestored().isEmpty() ? Exit.WARNED : Exit.DONE;
    }

    private static String ranges(PathProblem problem) {
        StringBuilder text = new StringBuilder();
        for (PathProblem.Range range : problem.ranges()) {
            text.append(text.isEmpty() ? " (bytes " : ", ").append(range.from()).append('-').append(range.to());
        }
        return text.isEmpty() ? "" : text.append(')').toString();
    }

    private void write(Saved saved, Recovery.Outcome outcome) throws IOException {
        try (JsonGenerator document = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            document.writeStartObject();
            document.writeStringField("snapshot", saved.id().toString());
            document.writeNumberField("files", outcome.files());
            document.writeNumberField("bytes", outcome.bytes());
            document.writeArrayFieldStart("notRestored");
            for (PathProblem problem : outcome.notRestored()) {
                document.writeStartObject();
                document.writeStringField("path", form.exact(problem.path()));
                document.writeStringField("reason", problem.reason());
                if (!problem.ranges().isEmpty()) {
                    document.writeArrayFieldStart("ranges");
                    for (PathProblem.Range range : problem.ranges()) {
                        document.writeStartObject();
                        document.writeNumberField("from", range.from());
                        document.writeNumberField("to", range.to());
                        document.writeEndObject();
                    }
                    document.writeEndArray();
                }
                document.writeEndObject();
            }
            document.writeEndArray();
            document.writeEndObject();
        }
        out.println();
    }
}

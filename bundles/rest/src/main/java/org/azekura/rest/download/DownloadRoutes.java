package org.azekura.rest.download;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.access.AuditLog;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.content.Contents;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Snapshots;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.snapshot.SeenSnapshots;

/** Files and folders of a snapshot, to be kept: one call says what and is told what stands in the way, the other, which a browser makes by itself, sends it. */
public final class DownloadRoutes {

    private static final String PATTERN = "downloads/{download}";
    private static final int MAX_PATHS = 1000;
    private static final int MAX_NAMED = 5;

    private final Snapshots snapshots;
    private final Jobs jobs;
    private final AuditLog log;
    private final Supplier<Contents> contents;
    private final Offers offers = new Offers(System::nanoTime);

    /** @param contents gives null while no client runs in this process */
    public DownloadRoutes(Snapshots snapshots, Jobs jobs, AuditLog log, Supplier<Contents> contents) {
        this.snapshots = snapshots;
        this.jobs = jobs;
        this.log = log;
        this.contents = contents;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("downloads").needs(Right.RESTORE).says("Makes files or a folder of a snapshot ready to be downloaded, for ten minutes, by whoever asks").answers(201, View.class)
                        .takes(Order.class, this::offer),
                Route.get(PATTERN).needs(Right.RESTORE).says("Sends what was made ready; of a file also the part that the header Range names").sendsFile().by(this::send));
    }

    private Reply offer(Call call, Order order) throws BackupException, Refusal {
        if (order.snapshot == null || order.paths == null || order.paths.isEmpty() || order.paths.size() > MAX_PATHS || order.paths.contains(null)) {
            throw Refusal.badRequest("request.value", order.snapshot == null ? "snapshot" : "paths",
                    "the field \"snapshot\" is the id of a snapshot, \"paths\" names 1 to " + MAX_PATHS + " of its files and folders");
        }
        reader();
        Snapshot snapshot = new SeenSnapshots(snapshots, call.caller()).find(order.snapshot);
        Selection selection = Selection.of(order.paths.stream().map(RawPath::fromPercent).toList());
        long size = look(snapshot, selection);
        Form wanted = form(order.form, size);
        Form form = fitting(wanted, order.form != null, requireThere(snapshot, selection));
        offers.requirePlace(call.caller().name());
        Offer offer = new Offer(offers.id(), call.caller().name(), Offer.session(call.entry().session()), snapshot, selection, form, name(snapshot, selection, form),
                form == Form.FILE ? size : -1);
        offers.put(offer);
        return Reply.made(201, "downloads/" + offer.id(), new View(offer.id(), offer.name(), form.word(), form == Form.FILE ? size : null, Offers.LIFE.toSeconds()));
    }

    private Contents reader() throws BackupException {
        Contents found = contents.get();
        if (found == null) {
            throw BackupException.network("client.offline", "", "what is downloaded is read by the client role of this appliance, which does not run here; start it with the role client,"
                    + " or restore to a client", null);
        }
        return found;
    }

    /** @return the size if it is one file, else -1 */
    private long look(Snapshot snapshot, Selection selection) throws BackupException {
        long size = -1;
        for (RawPath path : selection.paths()) {
            List<Snapshots.Listed> found = snapshots.list(snapshot.id(), path, null, 1);
            boolean isFile = found.size() == 1 && found.getFirst().path().equals(path) && found.getFirst().type().equals("file");
            size = isFile && selection.paths().size() == 1 ? found.getFirst().size() : -1;
        }
        return size;
    }

    private static Form form(String word, long size) throws Refusal {
        if (word == null) {
            return size < 0 ? Form.ZIP : Form.FILE;
        }
        Form form = Arrays.stream(Form.values()).filter(one -> one.word().equals(word)).findFirst().orElseThrow(() -> Refusal.badRequest("request.value", "form",
                "the field \"form\" is one of " + Arrays.stream(Form.values()).map(Form::word).collect(Collectors.joining(", ")) + "; not \"" + word + "\""));
        if (form == Form.FILE && size < 0) {
            throw Refusal.badRequest("request.value", "form", "only one file comes as a file; a folder, a link and several files come as \"zip\" or \"tar\"");
        }
        return form;
    }

    /** @param said whether the caller did */
    private static Form fitting(Form form, boolean said, long files) throws Refusal {
        if (form != Form.ZIP || files <= ZipArchive.MOST_NAMES) {
            return form;
        }
        if (said) {
            throw Refusal.badRequest("request.value", "form", "a zip has no more than " + ZipArchive.MOST_NAMES + " files, and these are " + files + "; take a \"tar\"");
        }
        return Form.TAR;
    }

    /** Nobody waits at a browser for a cartridge that somebody has to bring, nor for hours. @return how many files they are, at least with something in them */
    private long requireThere(Snapshot snapshot, Selection selection) throws BackupException {
        List<Snapshots.Lying> all = snapshots.where(snapshot.id(), selection.paths());
        requireBrought(snapshot, selection, all);
        List<String> away = all.stream().filter(lying -> !lying.there())
                .map(lying -> (lying.barcode() == null ? Objects.toString(lying.volume(), "a volume") : lying.barcode().value()) + " (" + lying.place() + ")").distinct().toList();
        if (!away.isEmpty()) {
            throw BackupException.media("volume.away", away.getFirst(), "a part of it lies on " + String.join(", ", away) + ", which can't be read now; bring it, or order a restore, which waits for it", null);
        }
        return all.stream().mapToLong(Snapshots.Lying::files).sum();
    }

    /** What comes by itself, but in hours and for money. */
    private static void requireBrought(Snapshot snapshot, Selection selection, List<Snapshots.Lying> all) throws BackupException {
        List<String> cold = all.stream().filter(lying -> !lying.there() && lying.taking() != null && lying.taking().waits() >= 0).map(Snapshots.Lying::place).distinct().toList();
        if (!cold.isEmpty()) {
            throw BackupException.media("blob.archived", cold.getFirst(), "a part of it has to be brought from an archive before it can be downloaded (" + String.join(", ", cold)
                    + "). Order a restore of it, which asks for it and waits (azekura restore " + snapshot.id() + " " + named(selection) + " --to DIR --thaw cheap, usual or fast); once its copies are there, it is downloaded, too", null);
        }
    }

    private static String named(Selection selection) {
        return selection.paths().stream().limit(MAX_NAMED).map(RawPath::toString).collect(Collectors.joining(" ")) + (selection.paths().size() > MAX_NAMED ? " ..." : "");
    }

    private static String name(Snapshot snapshot, Selection selection, Form form) {
        String only = selection.paths().size() == 1 ? Selection.last(selection.paths().getFirst()) : "";
        String name = only.isEmpty() ? snapshot.client() + "-" + DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(snapshot.received()) : only;
        return form == Form.FILE ? name : name + "." + form.word();
    }

    private Reply send(Call call) throws BackupException, Refusal {
        String id = call.place("download");
        Offer offer = offers.find(id, call.entry()).orElseThrow(() -> Names.unknown("download", id));
        // what he sees may be less than it was
        new SeenSnapshots(snapshots, call.caller()).find(offer.snapshot().id().toString());
        offers.requirePlace(offer.who());
        String tag = "\"" + offer.snapshot().id() + "-" + HexFormat.of().toHexDigits(offer.selection().paths().hashCode()) + "\"";
        return new Reply.File(offer.name(), offer.size(), tag, new Delivery(offer, call.entry(), offers, reader(), jobs, log, "GET " + PATTERN));
    }

    /**
     * @param paths in percent form
     * @param form  file, zip or tar; null: file for one, else zip, of very many tar
     */
    private record Order(String snapshot, List<String> paths, String form) {}

    /**
     * @param name  of the file that comes
     * @param size  in bytes; null of an archive
     * @param lives seconds that it may be asked for, from the end of the last time on
     */
    private record View(String download, String name, String form, Long size, long lives) {}
}

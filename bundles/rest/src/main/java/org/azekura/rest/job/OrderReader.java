package org.azekura.rest.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.Overwrite;
import org.azekura.api.PackId;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.StreamSource;
import org.azekura.api.access.Caller;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Snapshots;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Scope;
import org.azekura.rest.call.Thaws;
import org.azekura.rest.snapshot.SeenSnapshots;

/** Reads a job order: an object whose {@code kind} says which other fields there are. */
final class OrderReader {

    /** Which fields there are beside the kind. */
    static final Map<String, Class<?>> KINDS = kinds();

    /** Of a million files. */
    private static final String USUAL_SAMPLE = "10%";

    private final SeenSnapshots snapshots;
    private final Caller caller;

    /** @param caller who orders: he names only what is there for him */
    OrderReader(Snapshots snapshots, Caller caller) {
        this.snapshots = new SeenSnapshots(snapshots, caller);
        this.caller = caller;
    }

    JobOrder read(ObjectNode body) throws BackupException, Refusal {
        ObjectNode fields = body.deepCopy();
        JsonNode kind = fields.remove("kind");
        return switch (kind == null ? "" : kind.asText()) {
            case "backup" -> backup(Json.read(fields, Backup.class));
            case "restore" -> restore(Json.read(fields, Restore.class));
            case "drill" -> drill(Json.read(fields, Drill.class));
            case "mount" -> mount(Json.read(fields, Mount.class));
            case "copy" -> copy(Json.read(fields, Copy.class));
            case "verify" -> verify(Json.read(fields, Verify.class));
            case "heal" -> heal(Json.read(fields, Heal.class));
            case "lock" -> lock(Json.read(fields, Lock.class));
            case "prune" -> prune(Json.read(fields, Prune.class));
            case "expire" -> new JobOrder.Expire(Names.policy(Json.read(fields, Expire.class).policy));
            case "rebuild" -> rebuild(Json.read(fields, Rebuild.class));
            case String other when LibraryOrder.KINDS.contains(other) -> LibraryOrder.read(other, Json.read(fields, LibraryOrder.class));
            default -> throw Refusal.badRequest("request.value", "kind", "the field \"kind\" is one of " + String.join(", ", KINDS.keySet()));
        };
    }

    private static Map<String, Class<?>> kinds() {
        Map<String, Class<?>> kinds = new LinkedHashMap<>();
        kinds.put("backup", Backup.class);
        kinds.put("restore", Restore.class);
        kinds.put("drill", Drill.class);
        kinds.put("mount", Mount.class);
        kinds.put("copy", Copy.class);
        kinds.put("verify", Verify.class);
        kinds.put("heal", Heal.class);
        kinds.put("lock", Lock.class);
        kinds.put("prune", Prune.class);
        kinds.put("expire", Expire.class);
        kinds.put("rebuild", Rebuild.class);
        LibraryOrder.KINDS.forEach(kind -> kinds.put(kind, LibraryOrder.class));
        return Collections.unmodifiableMap(kinds);
    }

    private JobOrder backup(Backup order) throws BackupException, Refusal {
        boolean noPaths = order.paths == null || order.paths.isEmpty();
        if (order.stdin != null && (!noPaths || order.stdin.name == null)) {
            throw Refusal.badRequest("request.value", "stdin", "the field \"stdin\" stands instead of \"paths\", like {\"name\": \"db.sql\", \"stream\": 7}");
        }
        if (order.stdin == null && noPaths && (order.paths != null || order.saveSet == null)) {
            throw Refusal.badRequest("request.value", "paths", "the field \"paths\" names at least one absolute path, like [\"/srv\"], or leave it out for a save set that is kept");
        }
        SaveSet saveSet = new SaveSet(new SaveSetName(order.saveSet), noPaths ? List.of() : paths(order.paths), WantedRule.all(order.rules),
                order.oneFileSystem);
        StreamSource stream = order.stdin == null ? null : new StreamSource(RawPath.fromPercent(order.stdin.name), order.stdin.stream);
        return new JobOrder.Backup(Scope.client(caller, order.client), Names.pool(order.pool), saveSet, stream, order.dryRun,
                order.only, limit(order.limit), null, null);
    }

    private static long limit(long perSecond) {
        return perSecond == 0 ? 0 : Bandwidth.require(perSecond);
    }

    private JobOrder restore(Restore order) throws BackupException, Refusal {
        if (order.to == null) {
            throw Refusal.badRequest("request.value", "to", "the field \"to\" names an absolute directory, like \"/tmp/restored\"");
        }
        return new JobOrder.Restore(snapshot(order.snapshot), order.paths == null ? List.of() : paths(order.paths), Scope.client(caller, order.client),
                RawPath.fromPercent(order.to), overwrite(order.overwrite), order.dryRun, Names.pool(order.fromCopy), limit(order.limit), null,
                new Hooks(hook(order.pre), hook(order.post), null), Thaws.of(order.thaw));
    }

    private JobOrder drill(Drill order) throws BackupException, Refusal {
        if (order.seed < 0) {
            throw Refusal.badRequest("request.value", "seed", "a seed is a number above 0; 0 has the server choose one");
        }
        Sampling sample = Sampling.parse(order.sample == null ? USUAL_SAMPLE : order.sample);
        return new JobOrder.Drill(snapshot(order.snapshot), Scope.client(caller, order.client), null, Names.pool(order.fromCopy),
                sample.perMillion() == JobOrder.DrillSample.ALL ? null : new JobOrder.DrillSample(sample.perMillion(), sample.files(), order.seed), order.keepScratch, Thaws.of(order.thaw));
    }

    private JobOrder mount(Mount order) throws BackupException, Refusal {
        if (order.stream <= 0) {
            throw Refusal.badRequest("request.value", "stream", "the field \"stream\" is the number that a client gave a command on its host");
        }
        return new JobOrder.Mount(snapshot(order.snapshot), Scope.client(caller, order.client), order.stream);
    }

    private JobOrder copy(Copy order) throws BackupException, Refusal {
        if (order.to == null) {
            throw Refusal.badRequest("request.value", "to", "the field \"to\" names the pool that gets the copies, like \"offsite\"");
        }
        if ((order.pool == null) == (order.snapshot == null)) {
            throw Refusal.badRequest("request.value", "snapshot", "give \"pool\" or \"snapshot\", one of them");
        }
        return new JobOrder.Copy(Names.pool(order.to), Names.pool(order.pool), order.snapshot == null ? null : snapshot(order.snapshot));
    }

    private JobOrder verify(Verify order) throws BackupException, Refusal {
        if (Stream.of(order.pool, order.snapshot, order.volume).filter(Objects::nonNull).count() > 1) {
            throw Refusal.badRequest("request.value", "snapshot", "give one of \"pool\", \"snapshot\" and \"volume\"");
        }
        if (order.bytes < 0 || order.seconds < 0) {
            throw Refusal.badRequest("request.value", order.bytes < 0 ? "bytes" : "seconds", "a budget is not negative; 0 is no bound");
        }
        return new JobOrder.Verify(Names.pool(order.pool), order.snapshot == null ? null : snapshot(order.snapshot), depth(order.depth),
                order.bytes, order.seconds, order.volume);
    }

    private static JobOrder.Depth depth(String word) throws Refusal {
        return switch (word == null ? "checksums" : word) {
            case "index" -> JobOrder.Depth.INDEX;
            case "checksums" -> JobOrder.Depth.CHECKSUMS;
            case "content" -> JobOrder.Depth.CONTENT;
            default -> throw Refusal.badRequest("request.value", "depth", "the field \"depth\" is one of index, checksums, content; not \"" + word + "\"");
        };
    }

    private static JobOrder heal(Heal order) throws BackupException, Refusal {
        if (order.pool == null) {
            throw Refusal.badRequest("request.value", "pool", "the field \"pool\" names the pool in which the packs are damaged");
        }
        if (order.packs == null || order.packs.isEmpty() || order.packs.contains(null)) {
            throw Refusal.badRequest("request.value", "packs", "the field \"packs\" names at least one pack, by the name of its file");
        }
        try {
            return new JobOrder.Heal(Names.pool(order.pool), order.packs.stream().map(PackId::parse).toList());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("request.value", "packs", e.getMessage());
        }
    }

    private static JobOrder lock(Lock order) throws BackupException, Refusal {
        if (order.pool == null) {
            throw Refusal.badRequest("request.value", "pool", "the field \"pool\" names the pool whose media are to lock what is there");
        }
        return new JobOrder.Lock(Names.pool(order.pool));
    }

    private static JobOrder prune(Prune order) throws BackupException {
        return new JobOrder.Prune(Names.pool(order.pool), order.dryRun, order.early);
    }

    private static JobOrder rebuild(Rebuild order) throws Refusal {
        if (order.from == null || order.from.isEmpty() || order.from.contains(null)) {
            throw Refusal.badRequest("request.value", "from", "the field \"from\" names at least one folder that holds a volume, like [\"/mnt/disk\"]");
        }
        return new JobOrder.Rebuild(order.from);
    }

    private SnapshotId snapshot(String id) throws BackupException, Refusal {
        if (id == null) {
            throw Refusal.badRequest("request.value", "snapshot", "the field \"snapshot\" is missing: the id of a snapshot");
        }
        return snapshots.find(id).id();
    }

    private static Overwrite overwrite(String word) throws Refusal {
        return switch (word == null ? "never" : word) {
            case "never" -> Overwrite.NEVER;
            case "older" -> Overwrite.OLDER;
            case "always" -> Overwrite.ALWAYS;
            default -> throw Refusal.badRequest("request.value", "overwrite",
                    "the field \"overwrite\" is one of never, older, always; not \"" + word.toLowerCase(Locale.ROOT) + "\"");
        };
    }

    private static HookName hook(String name) {
        return name == null ? null : new HookName(name);
    }

    private static List<RawPath> paths(List<String> percent) throws Refusal {
        if (percent.contains(null)) {
            throw Refusal.badRequest("request.value", "paths", "a path must not be null");
        }
        return percent.stream().map(RawPath::fromPercent).toList();
    }

    /**
     * @param paths in percent form
     * @param limit bytes a second, 0 without one
     */
    private record Backup(String client, String pool, String saveSet, List<String> paths, Stdin stdin, List<WantedRule> rules,
            boolean oneFileSystem, boolean dryRun, boolean only, long limit) {}

    /** @param name in percent form */
    private record Stdin(String name, long stream) {}

    /**
     * @param paths in percent form; none for all
     * @param to    in percent form
     * @param limit bytes a second, 0 without one
     * @param thaw  how soon what lies in an archive is wanted; null: as the pool is set
     */
    private record Restore(String snapshot, List<String> paths, String client, String to, String overwrite, boolean dryRun, String fromCopy,
            long limit, String pre, String post, String thaw) {}

    /**
     * @param sample {@link Sampling#FORMS}; null: a tenth
     * @param seed   with which the server chooses; 0: with one of its own
     * @param thaw   null: nothing is asked of an archive
     */
    private record Drill(String snapshot, String client, String fromCopy, String sample, long seed, boolean keepScratch, String thaw) {}

    /** @param stream as the client on whose host it is mounted knows it */
    private record Mount(String snapshot, String client, long stream) {}

    private record Copy(String to, String pool, String snapshot) {}

    private record Verify(String pool, String snapshot, String depth, long bytes, long seconds, String volume) {}

    private record Heal(String pool, List<String> packs) {}

    private record Lock(String pool) {}

    private record Prune(String pool, boolean dryRun, boolean early) {}

    /** @param policy null for all */
    private record Expire(String policy) {}

    private record Rebuild(List<String> from) {}
}

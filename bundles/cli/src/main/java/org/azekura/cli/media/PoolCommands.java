package org.azekura.cli.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.PoolName;
import org.azekura.api.TimeSpan;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.key.KeyFiles;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.PathForm;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura pool …} */
@Command(name = "pool", description = "Media pools and their devices.", footer = {"", "Example:", "  azekura pool list"})
public final class PoolCommands extends Group {

    private final Root root;

    public PoolCommands(Root root) {
        this.root = root;
    }

    @Command(name = "create", description = {"Makes a pool with a device of its own, or on cartridges of a library that \"azekura device add\""
            + " has added: --set library=DEVICE, with --set barcode=BARCODE for the first of them if it is not to be the first that is empty, and"
            + " --set spool=SIZE for what may wait on the storage node's disk for tape.",
            "A relative path of the setting \"path\" counts from the working folder."},
            footer = {"", "Example:", "  azekura pool create offsite --driver disk --set path=/mnt/offsite --node cellar --group sites",
                    "  azekura pool create tape --driver simulator --set library=lib1 --set barcode=A00001L8"})
    int create(@Parameters(paramLabel = "NAME", description = "Of the new pool.") String name,
            @Option(names = "--driver", required = true, paramLabel = "DRIVER", description = "Kind of device, like disk.") String driver,
            @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the driver; may be repeated.") Map<String, String> given,
            @Option(names = "--recipient", paramLabel = "FILE", description = "Public key of one more who can read the pool; may be repeated.") List<Path> recipients,
            @Option(names = "--sealed", description = "The appliance itself can't read the pool, only the recipients.") boolean sealed,
            @Option(names = "--node", paramLabel = "NODE", description = "Storage node that has the device (default: the appliance's own, else the only one).") String node,
            @Mixin PoolTuning tuning) {
        try {
            new PoolName(name);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.USAGE, e.getMessage(), e);
        }
        Map<String, String> settings = given == null ? new LinkedHashMap<>() : given;
        // the folder that the user means is seen from here, not from the server
        settings.computeIfPresent("path", (key, path) -> path.isEmpty() ? path : PathForm.PLAIN.absoluteText(path));
        ObjectNode order = Json.object().put("name", name).put("driver", driver);
        ObjectNode values = order.putObject("settings");
        settings.forEach(values::put);
        Json.putGiven(order, "node", node);
        tuning.put(order);
        if (recipients != null) {
            recipients.forEach(file -> order.withArray("recipients").add(KeyFiles.read(file)));
        } else if (sealed) {
            throw CommandFailure.usage("a sealed pool needs somebody who can read it: give --recipient FILE, as \"azekura key generate\" makes it");
        }
        if (sealed) {
            order.put("sealed", true);
        }
        JsonNode pool = root.rest().post("pools", order);
        if (root.json()) {
            root.document(pool);
        } else if (sealed) {
            root.out().println("pool " + name + " is there; only its recipients can read it");
        } else {
            root.out().println("pool " + name + " is there; keep its recovery file: azekura key export --pool " + name + " --to FILE");
        }
        return Exit.DONE;
    }

    @Command(name = "set", description = {"Changes how a pool is filled and pruned.", "What lies there already is not compressed anew."},
            footer = {"", "Example:", "  azekura pool set default --live-percent 70", "  azekura pool set cloud --thaw cheap"})
    int set(@Parameters(paramLabel = "NAME", description = "Of the pool.") String name,
            @Mixin PoolTuning tuning,
            @Option(names = "--thaw", paramLabel = "WAY", description = "How soon what lies in its archive is wanted where nobody says it: cheap, usual or fast (at first: usual).") String thaw,
            @Option(names = "--no-group", description = "Nothing stands in for it any more.") boolean alone) {
        if (tuning.hasGroup() && alone) {
            throw CommandFailure.usage("give --group or --no-group, not both");
        }
        ObjectNode change = Json.object();
        tuning.put(change);
        if (alone) {
            change.put("group", "");
        }
        Json.putGiven(change, "thaw", thaw);
        if (change.isEmpty()) {
            throw CommandFailure.usage("say what is to change: --group, --no-group, --patience, --live-percent, --compression-level, --thaw");
        }
        JsonNode pool = root.rest().post("pools/" + Rest.encode(name), change);
        if (root.json()) {
            root.document(pool);
        } else {
            root.out().println("pool " + name + ": packs are rewritten when less than " + Words.text(pool, "livePercent")
                    + " % of them is alive; compression is zstd level " + Words.text(pool, "compressionLevel")
                    + (Words.text(pool, "group").isEmpty() ? "" : "; group " + Words.text(pool, "group") + ", after " + Words.text(pool, "patience") + " s"));
        }
        return Exit.DONE;
    }

    @Command(name = "lock", description = {"Has nobody delete what lies in a pool for so long from when it was received, this appliance's administrator included. What is there already is locked, too.",
            "A lock can only be made longer, and nobody can take it back. Without --for it shows the lock.", "Where the device can, the medium itself locks, too: in the mode governance whoever owns"
            + " the device can lift that (root, an account with a right of its own), in the mode compliance nobody can."},
            footer = {"", "Example:", "  azekura pool lock offsite --for 30d --mode compliance"})
    int lock(@Parameters(paramLabel = "NAME", description = "Of the pool.") String name,
            @Option(names = "--for", paramLabel = "TIME", description = "From when a snapshot was received, like 30d or 1y.") String time,
            @Option(names = "--mode", paramLabel = "MODE", description = "How media lock, where they can: governance or compliance; what it is stays, and is governance at first.") String mode) {
        String address = "pools/" + Rest.encode(name) + "/lock";
        long seconds = time == null ? 0 : TimeSpan.seconds(time);
        if (time != null && seconds <= 0) {
            throw CommandFailure.usage("--for is a time like 30d or 1y, not \"" + time + "\"");
        }
        if (time == null && mode != null) {
            throw CommandFailure.usage("--mode needs --for");
        }
        JsonNode lock = time == null ? root.rest().get(address) : root.rest().post(address, order(seconds, mode));
        if (root.json()) {
            root.document(lock);
        } else {
            long now = lock.path("seconds").asLong();
            root.out().println(now == 0 ? "pool " + name + " has no lock" : "nobody deletes what lies in pool " + name + " for " + TimeSpan.format(Duration.ofSeconds(now))
                    + " from when it was received; " + medium(lock));
        }
        return Exit.DONE;
    }

    private static ObjectNode order(long seconds, String mode) {
        ObjectNode order = Json.object().put("seconds", seconds);
        return mode == null ? order : order.put("mode", mode);
    }

    private static String medium(JsonNode lock) {
        List<String> device = new ArrayList<>();
        lock.path("device").forEach(mode -> device.add(mode.asText()));
        String wanted = Words.text(lock, "mode");
        if (lock.path("device").isNull()) {
            return "its medium is asked to lock it, too (mode " + wanted + "), when its storage node is there";
        }
        return device.isEmpty() ? "its device locks nothing: only this appliance keeps it"
                : device.contains(wanted) ? "its medium is asked to lock it, too (mode " + wanted + ")"
                : "its device locks in the mode " + String.join(", ", device) + ", not in " + wanted;
    }

    @Command(name = "rules", description = {"Which cartridges a pool may have, and what becomes of them. Without an option it shows the rules, else it changes them."},
            footer = {"", "Example:", "  azekura pool rules tape --blank no --keep 30d"})
    int rules(@Parameters(paramLabel = "NAME", description = "Of the pool.") String name,
            @Option(names = "--blank", paramLabel = "yes|no", description = "Whether it takes blank cartridges by itself; else only those that \"volume label\" has labelled for it.") String blank,
            @Option(names = "--scratch", paramLabel = "yes|no", description = "Whether it takes cartridges that are needed no more.") String scratch,
            @Option(names = "--keep", paramLabel = "TIME", description = "None is labelled anew before so long after packs last came on it, like 30d; 0s: at once.") String keep,
            @Option(names = "--repack", paramLabel = "N", description = "One of which less than so many per cent count is copied away by a prune, 0 to 100; 0: none is, but for suspect ones.") Integer repack,
            @Option(names = "--cut-after", paramLabel = "TIME", description = "The one that is written is closed so long after it was labelled, like 7d, so that it can go to the vault; 0s: when"
                    + " it is full.") String cutAfter,
            @Option(names = "--cut-size", paramLabel = "SIZE", description = "The same with so much on it, like 2TiB; 0: when it is full.") String cutSize,
            @Option(names = "--reserve", paramLabel = "N", description = "Backups leave so many free cartridges for what is copied away, 0 to 100; a pool keeps one for three that it"
                    + " lies on at most. 0: they take the last one, too.") Integer reserve,
            @Option(names = "--set-after", paramLabel = "TIME", description = "The next media set begins so long after the open one began, like 7d; 0s: when \"pool cut\" says so.") String setAfter,
            @Option(names = "--set-size", paramLabel = "SIZE", description = "The same with so much in it, like 20TiB; 0: when \"pool cut\" says so.") String setSize,
            @Option(names = "--encryption", paramLabel = "drive|none", description = "Whether drives seal what they write, from the next time on that a cartridge is loaded. What lies there stays as it"
                    + " is and is read all the same; labels are never sealed.") String encryption,
            @Option(names = "--error-factor", paramLabel = "N", description = "One of which two drives corrected N times as many errors in a gigabyte as they usually do is suspect; 0: none is.") Integer errorFactor) {
        ObjectNode change = MediaRuleWords.change(blank, scratch, keep, repack, cutAfter, cutSize, reserve, setAfter, setSize, encryption, errorFactor);
        String address = "pools/" + Rest.encode(name) + "/rules";
        JsonNode rules = change.isEmpty() ? root.rest().get(address) : root.rest().post(address, change);
        if (root.json()) {
            root.document(rules);
        } else {
            MediaRuleWords.print(rules, new Facts(root.out()));
        }
        return Exit.DONE;
    }

    @Command(name = "cut", description = {"Closes the media set of a pool in a library and begins the next one, on a cartridge of its own.",
            "What is saved from then on is written there anew, so that each set is complete by itself and can go to the vault."},
            footer = {"", "Example:", "  azekura pool cut tape"})
    int cut(@Parameters(paramLabel = "NAME", description = "Of the pool.") String name) {
        JsonNode set = root.rest().post("pools/" + Rest.encode(name) + "/cut", Json.object());
        if (root.json()) {
            root.document(set);
        } else {
            root.out().println("set " + Words.text(set, "set") + " of pool " + name + " is open, and called " + Words.text(set, "name"));
        }
        return Exit.DONE;
    }

    @Command(name = "list", description = "All pools.", footer = {"", "Example:", "  azekura pool list --json"})
    int list() {
        JsonNode pools = root.rest().get("pools");
        if (root.json()) {
            root.document(pools);
            return Exit.DONE;
        }
        Table table = new Table("NAME", "DRIVER", "NODE", "GROUP", "USED>", "CAPACITY>", "CREATED", "KEY EXPORTED");
        for (JsonNode pool : pools) {
            table.row(Words.text(pool, "name"), Words.text(pool, "driver"), Words.text(pool, "node"), Words.text(pool, "group"), Words.size(pool, "used"),
                    Words.size(pool, "capacity"), Words.time(pool, "created"), exported(pool));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "show", description = "A pool and its volumes.", footer = {"", "Example:", "  azekura pool show default"})
    int show(@Parameters(paramLabel = "NAME", description = "Of the pool.") String name) {
        JsonNode pool = root.rest().get("pools/" + Rest.encode(name));
        if (root.json()) {
            root.document(pool);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("name", Words.text(pool, "name"));
        facts.put("driver", Words.text(pool, "driver"));
        facts.put("node", Words.text(pool, "node"));
        if (!Words.text(pool, "group").isEmpty()) {
            facts.put("group", Words.text(pool, "group"));
            facts.put("patience", Words.text(pool, "patience") + " s");
        }
        facts.put("device", Words.text(pool, "device"));
        facts.put("used", Words.size(pool, "used"));
        facts.put("capacity", Words.size(pool, "capacity"));
        facts.put("created", Words.time(pool, "created"));
        facts.put("key exported", exported(pool));
        facts.put("compression", "zstd level " + Words.text(pool, "compressionLevel"));
        facts.put("read back", CoverageWords.of(root.rest().get("pools/" + Rest.encode(name) + "/coverage?days=1").path(0)));
        facts.put("rewritten", "below " + Words.text(pool, "livePercent") + " % alive");
        // a device of a pool's own is called as the pool: no cartridges, no rules for them
        if (!Words.text(pool, "device").equals(Words.text(pool, "name"))) {
            MediaRuleWords.print(root.rest().get("pools/" + Rest.encode(name) + "/rules"), facts);
        }
        root.out().println();
        VolumeCommands.print(root, pool.path("volumes"));
        return Exit.DONE;
    }

    @Command(name = "delete", description = {"Deletes a pool that holds nothing any more, with its keys.", "What is on its medium stays there; its cartridges"
            + " may be labelled anew by other pools."}, footer = {"", "Example:", "  azekura pool delete old"})
    int delete(@Parameters(paramLabel = "NAME", description = "Of the pool.") String name) {
        JsonNode pool = root.rest().delete("pools/" + Rest.encode(name));
        if (root.json()) {
            root.document(pool);
            return Exit.DONE;
        }
        root.out().println("pool " + Words.text(pool, "name") + " is deleted" + left(pool));
        return Exit.DONE;
    }

    private static String left(JsonNode pool) {
        List<String> places = new ArrayList<>();
        pool.path("volumes").forEach(volume -> places.add(Words.text(volume, Words.text(volume, "barcode").isEmpty() ? "location" : "barcode")));
        return places.isEmpty() ? "" : "; what lies on " + String.join(", ", places) + " stays there";
    }

    private static String exported(JsonNode pool) {
        String time = Words.time(pool, "keyExported");
        return time.isEmpty() ? "never" : time;
    }
}

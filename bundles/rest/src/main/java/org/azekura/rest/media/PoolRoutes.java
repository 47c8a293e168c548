package org.azekura.rest.media;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.azekura.api.BackupException;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Thaw;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Pages;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Secret;
import org.azekura.rest.call.Thaws;

/** Media pools and their volumes. */
public final class PoolRoutes {

    private final Pools pools;

    public PoolRoutes(Pools pools) {
        this.pools = pools;
    }

    public List<Route> routes() {
        Route tune = Route.patch("pools/{pool}").needs(Right.OPERATE).says("Changes how a pool is pruned, compressed and waited for").answers(OnePool.class)
                .takes(Change.class, this::tune);
        Route rule = Route.patch("pools/{pool}/rules").needs(Right.OPERATE).says("Changes which cartridges a pool may have").answers(Ruled.class)
                .dangerousIf(this::protectsLess, call -> MediaRulesView.of(pools.rules(pool(call)))).takes(MediaRulesView.Change.class, this::rule);
        return List.of(
                Route.get("pools").needs(Right.READ).says("All media pools").lists(PoolRow.class).by(call -> Reply.ok(list())),
                Route.get("pools/{pool}").needs(Right.READ).says("One media pool with its volumes").answers(OnePool.class).by(call -> Reply.ok(one(pools.get(pool(call))))),
                Route.post("pools").needs(Right.OPERATE).says("Makes a pool, and a device of its own or a place in a library").answers(201, OnePool.class)
                        .takes(Order.class, this::create),
                tune, tune.asPost(),
                Route.get("pools/{pool}/rules").needs(Right.READ).says("Which cartridges a pool may have, and what becomes of them").answers(Ruled.class)
                        .by(call -> Reply.ok(ruled(pools.rules(pool(call))))),
                rule, rule.asPost(),
                Route.delete("pools/{pool}").needs(Right.OPERATE).says("Forgets a pool that nothing holds, and its keys").answers(OnePool.class)
                        .dangerous(this::terms).by(this::delete),
                Route.post("pools/{pool}/cut").needs(Right.OPERATE).says("Opens a pool's next media set").answers(SetRow.class).by(this::cut),
                Route.post("pools/{pool}/remake").needs(Right.OPERATE).says("Makes a pool's volume anew that is gone as a whole").answers(OnePool.class)
                        .by(call -> Reply.ok(one(pools.remake(pool(call))))),
                // POST: it is written down that the key was exported
                Route.post("pools/{pool}/recovery").needs(Right.ADMINISTER).says("The recovery file of a pool's key, which is secret").answersText("text/plain")
                        .dangerous(this::terms)
                        .takes(Recovery.class, (call, order) -> new Reply.Text("text/plain", pools.exportKey(pool(call), new Pools.KeyForm(order.passphrase, order.sheet)))),
                Route.get("volumes").needs(Right.READ).says("Volumes of all pools, and cartridges that are free").pages(VolumeRow.class)
                        .asks(Parameter.text("pool", "default", "Only those of this pool")).by(this::volumes));
    }

    /** @param passphrase that closes the key, null for none @param sheet only the lines for a page of paper */
    private record Recovery(@Secret String passphrase, boolean sheet) {}

    private static PoolName pool(Call call) throws BackupException {
        return Names.pool(call.place("pool"));
    }

    private Reply create(Call call, Order order) throws BackupException, Refusal {
        if (order.driver == null) {
            throw Refusal.badRequest("request.value", "driver", "the field \"driver\" is missing, like \"disk\"");
        }
        Map<String, String> settings = order.settings == null ? Map.of() : order.settings;
        if (order.settings != null && settings.containsValue(null)) {
            throw Refusal.badRequest("request.value", "settings", "a setting must not be null; leave it out to get its default");
        }
        Pools.Tuning tuning = new Pools.Tuning(order.livePercent, order.compressionLevel, order.patience);
        Pools.Site site = new Pools.Site(Names.node(order.node), order.group == null ? null : new PoolGroup(order.group));
        Pool pool = pools.create(new PoolName(order.name), order.driver, settings, readers(order), site);
        if (!tuning.isEmpty()) {
            pool = pools.tune(pool.name(), tuning);
        }
        return Reply.made(201, "pools/" + pool.name(), one(pool));
    }

    private Reply delete(Call call) throws BackupException {
        OnePool pool = one(pools.get(pool(call)));
        pools.delete(pool(call));
        return Reply.ok(pool);
    }

    private Reply cut(Call call) throws BackupException, Refusal {
        PoolName pool = pool(call);
        PoolName open = pools.cut(pool).name();
        List<VolumeRow> volumes = new ArrayList<>();
        for (Volume volume : pools.volumes(open)) {
            volumes.add(row(volume));
        }
        return Reply.ok(new SetRow(pool.value(), open.value(), pools.set(open), volumes));
    }

    private Reply tune(Call call, Change change) throws BackupException, Refusal {
        Pools.Tuning tuning = new Pools.Tuning(change.livePercent, change.compressionLevel, change.patience);
        Thaw thaw = Thaws.of(change.thaw);
        if (tuning.isEmpty() && change.group == null && thaw == null) {
            throw Refusal.badRequest("request.value", "", "say what is to change: \"livePercent\", \"compressionLevel\", \"patience\", \"group\", \"thaw\"");
        }
        PoolName name = pool(call);
        if (thaw != null) {
            pools.thaw(name, thaw);
        }
        if (change.group != null) {
            pools.group(name, change.group.isEmpty() ? null : new PoolGroup(change.group));
        }
        return Reply.ok(one(tuning.isEmpty() ? pools.get(name) : pools.tune(name, tuning)));
    }

    private Reply rule(Call call, MediaRulesView.Change wanted) throws BackupException, Refusal {
        Pools.Rules change = MediaRulesView.read(wanted);
        if (change.isEmpty()) {
            throw Refusal.badRequest("request.value", "", "say what is to change: \"blank\", \"scratch\", \"keep\", \"repack\", \"cutAfter\", \"cutSize\", \"reserve\","
                    + " \"setAfter\", \"setSize\", \"encryption\", \"errorFactor\"");
        }
        return Reply.ok(ruled(pools.rule(pool(call), change)));
    }

    private Terms terms(Call call) throws BackupException {
        Pool pool = pools.get(pool(call));
        return new Terms(pool.driver(), pool.node().value(), pool.device().value(), Json.time(pool.created()));
    }

    /** What stays of a pool. @param created says that it is not another one of that name */
    private record Terms(String driver, String node, String device, String created) {}

    /** Whether cartridges are free sooner, drives seal no more what they write, or fewer of those that read badly are suspect. */
    private boolean protectsLess(Call call) throws BackupException, Refusal {
        Pools.Rules wanted = MediaRulesView.read(call.read(MediaRulesView.Change.class));
        MediaRules was = pools.rules(pool(call));
        boolean sooner = wanted.keep_s() != null && Duration.ofSeconds(wanted.keep_s()).compareTo(was.keep()) < 0;
        boolean open = Boolean.FALSE.equals(wanted.sealed()) && was.sealed();
        Integer factor = wanted.errorFactor();
        return sooner || open || factor != null && was.errorFactor() > 0 && (factor == 0 || factor > was.errorFactor());
    }

    private Ruled ruled(MediaRules rules) throws BackupException {
        return new Ruled(MediaRulesView.of(rules), pools.sealingDoubt(rules.pool()));
    }

    private static Pools.Readers readers(Order order) throws Refusal {
        List<String> recipients = order.recipients == null ? List.of() : order.recipients;
        if (recipients.stream().anyMatch(Objects::isNull)) {
            throw Refusal.badRequest("request.value", "recipients", "each of \"recipients\" is the text of a public key file");
        }
        return new Pools.Readers(recipients, order.sealed);
    }

    private List<PoolRow> list() throws BackupException {
        List<PoolRow> rows = new ArrayList<>();
        for (Pool pool : pools.list()) {
            rows.add(row(pool, pools.volumes(pool.name())));
        }
        return rows;
    }

    private Reply volumes(Call call) throws BackupException, Refusal {
        String pool = call.query("pool");
        List<VolumeRow> rows = new ArrayList<>();
        for (PoolName name : pool != null ? List.of(Names.pool(pool)) : pools.list().stream().map(Pool::name).toList()) {
            for (Volume volume : pools.volumes(name)) {
                rows.add(row(volume));
            }
        }
        if (pool == null) {
            pools.scratch().forEach(volume -> rows.add(row(volume)));
        }
        Pages.Page<VolumeRow> page = Pages.of(call, rows, row -> row.pool == null ? "1" + row.label : String.format("0%s %010d %010d %s", row.pool, row.set, row.number, row.label));
        return page.reply(call, page.rows());
    }

    private OnePool one(Pool pool) throws BackupException {
        List<Volume> volumes = pools.volumes(pool.name());
        PoolRow row = row(pool, volumes);
        List<VolumeRow> rows = new ArrayList<>();
        for (Volume volume : volumes) {
            rows.add(row(volume));
        }
        return new OnePool(row.name, row.driver, row.node, row.device, row.used, row.capacity, row.created, row.keyExported,
                row.group, pool.compressionLevel(), pool.livePercent(), pool.patience(), pools.thaw(pool.name()).word(), rows);
    }

    private static PoolRow row(Pool pool, List<Volume> volumes) {
        boolean bounded = volumes.stream().allMatch(volume -> volume.capacity() >= 0);
        return new PoolRow(pool.name().value(), pool.driver(), pool.node().value(), pool.device().value(),
                volumes.stream().mapToLong(Volume::used).sum(),
                bounded ? volumes.stream().mapToLong(Volume::capacity).sum() : -1,
                Json.time(pool.created()), Json.time(pool.keyExported()), pool.group() == null ? null : pool.group().value());
    }

    private VolumeRow row(Volume volume) throws BackupException {
        SetPlace place = SetPlace.of(pools, volume.pool());
        return new VolumeRow(volume.label(), volume.barcode(), place.pool(), volume.state().word(), volume.location(),
                volume.used(), volume.capacity(), place.set(), volume.number(), volume.why());
    }

    private static VolumeRow row(ScratchVolume volume) {
        return new VolumeRow(volume.label(), volume.barcode(), null, Volume.State.SCRATCH.word(), "", 0, -1, null, null, volume.why());
    }

    /**
     * What is asked for.
     *
     * @param recipients texts of public key files of others who can read the pool
     * @param sealed     whether this appliance can't
     * @param node       null: the usual one
     * @param group      null: none
     */
    private record Order(String name, String driver, @Secret Map<String, String> settings, List<String> recipients, boolean sealed, Integer livePercent,
            Integer compressionLevel, Integer patience, String node, String group) {}

    /**
     * What is null stays.
     *
     * @param group empty: none
     */
    private record Change(Integer livePercent, Integer compressionLevel, Integer patience, String group, String thaw) {}

    /**
     * @param capacity    bytes, -1 if it has no bound
     * @param keyExported null if never
     * @param group       null if it has none
     */
    private record PoolRow(String name, String driver, String node, String device, long used, long capacity, String created,
            String keyExported, String group) {}

    private record OnePool(String name, String driver, String node, String device, long used, long capacity, String created,
            String keyExported, String group, int compressionLevel, int livePercent, int patience, String thaw, List<VolumeRow> volumes) {}

    /**
     * @param pool   null: of none any more
     * @param set    which of its pool's it is in; null with {@code pool}
     * @param number within its set; null with {@code pool}
     * @param why    it is in its state; null if nothing is to be said
     */
    private record VolumeRow(String label, String barcode, String pool, String state, String location, long used, long capacity, Integer set, Integer number, String why) {}

    /** @param warning why drives may not be able to do what the rules say; not there if nothing is to be said */
    private record Ruled(@JsonUnwrapped MediaRulesView rules, @JsonInclude(JsonInclude.Include.NON_EMPTY) String warning) {}

    /** @param name by which the set goes where a pool is named */
    private record SetRow(String pool, String name, int set, List<VolumeRow> volumes) {}
}

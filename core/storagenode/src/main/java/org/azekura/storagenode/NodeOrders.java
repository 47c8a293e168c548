package org.azekura.storagenode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.DeviceName;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Terms;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.api.message.CopyOrder;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.DriverOrder;
import org.azekura.api.message.HealOrder;
import org.azekura.api.message.LibraryOrder;
import org.azekura.api.message.LockOrder;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.message.PruneOrder;
import org.azekura.api.message.RecallOrder;
import org.azekura.api.message.ThawOrder;
import org.azekura.api.message.VolumeOrder;
import org.azekura.api.transport.Stream;
import org.azekura.engine.seal.KeyRing;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.client.ClientCalls;
import org.azekura.storagenode.copy.Copies;
import org.azekura.storagenode.copy.CopySide;
import org.azekura.storagenode.copy.PackMending;
import org.azekura.storagenode.copy.PackTaking;
import org.azekura.storagenode.device.UseLedger;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.storagenode.driver.DeviceSetup;
import org.azekura.storagenode.driver.DriverOrders;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.storagenode.job.NodeJob;
import org.azekura.storagenode.job.NodeJobs;
import org.azekura.storagenode.job.Prune;
import org.azekura.storagenode.job.ToldSessions;
import org.azekura.storagenode.pool.AuditBlobs;
import org.azekura.storagenode.pool.CartridgePlaces;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.PoolSpool;
import org.azekura.storagenode.pool.Pools;
import org.azekura.storagenode.pool.ReadOrder;
import org.azekura.storagenode.pool.RecordLook;
import org.azekura.storagenode.pool.Reliance;
import org.azekura.storagenode.pool.Verification;
import org.azekura.storagenode.pool.VolumeArchive;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.storagenode.pool.VolumeLocks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what one server orders. */
final class NodeOrders {

    /** More places do not fit in one frame of the control stream. */
    static final int MAX_LOCATED = 40_000;

    private static final Logger LOG = LoggerFactory.getLogger(NodeOrders.class);

    private final NodeTalk server;
    private final DeviceSetup setup;
    private final DeviceFiles files;
    private final DriverOrders drivers;
    private final LibraryOrders libraries;
    private final Pools pools;
    private final NodeWork work;
    private final NodeJobs jobs;
    private final ClientCalls clients;
    private final Copies copies;
    private final VolumeStreams streams;
    private final Distrusted distrusted;
    private final UseLedger ledger;

    NodeOrders(NodeRooms rooms, NodeTalk server) {
        this.server = server;
        this.distrusted = rooms.distrusted();
        this.ledger = rooms.ledger();
        this.setup = rooms.setup();
        this.files = rooms.files();
        this.libraries = rooms.libraries();
        this.drivers = rooms.drivers();
        this.pools = rooms.pools();
        this.work = rooms.work();
        this.jobs = work.jobs();
        this.clients = rooms.clients();
        this.copies = work.copies();
        this.streams = new VolumeStreams(pools, drivers, server);
    }

    Answer receive(Message message) throws BackupException {
        if (message instanceof NodeOrder order) {
            return carryOut(order);
        }
        throw new BackupException(new Failure("message.unexpected", Failure.Kind.BUG, false, "server",
                "a storage node does not take " + message.getClass().getSimpleName() + " from the server"));
    }

    private Answer carryOut(NodeOrder order) throws BackupException {
        return switch (order) {
            case NodeOrder.Distrust o -> done(() -> distrusted.add(o.serials()));
            case DeviceOrder.ConfigureDevice o -> done(() -> setup.configure(o.device(), o.driver(), o.settings()));
            case DeviceOrder.ChangeDevice o -> done(() -> setup.change(o.device(), o.set(), Set.copyOf(o.unset())));
            case DeviceOrder.RemoveDevice o -> done(() -> remove(o.device()));
            case PoolOrder.OpenPool o -> open(o);
            case PoolOrder.ReadPlace o -> new PoolAnswer.PlaceFound(pools.get(o.pool()).place());
            case PoolOrder.RemakeVolume o -> pools.remake(o);
            case PoolOrder.ClosePool o -> done(() -> pools.close(o.pool(), o.gone()));
            case DeviceOrder.ReadLabel o -> new DeviceAnswer.LabelFound(o.pool() == null ? setup.label(o.device()) : pools.get(o.pool()).mediumLabel());
            case DeviceOrder.ReadTerms o -> terms(o);
            case DeviceOrder.ReadUse o -> new DeviceAnswer.UseFound(ledger.months());
            case DeviceOrder.ListCopies o -> new DeviceAnswer.CopyFolders(setup.copies(o.device()));
            case PoolOrder.ReadKeyRing o -> new PoolAnswer.KeyRingFound(pools.get(o.pool()).records().keyRing());
            case ChunkOrder.FindOwners o -> owners(o);
            case NodeOrder.PrepareVolume o -> work.begin(o.job(), server, () -> prepare(o));
            case NodeOrder.CallClient o -> done(() -> clients.call(o));
            case PoolOrder.MeasureRoom o -> new PoolAnswer.Room(pools.get(o.pool()).room());
            case PoolOrder.StoreManifest o -> done(() -> storeManifest(o));
            case PoolOrder.RemoveManifest o -> done(() -> pools.get(o.pool()).records().removeManifest(o.snapshot()));
            case PoolOrder.StoreKeyRing o -> done(() -> pools.get(o.pool()).records().storeKeyRing(KeyRing.parse(o.keyRing())));
            case ChunkOrder.CheckChunks o -> new ChunkAnswer.Missing(missing(o));
            case ChunkOrder.LocateChunks o -> locate(o);
            case RecallOrder.ListCartridges o -> CartridgePlaces.list(pools.get(o.pool()));
            case RecallOrder.LocateOnCartridges o -> CartridgePlaces.locate(pools.get(o.pool()), o);
            case RecallOrder.OrderRecall o -> jobs.get(o.job(), o.pool()).order(o);
            case PackOrder.VerifyPacks o -> verify(o);
            case PackOrder.ListChunks o -> pools.get(o.pool()).chunks(o.pack(), o.from());
            case PackOrder.NoteContent o -> new Verification(pools.get(o.pool()), o.job()).content(o.pack(), o.wrong());
            case PackOrder.ListPacks o -> list(pools.get(o.pool()), o.after());
            case PackOrder.FindSessions o -> sessions(o);
            case PruneOrder.BeginPrune o -> work.begin(o.job(), server, () -> prune(o));
            case PruneOrder.MarkChunks o -> work.prune(o.job()).mark(o.trustGroup(), o.chunks());
            case PruneOrder.UnmarkChunks o -> done(() -> work.prune(o.job()).unmark(o.trustGroup(), o.chunks()));
            case PruneOrder.KeepCounts o -> done(() -> work.prune(o.job()).keep(o.counts()));
            case PruneOrder.SweepPacks o -> work.prune(o.job()).sweep(o.after());
            case PruneOrder.RewritePacks o -> work.prune(o.job()).rewrite(o.packs(), server);
            case VolumeOrder.ShutVolume o -> done(() -> new CartridgeLeave(pools).shut(o));
            case VolumeOrder.ListUses o -> new CartridgeLeave(pools).uses(o);
            case VolumeOrder.CutVolume o -> done(() -> new CartridgeLeave(pools).cut(o));
            case VolumeOrder.ForgetVolume o -> done(() -> new CartridgeLeave(pools).forget(o));
            case VolumeOrder.LeaveVolume o -> new CartridgeLeave(pools).step(o);
            case PruneOrder.DropPacks o -> work.prune(o.job()).drop(o.packs());
            case CopyOrder.BeginCopy o -> work.begin(o.job(), server, () -> copies.begin(o, pools.get(o.pool())));
            case CopyOrder.LinkCopy o -> done(() -> copies.link(o, server.host()));
            case CopyOrder.CopyPacks o -> new PackTaking(copies.get(o.job(), o.pool()), server).run(o);
            case LockOrder.AskModes o -> locks(o.pool()).modes();
            case LockOrder.ReadManifestLocks o -> locks(o.pool()).manifests(o.snapshots());
            case LockOrder.LockPacks o -> locks(o.pool()).packs(o);
            case LockOrder.LockAudit o -> done(() -> new AuditBlobs(pools.get(o.pool())).lock(o.lock()));
            case LockOrder.LockManifest o -> done(() -> locks(o.pool()).manifest(o));
            case ThawOrder.LookAtPacks o -> new VolumeArchive(pools.get(o.pool())).look(o.packs());
            case ThawOrder.ThawPacks o -> done(() -> new VolumeArchive(pools.get(o.pool())).thaw(o));
            case HealOrder.CheckManifests o -> new RecordLook(pools.get(o.pool())).manifests(o.manifests());
            case HealOrder.CheckRecords o -> new RecordLook(pools.get(o.pool())).others(o.keyRing());
            case HealOrder.RemoveBroken o -> done(() -> new RecordLook(pools.get(o.pool())).remove(o.key()));
            case HealOrder.MendPacks o -> new PackMending(copies.get(o.job(), o.pool()), server).run(o);
            case NodeOrder.EndJob o -> done(() -> work.end(o.job(), server));
            case DriverOrder.ListDrivers o -> drivers.list();
            case DriverOrder.SettleDrivers o -> drivers.settled();
            case DriverOrder.ChangeDriver o -> drivers.change(o);
            case DriverOrder.RemoveDriver o -> done(() -> drivers.remove(o.name(), o.park()));
            case DeviceOrder.ListDevices o -> new DeviceAnswer.Devices(setup.list());
            case LibraryOrder o -> libraries.carryOut(o);
            case DeviceOrder.DescribeDriver o -> new DeviceAnswer.Form(setup.form(o.driver(), o.language()));
            case DeviceOrder.ReadSettings o -> setup.settings(o.device());
            case DeviceOrder.TestDevice o -> done(() -> setup.test(o.device(), pools.on(o.device())));
        };
    }

    private VolumeLocks locks(PoolName pool) throws BackupException {
        return new VolumeLocks(pools.get(pool));
    }

    private DeviceAnswer.TermsFound terms(DeviceOrder.ReadTerms order) throws BackupException {
        Terms terms = setup.terms(order.device());
        List<VolumeId> loaded = order.pool() == null ? List.of() : CartridgePlaces.loaded(pools.get(order.pool()));
        return new DeviceAnswer.TermsFound(terms.medium(), terms.firstByte().toMillis(), terms.bytesPerSecond(), terms.microsPerGiB(), terms.microsPerThousand(),
                terms.paidFor().toSeconds(), terms.paidAbove(), loaded,
                setup.tiers(order.device()).stream().map(tier -> new DeviceAnswer.TierFound(tier.name(), tier.waiting().toMillis(), tier.microsPerBlob(), tier.microsPerGiB())).toList());
    }

    private interface Step {
        void run() throws BackupException;
    }

    private static Answer done(Step step) throws BackupException {
        step.run();
        return new Answer.Done();
    }

    private Answer open(PoolOrder.OpenPool order) throws BackupException {
        server.opened(order.pool());
        return pools.open(order);
    }

    private Answer prune(PruneOrder.BeginPrune order) throws BackupException {
        work.prunes(order.job(), Prune.begin(order.job(), pools.get(order.pool()), order.since()));
        return new Answer.Done();
    }

    private Answer prepare(NodeOrder.PrepareVolume order) throws BackupException {
        Pool pool = pools.get(order.pool());
        PoolAnswer.VolumeReady ready = pool.ready();
        jobs.prepare(new NodeJob(order, pool, server, jobs.allowances(), work.entries()));
        LOG.info("job={} client={} may {} volume={}", order.job(), order.client(), order.write() ? "write" : "read", ready.label());
        return ready;
    }

    private List<ChunkId> missing(ChunkOrder.CheckChunks order) throws BackupException {
        CopySide copy = copies.find(order.job(), order.pool());
        return copy == null ? jobs.get(order.job(), order.pool()).missing(order.chunks()) : copy.missing(order.trustGroup(), order.chunks());
    }

    /** A chunk found damaged is named all the same: reading it again is the only way to know. */
    private Answer locate(ChunkOrder.LocateChunks order) throws BackupException {
        if (order.chunks().size() > MAX_LOCATED) {
            throw BackupException.operator("message.large", order.pool().value(), "ask for at most " + MAX_LOCATED + " chunks at once, not "
                    + order.chunks().size());
        }
        ReadOrder reads = new ReadOrder(pools.get(order.pool()));
        ToldSessions told = order.job() == null ? new ToldSessions() : jobs.get(order.job(), order.pool()).told();
        List<ChunkIndex.Found> found = new ArrayList<>();
        List<ChunkId> missing = new ArrayList<>();
        for (ChunkId chunk : order.chunks()) {
            List<ChunkIndex.Found> all = reads.all(order.trustGroup(), chunk);
            if (all.isEmpty()) {
                missing.add(chunk);
            } else {
                found.add(all.getFirst());
            }
            if (all.size() > 1) {
                told.told(chunk, all.getFirst().session());
            }
        }
        found.sort(Comparator.comparing((ChunkIndex.Found at) -> at.pack().id()).thenComparingInt(ChunkIndex.Found::offset));
        return new ChunkAnswer.Located(found.stream().map(at -> new ChunkAnswer.ChunkPlace(at.chunk(), at.pack().id(), at.session())).toList(), missing);
    }

    private static Answer list(Pool pool, PackId after) throws BackupException {
        ChunkIndex index = pool.index();
        List<KnownPack> packs = index.packs(after, PackOrder.PACKS_PER_PAGE);
        List<PackAnswer.PackOnVolume> there = new ArrayList<>();
        for (KnownPack pack : packs) {
            there.add(onVolume(pack, pool.place(pack.id()).orElse(null)));
        }
        return new PackAnswer.PackList(there, index.sessions(packs).stream().map(session -> new NodeReport.PackSession(session.session(), session.sealedKey())).toList());
    }

    private Answer sessions(PackOrder.FindSessions order) throws BackupException {
        List<PackAnswer.SessionOwner> owners = new ArrayList<>();
        pools.get(order.pool()).index().owners(Set.copyOf(order.sessions()))
                .forEach((session, groups) -> groups.forEach(group -> owners.add(new PackAnswer.SessionOwner(session, group))));
        return new PackAnswer.SessionOwners(owners);
    }

    /** A pool has few trust groups and a snapshot one root: trying them all is quick. */
    private Answer owners(ChunkOrder.FindOwners order) throws BackupException {
        ChunkIndex index = pools.get(order.pool()).index();
        Set<TrustGroup> groups = new LinkedHashSet<>();
        for (List<KnownPack> page = index.packs(null, PackOrder.PACKS_PER_PAGE); !page.isEmpty();
                page = index.packs(page.getLast().id(), PackOrder.PACKS_PER_PAGE)) {
            page.forEach(pack -> groups.add(pack.group()));
        }
        List<ChunkAnswer.Owner> owners = new ArrayList<>();
        for (ChunkId chunk : order.chunks()) {
            for (TrustGroup group : groups) {
                if (index.find(group, chunk) != null) {
                    owners.add(new ChunkAnswer.Owner(chunk, group));
                }
            }
        }
        return new ChunkAnswer.Owners(owners);
    }

    /** Takes a data stream that the server opened. */
    void stream(Stream stream) {
        streams.take(stream);
    }

    /** @param place on tape; null: it is not there, or there are no tapes */
    private static PackAnswer.PackOnVolume onVolume(KnownPack pack, BlobPlace place) {
        return new PackAnswer.PackOnVolume(pack.id(), pack.tree(), place == null ? VolumeKeys.pack(pack.id()) : place.position().toString(), pack.size(),
                pack.chunks(), pack.writtenAt(), place == null ? null : place.volume());
    }

    private Answer verify(PackOrder.VerifyPacks order) throws BackupException {
        Pool pool = pools.get(order.pool());
        work.verifies(order.job(), server);
        try {
            return new Verification(pool, order.job()).run(order, () -> !work.isVerifying(order.job(), server));
        } finally {
            work.verified(order.job(), server);
        }
    }

    /** It may have to wait for much to get to tape, and nobody wants it any more when its job has ended, also if that was heard of first. */
    private void storeManifest(PoolOrder.StoreManifest order) throws BackupException {
        if (order.job() == null) {
            pools.get(order.pool()).records().storeManifest(order.snapshot(), order.manifest(), () -> {}, null);
            return;
        }
        boolean known = isGoingOn(order.job(), order.pool());
        PoolSpool.Check check = () -> {
            if ((known || jobs.hasEnded(order.job())) && !isGoingOn(order.job(), order.pool())) {
                throw BackupException.operator("job.ended", order.job().toString(), "job " + order.job() + " has ended");
            }
        };
        check.check();
        pools.get(order.pool()).records().storeManifest(order.snapshot(), order.manifest(), check, reliance(order.job(), order.pool()));
    }

    /** What it relies on in the pool; null if it is not known here. */
    private Reliance reliance(JobId job, PoolName pool) {
        CopySide side = copies.find(job, pool);
        return side != null ? side.reliance() : jobs.reliance(job, pool);
    }

    private boolean isGoingOn(JobId job, PoolName pool) throws BackupException {
        return jobs.isPrepared(job) || copies.find(job, pool) != null;
    }

    private void remove(DeviceName device) throws BackupException {
        setup.remove(device);
        files.forget(device);
        ledger.forget(device);
    }
}

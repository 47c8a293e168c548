package org.azekura.server.job.recycle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.Answer;
import org.azekura.api.message.VolumeAnswer;
import org.azekura.api.message.VolumeOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;
import org.azekura.server.media.LeftVolumes;
import org.azekura.server.media.NamedVolume;
import org.azekura.server.media.Repack;
import org.azekura.server.media.Reserve;
import org.azekura.server.media.SetMembers;

/**
 * Has cartridges leave their pools on which nothing is needed, or little. Cut off anywhere, nothing is lost, and the next one goes on; docs/decisions/0038 says
 * how.
 */
public final class Recycling {

    /** Something on a cartridge can't be read. */
    static final String STUCK = "volume.stuck";

    private final Stage stage;
    private final JobRecord record;
    private final Halt halt;

    public Recycling(Stage stage, JobRecord record, Halt halt) {
        this.stage = stage;
        this.record = record;
        this.halt = halt;
    }

    /** What the catalog has of a pool's cartridges. */
    private record Known(Map<VolumeId, Volume> volumes, MediaRules rules, boolean replica) {}

    private Known known(Pool pool) throws BackupException {
        return stage.catalog().read(view -> new Known(view.volumes().stream().filter(volume -> volume.pool().equals(pool.name()))
                .collect(Collectors.toMap(Volume::id, Function.identity())), view.mediaRules(pool.name()), view.replica(pool.name()).isPresent()));
    }

    /** All of a pool's that are worth it; none if it lies on no cartridges. What can't be done now is told, and done by the next. */
    public void run(Pool pool, boolean dryRun) throws BackupException {
        if (known(pool).replica()) {
            return;
        }
        ConnectedNode node = stage.hosts().node(pool.node());
        VolumeAnswer.Uses uses = uses(pool, node);
        Known known = known(pool);
        if (!dryRun) {
            departure(pool, node).settleAll(uses.left());
        }
        if (!isWhole(pool, uses)) {
            return;
        }
        if (!dryRun && !uses.volumes().isEmpty() && stage.pools().sets().isOpen(pool)) {
            cut(pool, node, uses.volumes().getLast(), known);
        }
        for (Repack one : chosen(pool, node, uses, known)) {
            halt.check();
            String what = NamedVolume.spoken(one.volume()) + ": " + one.why().words() + ", " + one.use().live() + " of " + one.use().used() + " bytes count";
            if (dryRun) {
                record.line(JobLine.Level.INFO, what + "; it would leave pool " + pool.name());
            } else if (!left(pool, node, one.volume(), what)) {
                return;
            }
        }
    }

    private List<Repack> chosen(Pool pool, ConnectedNode node, VolumeAnswer.Uses uses, Known known) throws BackupException {
        Optional<Reserve> reserve = uses.volumes().isEmpty() ? Optional.empty() : stage.pools().media().reserve(pool, node);
        if (reserve.isEmpty()) {
            return Repack.choose(uses.volumes(), known.volumes(), known.rules());
        }
        return Repack.choose(uses.volumes(), known.volumes(), known.rules(), reserve.get(), volume -> LeftVolumes.isFree(volume, known.rules(), stage.clock()::hasPassed));
    }

    /**
     * One of a pool's, however much is on it.
     *
     * @return as the catalog has it then; empty if it is scratch
     * @throws BackupException why it stays
     */
    Optional<Volume> one(Pool pool, Volume volume) throws BackupException {
        if (volume.state() == Volume.State.LOCKED || volume.state() == Volume.State.QUARANTINED) {
            throw BackupException.operator("volume.state", volume.label(), NamedVolume.spoken(volume) + " is " + volume.state().word() + ", and left as it is; look at it first, then"
                    + (volume.state() == Volume.State.LOCKED ? " azekura volume unlock" : " azekura volume accept"));
        }
        ConnectedNode node = stage.hosts().node(pool.node());
        VolumeAnswer.Uses uses = uses(pool, node);
        departure(pool, node).settleAll(uses.left());
        if (uses.left().stream().anyMatch(left -> left.volume().equals(volume.id()))) {
            return now(volume);
        }
        if (uses.volumes().stream().noneMatch(use -> use.volume().equals(volume.id()))) {
            throw BackupException.operator("volume.unknown", volume.label(), NamedVolume.spoken(volume) + " is not known to storage node " + pool.node()
                    + "; put it into the library: azekura volume scan");
        }
        if (!isWhole(pool, uses)) {
            throw BackupException.media("volume.missing", volume.label(), NamedVolume.spoken(volume) + " stays while not all of its pool is known", null);
        }
        leave(pool, node, volume);
        return now(volume);
    }

    /** The same of one that may be written still: another follows it first. */
    Optional<Volume> oneClosed(Pool pool, Volume volume) throws BackupException {
        stage.hosts().node(pool.node()).ask(new VolumeOrder.CutVolume(pool.name(), volume.id()), Answer.Done.class, ConnectedNode.DURABLE);
        return one(pool, volume);
    }

    private VolumeAnswer.Uses uses(Pool pool, ConnectedNode node) throws BackupException {
        VolumeAnswer.Uses uses = node.ask(new VolumeOrder.ListUses(pool.name()), VolumeAnswer.Uses.class, Orders.READ);
        stage.catalog().write(edit -> {
            SetMembers.doubted(edit, pool.name(), uses.volumes());
            return null;
        });
        return uses;
    }

    private Optional<Volume> now(Volume volume) throws BackupException {
        return stage.catalog().read(view -> view.volume(volume.id())).filter(one -> !one.isOnlyName());
    }

    /** The cartridge that is written goes to the vault some day, and not only when it is full. */
    private void cut(Pool pool, ConnectedNode node, VolumeAnswer.VolumeUse last, Known known) throws BackupException {
        Volume volume = known.volumes().get(last.volume());
        MediaRules rules = known.rules();
        boolean old = volume != null && !rules.cutAfter().isZero() && volume.labelled() != null && stage.clock().hasPassed(volume.labelled(), rules.cutAfter());
        boolean large = volume != null && rules.cutSize() > 0 && last.used() >= rules.cutSize();
        if (!old && !large || last.packs() == 0) {
            return;
        }
        try {
            node.ask(new VolumeOrder.CutVolume(pool.name(), last.volume()), Answer.Done.class, ConnectedNode.DURABLE);
            record.line(JobLine.Level.INFO, NamedVolume.spoken(volume) + " is closed by the rules of pool " + pool.name() + "; it can go to the vault");
        } catch (BackupException e) {
            halt.check();
            record.line(JobLine.Level.WARN, NamedVolume.spoken(volume) + " could not be closed: " + e.getMessage());
        }
    }

    /** Whether the node knows of all of a pool's cartridges; else it is told of which it does not. */
    private boolean isWhole(Pool pool, VolumeAnswer.Uses uses) throws BackupException {
        List<Volume> unknown = uses.volumes().isEmpty() ? List.of() : stage.catalog().read(view -> LeftVolumes.unknown(view, pool.name(), uses));
        unknown.forEach(volume -> record.line(JobLine.Level.WARN, NamedVolume.spoken(volume) + " is not known to storage node " + pool.node() + ": no cartridge leaves pool "
                + pool.name() + " before it was looked at: azekura volume scan"));
        return unknown.isEmpty();
    }

    /** False if others need not be tried: there is no room, or the drives are to blame. */
    private boolean left(Pool pool, ConnectedNode node, Volume volume, String what) throws BackupException {
        try {
            record.line(JobLine.Level.INFO, what);
            leave(pool, node, volume);
            return true;
        } catch (BackupException e) {
            halt.check();
            if (e.failure().kind() == Failure.Kind.NETWORK || e.failure().kind() == Failure.Kind.BUG) {
                throw e;
            }
            record.line(JobLine.Level.WARN, NamedVolume.spoken(volume) + " stays for now: " + e.getMessage());
            return e.failure().code().startsWith("volume.");
        }
    }

    private Departure departure(Pool pool, ConnectedNode node) {
        return new Departure(stage, record, pool, node);
    }

    private void leave(Pool pool, ConnectedNode node, Volume volume) throws BackupException {
        long bytes = 0;
        Departure departure = departure(pool, node);
        while (true) {
            halt.check();
            record.phase("copying away " + volume.label());
            VolumeAnswer.Leaves step = node.ask(new VolumeOrder.LeaveVolume(record.id(), pool.name(), volume.id()), VolumeAnswer.Leaves.class, ConnectedNode.DURABLE);
            bytes += step.bytes();
            departure.moved(step);
            if (step.left()) {
                record.line(JobLine.Level.INFO, NamedVolume.spoken(volume) + " has left pool " + pool.name() + "; " + bytes + " bytes of it were copied");
                departure.settle(volume);
                return;
            }
            if (step.done() == 0) {
                throw BackupException.media(STUCK, volume.label(), "what can't be read keeps it: " + String.join(", ", step.stuck())
                        + "; it leaves when that is not needed any more, or can be read, or by azekura volume forget", null);
            }
        }
    }
}

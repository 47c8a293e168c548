package org.azekura.server.job.place;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.message.RecallAnswer;
import org.azekura.api.message.RecallOrder;
import org.azekura.api.server.Snapshots;
import org.azekura.engine.plan.Lie;
import org.azekura.engine.plan.PieceWalk;
import org.azekura.engine.plan.RecallPlan;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Orders;

/** The cartridges that a pool lies on, as they were when this was asked, with numbers for a plan: 0 is the node's own disk, where packs wait to be written. */
public final class Cartridges {

    static final int DISK = 0;

    private final ConnectedNode node;
    private final PoolName pool;
    private final int drives;
    /** By number of the plan, less one. */
    private final List<RecallAnswer.Cartridge> all;
    private final Map<VolumeId, Integer> numbers = new HashMap<>();

    private Cartridges(ConnectedNode node, PoolName pool, RecallAnswer.Cartridges listed) {
        this.node = node;
        this.pool = pool;
        this.drives = listed.drives();
        this.all = List.copyOf(listed.cartridges());
        for (RecallAnswer.Cartridge cartridge : all) {
            numbers.put(cartridge.volume(), 1 + numbers.size());
        }
    }

    /** Null if the pool is on no library. */
    public static Cartridges of(ConnectedNode node, PoolName pool) throws BackupException {
        RecallAnswer.Cartridges listed = node.ask(new RecallOrder.ListCartridges(pool), RecallAnswer.Cartridges.class, Orders.PREPARE);
        return listed.drives() == 0 ? null : new Cartridges(node, pool, listed);
    }

    public int drives() {
        return drives;
    }

    public boolean isAway(int number) {
        return number != DISK && !all.get(number - 1).there();
    }

    /** Whether nobody but a hand can find it: where there is no robot, there are no barcodes. */
    public boolean isBroughtByHand(int number) {
        return number != DISK && get(number).barcode() == null;
    }

    boolean isAmong(int number, Set<VolumeId> volumes) {
        return number != DISK && volumes.contains(get(number).volume());
    }

    private RecallAnswer.Cartridge get(int number) {
        return all.get(number - 1);
    }

    /** What people call it. */
    private static String name(RecallAnswer.Cartridge cartridge) {
        return cartridge.barcode() == null ? cartridge.label() : cartridge.barcode().value();
    }

    public PieceWalk.Locator locator(TrustGroup group) {
        return chunks -> {
            Map<ChunkId, Lie> lies = new HashMap<>();
            for (RecallAnswer.ChunkOnCartridge at : node.ask(new RecallOrder.LocateOnCartridges(pool, group, chunks), RecallAnswer.OnCartridges.class, Orders.PROMPT).chunks()) {
                lies.put(at.chunk(), new Lie(number(at.volume()), at.object(), at.offset(), at.length()));
            }
            return lies;
        };
    }

    /** @throws BackupException {@code cartridge.new} if it was taken since these were asked for */
    private int number(VolumeId volume) throws BackupException {
        if (volume == null) {
            return DISK;
        }
        Integer number = numbers.get(volume);
        if (number == null) {
            throw BackupException.network("cartridge.new", volume.toString(), "pool " + pool + " has got another cartridge meanwhile; where all lies is asked for again",
                    null);
        }
        return number;
    }

    /**
     * The order in which packs of one are read best; has it brought into a drive.
     *
     * @param job     that will read them
     * @param instead one of which it has read all; less than 1: none
     */
    public List<Long> order(JobId job, int number, int instead, List<Long> objects) throws BackupException {
        if (number == DISK) {
            return objects;
        }
        try {
            return node.ask(new RecallOrder.OrderRecall(job, pool, get(number).volume(), instead <= DISK ? null : get(instead).volume(), objects), RecallAnswer.Recall.class, Orders.READ).objects();
        } catch (BackupException e) {
            throw switch (e.failure().code()) {
                case Obstacle.MISSING -> missing(List.of(number), e);
                // Asked again where all lies, the node leaves it out: what lies on the others comes first.
                case Obstacle.FOREIGN -> BackupException.media(Obstacle.WRONG, name(get(number)), e.getMessage(), e);
                default -> e;
            };
        }
    }

    /** Volumes in whose places others lie, as their node knows; none if the pool is on no library. */
    public static Set<VolumeId> wrong(ConnectedNode node, PoolName pool) throws BackupException {
        Cartridges cartridges = of(node, pool);
        return cartridges == null ? Set.of() : cartridges.all.stream().filter(one -> one.other() != null).map(RecallAnswer.Cartridge::volume).collect(Collectors.toSet());
    }

    /** That what is wanted waits for these; the job that it stops goes on when one of them is there. Their names are the subject. */
    public BackupException missing(Collection<Integer> numbers, BackupException cause) {
        List<RecallAnswer.Cartridge> wanted = new TreeSet<>(numbers).stream().map(this::get).toList();
        List<String> away = wanted.stream().filter(one -> one.other() == null).map(Cartridges::name).toList();
        List<String> said = new ArrayList<>();
        if (!away.isEmpty()) {
            said.add((away.size() == 1 ? "cartridge " + away.getFirst() + " is" : "cartridges " + String.join(", ", away) + " are") + " not in the library of pool "
                    + pool + "; put " + (away.size() == 1 ? "it" : "one of them") + " in, and the job goes on");
        }
        wanted.stream().filter(one -> one.other() != null).forEach(one -> said.add("cartridge " + name(one) + " in the library of pool " + pool + " begins with "
                + one.other() + ", expected volume \"" + one.label() + "\"; put the right one in its place, and the job goes on"));
        return BackupException.media(Obstacle.MISSING, wanted.stream().map(Cartridges::name).collect(Collectors.joining(", ")), String.join("; ", said), cause);
    }

    /** What is wanted of each, with where it is. @param why this place is read */
    List<Snapshots.Lying> lying(Reading reading, Map<Integer, RecallPlan.Need> needs, String why) {
        List<Snapshots.Lying> lying = new ArrayList<>();
        needs.forEach((number, need) -> {
            Snapshots.Taking taking = new Snapshots.Taking(reading.wait(this, number), reading.cost(new Wanted(need.files(), need.bytes())), why);
            lying.add(number == DISK
                    ? new Snapshots.Lying(reading.pool(), node.name(), null, null, "waits on the node's disk to be written", true, need.files(), need.bytes(), taking)
                    : new Snapshots.Lying(reading.pool(), node.name(), get(number).label(), get(number).barcode(), get(number).place(), get(number).there(), need.files(), need.bytes(),
                            taking));
        });
        return lying;
    }
}

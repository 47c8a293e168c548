package org.azekura.engine.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.engine.tree.TreeReader;

/**
 * A restore plan that is sorted as a whole: each cartridge is read in one pass, whatever the order of files. It is kept on disk and needs little memory: a
 * bit for each file, and 32 MiB. Files of which anything lies on a cartridge that is away are left for later, whole: so no cartridge
 * is read for half a file. First {@link #make}, then {@link #plain} and {@link #recall}. One thread; must be closed.
 */
public final class RecallPlan implements AutoCloseable {

    /** What is more on one cartridge is read as it lies: it is everywhere then. */
    public static final int MOST_ORDERED = 2_000;
    private static final long MEMORY = 32 << 20;

    private final IntPredicate away;
    private final RecordSort sort;
    private final List<PathProblem> problems = new ArrayList<>();
    private final BitSet late = new BitSet();
    private final SortedSet<Integer> missing = new TreeSet<>();
    private final SortedMap<Integer, PackStretches> cartridges = new TreeMap<>();
    private final NeedCount needs = new NeedCount();
    private long pieces;
    private long plainEnd;
    private long end;

    /** @param away which cartridges can't be read now */
    public RecallPlan(IntPredicate away) throws BackupException {
        this.away = away;
        this.sort = new RecordSort(PieceForm.KEY, MEMORY);
    }

    /** Brings the packs that are wanted of a cartridge, by the object at which they begin, into the order in which they are read. */
    @FunctionalInterface
    public interface Order {

        /**
         * Called when the cartridge's turn comes.
         *
         * @param instead the cartridge of which everything was read, and whose place it takes; -1: none
         * @param objects ascending, at least one
         * @return a permutation
         */
        List<Long> of(int cartridge, int instead, List<Long> objects) throws BackupException;
    }

    /** @param wanted absolute paths, empty for everything */
    public void make(TreeReader trees, List<RawPath> wanted, PieceWalk.Locator locator, ChunkId root) throws BackupException {
        new PieceWalk(trees, wanted, locator, new PieceWalk.Visitor() {
            @Override
            public void piece(int file, Lie at, RestorePlan.Part part) throws BackupException {
                add(file, at, part);
            }

            @Override
            public void unreadable(PathProblem problem) {
                problems.add(problem);
            }
        }).run(root);
        end = sort.sort(this::sorted);
        cartridges.values().forEach(stretches -> stretches.end(end));
        if (cartridges.isEmpty()) {
            plainEnd = end;
        }
    }

    private void add(int file, Lie at, RestorePlan.Part part) throws BackupException {
        boolean needsChunks = RestorePlan.chunks(part).findAny().isPresent();
        int rank = at != null ? PieceForm.rank(at.cartridge()) : needsChunks ? PieceForm.NOWHERE : PieceForm.PLAIN;
        if (at != null) {
            needs.add(file, at.cartridge(), part);
            if (away.test(at.cartridge())) {
                late.set(file);
                missing.add(at.cartridge());
            }
        }
        sort.add(PieceForm.encode(rank, at, pieces++, file, part));
    }

    private void sorted(long at, byte[] record) {
        int cartridge = PieceForm.rank(record) - PieceForm.rank(0);
        if (cartridge >= 0) {
            if (cartridges.isEmpty()) {
                plainEnd = at;
            } else if (cartridges.lastKey() != cartridge) {
                cartridges.get(cartridges.lastKey()).end(at);
            }
            cartridges.computeIfAbsent(cartridge, c -> new PackStretches(at)).add(PieceForm.object(record), at);
        }
    }

    /** Paths that can't be restored. */
    public List<PathProblem> problems() {
        return problems;
    }

    /** What is wanted of each cartridge. */
    public SortedMap<Integer, Need> needs() {
        return needs.all();
    }

    /** Cartridges that are away and that something wanted lies on. */
    public SortedSet<Integer> missing() {
        return missing;
    }

    /** Files that are left for later. */
    public int late() {
        return late.cardinality();
    }

    /** Batches of everything that lies on no cartridge: directories first, as every plan has them before what is in them. */
    public void plain(RestorePlan.BatchSink sink) throws BackupException {
        PieceBatches batches = new PieceBatches(problems, sink);
        batches.run(List.of(new PieceBatches.Lane(-1, pieces(List.of(new PackStretches.Range(0, plainEnd))))), Intake.AT_ONCE, PieceBatches.Lanes.NONE);
    }

    /**
     * Batches of what lies on cartridges, some of them read side by side; a file comes in pieces in any order. The chunks of a batch are to be read
     * in the order in which its set has them. A cartridge that is to follow another one is asked for when all of that was read.
     *
     * @param lanes  how many cartridges may be read at once
     * @param intake of who gets the batches
     */
    public void recall(int lanes, Order order, Intake intake, RestorePlan.BatchSink sink) throws BackupException {
        List<Integer> open = new ArrayList<>(cartridges.keySet().stream().filter(cartridge -> !away.test(cartridge)).toList());
        PieceBatches.Lanes next = new PieceBatches.Lanes() {
            @Override
            public boolean isEmpty() {
                return open.isEmpty();
            }

            @Override
            public PieceBatches.Lane after(int done) throws BackupException {
                int cartridge = open.removeFirst();
                return new PieceBatches.Lane(cartridge, pieces(cartridges.get(cartridge).ordered(objects -> order.of(cartridge, done, objects))));
            }
        };
        List<PieceBatches.Lane> begun = new ArrayList<>();
        for (int i = 0; i < lanes && !next.isEmpty(); i++) {
            begun.add(next.after(-1));
        }
        new PieceBatches(List.of(), sink).run(begun, intake, next);
    }

    /** Pieces of these stretches but for those of files that are left for later. */
    private PieceBatches.Pieces pieces(List<PackStretches.Range> ranges) {
        List<PackStretches.Range> open = new ArrayList<>(ranges.reversed());
        RecordSort.Stretch[] current = new RecordSort.Stretch[1];
        return () -> {
            while (true) {
                byte[] record = current[0] == null ? null : current[0].next();
                if (record == null) {
                    if (open.isEmpty()) {
                        return null;
                    }
                    PackStretches.Range range = open.removeLast();
                    current[0] = sort.stretch(range.from(), range.to());
                } else {
                    PieceForm piece = PieceForm.decode(record);
                    if (piece.file() < 0 || !late.get(piece.file())) {
                        return piece.part();
                    }
                }
            }
        };
    }

    @Override
    public void close() {
        sort.close();
    }

    /**
     * What is wanted of one cartridge.
     *
     * @param files that have anything on it
     * @param bytes of their content that lie there
     */
    public record Need(long files, long bytes) {}
}

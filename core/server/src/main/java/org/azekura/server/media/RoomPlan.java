package org.azekura.server.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.VolumeAnswer;

/**
 * What is copied away where a pool has no free cartridges but those that it leaves for that: the emptiest first, as many as it takes to win one. Pure.
 *
 * @param holds  bytes that a cartridge takes, as those show that are closed
 * @param atOnce which can be written as soon as they have left
 */
record RoomPlan(List<VolumeAnswer.VolumeUse> uses, Map<VolumeId, Volume> volumes, long holds, Predicate<Volume> atOnce) {

    /** Of those that are fuller more than ten are copied to win one. */
    private static final double FULLEST = 0.9;

    /** While one after the other leaves. */
    private static final class Stock {
        long room;
        int free;
        int later;
        boolean fits = true;
    }

    /**
     * What follows those that leave in any case.
     *
     * @return none if nothing is won, or there is enough
     */
    List<Repack> after(List<Repack> first, Reserve reserve) {
        Stock stock = new Stock();
        stock.free = reserve.free();
        stock.room = Math.max(0, holds - uses.getLast().used());
        first.forEach(one -> leave(one, stock));
        int most = stock.free + stock.later;
        if (most > reserve.kept() || !stock.fits) {
            return List.of();
        }
        List<Repack> some = new ArrayList<>();
        List<Repack> best = List.of();
        for (Repack one : candidates(first)) {
            leave(one, stock);
            some.add(one);
            int now = stock.free + stock.later;
            if (!stock.fits || most > reserve.kept()) {
                break;
            }
            if (now > most) {
                most = now;
                best = List.copyOf(some);
            }
        }
        return best;
    }

    private List<Repack> candidates(List<Repack> first) {
        Set<VolumeId> leaving = first.stream().map(one -> one.use().volume()).collect(Collectors.toSet());
        return uses.stream().filter(use -> use.closed() && !leaving.contains(use.volume()) && use.live() < FULLEST * holds && isWritten(volumes.get(use.volume())))
                .map(use -> new Repack(volumes.get(use.volume()), use, Repack.Why.ROOM)).sorted(Comparator.comparingLong((Repack one) -> one.use().live())
                        .thenComparingInt(one -> one.use().number())).toList();
    }

    private static boolean isWritten(Volume volume) {
        return volume != null && (volume.state() == Volume.State.APPENDABLE || volume.state() == Volume.State.FULL);
    }

    /** One more that was won may be written at once, or has to be kept. */
    private void leave(Repack one, Stock stock) {
        while (stock.room < one.use().live() && stock.fits) {
            stock.fits = stock.free > 0;
            stock.free -= stock.fits ? 1 : 0;
            stock.room += stock.fits ? holds : 0;
        }
        if (stock.fits) {
            stock.room -= one.use().live();
            boolean now = atOnce.test(one.volume());
            stock.free += now ? 1 : 0;
            stock.later += now ? 0 : 1;
        }
    }
}

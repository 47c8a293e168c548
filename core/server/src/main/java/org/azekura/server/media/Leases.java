package org.azekura.server.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who gets which drive. Readers come before writers, and who waited longer before who waited less; a writer that waited for long comes like a reader.
 * A drive in which the cartridge lies already is best, then an empty one, then the one that was not used for longest. Where there is none, a writer that
 * had its turn yields at its next sync. A drive that asks for it is cleaned before somebody else gets it, never while somebody has it.
 */
final class Leases {

    private final MountRules rules;
    private final List<DriveNow> drives;
    private final List<Lease> plan = new ArrayList<>();
    /** Drives that something is done with already, and cartridges that are on their way. */
    private final Set<Integer> taken = new HashSet<>();
    private final Set<String> claimed = new HashSet<>();

    /** Drives that yield already, for the first who press. */
    private int promised;

    private Leases(MountRules rules, List<DriveNow> drives) {
        this.rules = rules;
        this.drives = drives;
        this.promised = (int) drives.stream().filter(DriveNow::yielding).count();
    }

    /**
     * What to do now. Pure; at most one thing for each drive.
     *
     * @param requests of those that have no drive
     * @param drives   of one library
     * @param cleaners whether a cleaning cartridge is there; without, a drive that asks for it is used as it is
     */
    static List<Lease> plan(MountRules rules, List<MountRequest> requests, List<DriveNow> drives, boolean cleaners) {
        Leases leases = new Leases(rules, drives);
        if (cleaners) {
            leases.clean();
        }
        List<MountRequest> ripe = requests.stream().filter(request -> request.isRipe(rules)).sorted(Comparator
                .comparing((MountRequest request) -> !request.isPressing(rules)).thenComparing(MountRequest::waiting, Comparator.reverseOrder())
                .thenComparing(MountRequest::id)).toList();
        ripe.forEach(leases::serve);
        leases.putAway(requests);
        return leases.plan;
    }

    private void clean() {
        for (DriveNow drive : drives) {
            if (drive.isFree() && drive.health() == DriveNow.Health.UNCLEAN) {
                take(new Lease.Clean(drive.number()));
                if (drive.mounted() != null) {
                    claimed.add(drive.mounted());
                }
            }
        }
    }

    private void take(Lease lease) {
        plan.add(lease);
        taken.add(lease.drive());
    }

    private void serve(MountRequest request) {
        if (claimed.contains(request.cartridge())) {
            return;
        }
        Optional<DriveNow> where = drives.stream().filter(drive -> request.cartridge().equals(drive.mounted())).findFirst();
        if (where.isPresent()) {
            serveFrom(where.get(), request);
            return;
        }
        Optional<DriveNow> free = drives.stream().filter(drive -> drive.isFree() && !taken.contains(drive.number())).min(Comparator
                .comparing((DriveNow drive) -> drive.mounted() != null).thenComparing(DriveNow::since, Comparator.reverseOrder()).thenComparing(DriveNow::number));
        if (free.isPresent()) {
            grant(free.get(), request);
        } else if (request.isPressing(rules) && --promised < 0) {
            drives.stream().filter(drive -> canYield(drive)).max(Comparator.comparing(DriveNow::since)).ifPresent(this::ask);
        }
    }

    /** One that lies in a drive can't lie in another: it is waited for. */
    private void serveFrom(DriveNow drive, MountRequest request) {
        if (drive.isFree() && !taken.contains(drive.number())) {
            grant(drive, request);
        } else if (request.isPressing(rules) && canYield(drive)) {
            ask(drive);
        }
    }

    private void grant(DriveNow drive, MountRequest request) {
        take(new Lease.Grant(drive.number(), request));
        claimed.add(request.cartridge());
        if (drive.mounted() != null) {
            claimed.add(drive.mounted());
        }
    }

    /** One that yields already is on its way to who waits. */
    private boolean canYield(DriveNow drive) {
        return drive.holder() != null && drive.holder().purpose() == MountRequest.Purpose.WRITE && drive.health() != DriveNow.Health.DOWN
                && !drive.yielding() && !taken.contains(drive.number()) && drive.since().compareTo(rules.turn()) >= 0;
    }

    private void ask(DriveNow drive) {
        take(new Lease.Yield(drive.number()));
    }

    private void putAway(List<MountRequest> requests) {
        for (DriveNow drive : drives) {
            if (drive.isFree() && drive.mounted() != null && !taken.contains(drive.number()) && drive.since().compareTo(rules.idle()) >= 0
                    && requests.stream().noneMatch(request -> request.cartridge().equals(drive.mounted()))) {
                take(new Lease.Unmount(drive.number()));
            }
        }
    }
}

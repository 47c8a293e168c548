package org.azekura.storagenode.lease;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who gets which drive. Those that press come first: readers, and writers that waited for long; then who waited longer before who waited less. A drive in
 * which the cartridge lies already is best, then an empty one, then one with a cartridge that nobody wants, then the one that was not used for longest. Where
 * there is none, who presses has a writer that did not press yield at once, and who did, once he had his turn.
 */
final class Leases {

    private final MountRules rules;
    private final List<MountRequest> requests;
    private final List<DriveNow> drives;
    private final List<Lease> plan = new ArrayList<>();
    /** Drives that something is done with already, and cartridges that are on their way. */
    private final Set<Integer> taken = new HashSet<>();
    private final Set<String> claimed = new HashSet<>();

    /** Drives that yield already, for the first who press; not those of which the cartridge is wanted. */
    private int promised;

    private Leases(MountRules rules, List<MountRequest> requests, List<DriveNow> drives) {
        this.rules = rules;
        this.requests = requests;
        this.drives = drives;
        this.promised = (int) drives.stream().filter(drive -> drive.yielding() && !drive.wanted() && drive.health().isUsed()
                && !isWanted(drive.mounted())).count();
    }

    /**
     * What to do at this moment. Pure; at most one thing for each drive.
     *
     * @param requests of those that have no drive
     * @param drives   of one library
     */
    static List<Lease> plan(MountRules rules, List<MountRequest> requests, List<DriveNow> drives) {
        Leases leases = new Leases(rules, requests, drives);
        drives.stream().filter(drive -> drive.wanted() && drive.holder() != null && !drive.yielding()).forEach(leases::ask);
        requests.stream().filter(request -> request.isRipe(rules)).sorted(Comparator
                .comparing((MountRequest request) -> !request.isPressing(rules)).thenComparing(MountRequest::waiting, Comparator.reverseOrder())
                .thenComparing(MountRequest::id)).forEach(leases::serve);
        leases.putAway();
        return leases.plan;
    }

    private void take(Lease lease) {
        plan.add(lease);
        taken.add(lease.drive());
    }

    private void serve(MountRequest request) {
        if (claimed.contains(request.cartridge())) {
            return;
        }
        // From a drive that is out it can be fetched once nobody has it.
        Optional<DriveNow> where = drives.stream().filter(drive -> request.cartridge().equals(drive.mounted()))
                .filter(drive -> drive.health() != Health.OUT || drive.holder() != null || drive.wanted()).findFirst();
        if (where.isPresent()) {
            serveFrom(where.get(), request);
            return;
        }
        Optional<DriveNow> free = drives.stream().filter(drive -> drive.isFree() && !taken.contains(drive.number())).min(Comparator
                .comparing(DriveNow::health).thenComparing(drive -> drive.mounted() != null).thenComparing(drive -> isWanted(drive.mounted()))
                .thenComparing(DriveNow::since, Comparator.reverseOrder()).thenComparing(DriveNow::number));
        if (free.isPresent()) {
            grant(free.get(), request);
        } else if (request.isPressing(rules) && --promised < 0) {
            drives.stream().filter(this::canYield).max(Comparator.comparing(this::isPlainWriter).thenComparing(DriveNow::since)).ifPresent(this::ask);
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

    private boolean isWanted(String cartridge) {
        return cartridge != null && requests.stream().anyMatch(request -> request.cartridge().equals(cartridge));
    }

    /** One that yields already is on its way to who waits. */
    private boolean canYield(DriveNow drive) {
        return drive.holder() != null && drive.health().isUsed() && !drive.yielding() && !taken.contains(drive.number())
                && (isPlainWriter(drive) || drive.since().compareTo(rules.turn()) >= 0);
    }

    private boolean isPlainWriter(DriveNow drive) {
        return !drive.holder().isPressing(rules);
    }

    private void ask(DriveNow drive) {
        take(new Lease.Yield(drive.number()));
    }

    private void putAway() {
        for (DriveNow drive : drives) {
            if (drive.isFree() && drive.mounted() != null && !taken.contains(drive.number()) && drive.since().compareTo(rules.idle()) >= 0
                    && !isWanted(drive.mounted())) {
                take(new Lease.Unmount(drive.number()));
            }
        }
    }
}

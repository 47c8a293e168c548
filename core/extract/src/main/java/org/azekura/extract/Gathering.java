package org.azekura.extract;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.cartridge.set.Left;
import org.azekura.storagenode.cartridge.set.Member;

/**
 * Gathers the cartridges of a pool: looks at labels, and asks for those that belong to the set and are not there.
 *
 * @param only  barcodes of those that are meant; none: all
 * @param meant whose cartridges, if there are several; null if nobody says
 */
record Gathering(Cartridges cartridges, List<Barcode> only, PoolName meant, Notes notes) {

    /** For a drive whose cartridge nobody can name. */
    private static final Barcode IN_THE_DRIVE = new Barcode("-");

    /** @throws BackupException {@code volume.missing}, {@code volume.foreign} if there is none, or there are several and nobody says which */
    Medium gather() throws BackupException {
        if (cartridges.isFedByHand()) {
            byHand();
        } else {
            byRobot();
        }
        return new CartridgeMedium(cartridges, "", true);
    }

    private void byRobot() throws BackupException {
        LibraryStore store = cartridges.begin();
        Map<Barcode, String> others = new LinkedHashMap<>();
        Map<Barcode, Label> labels = labels(store, others);
        for (Barcode barcode : only) {
            if (!labels.containsKey(barcode) && !others.containsKey(barcode) && cartridges.ask("cartridge " + barcode)) {
                labels = labels(store, others);
            }
        }
        labels.values().removeIf(label -> label.number() == 0 || meant != null && !MediaSet.isOf(label.pool(), meant));
        Map<VolumeId, Barcode> sets = new LinkedHashMap<>();
        Map<VolumeId, Label> first = new HashMap<>();
        labels.forEach((barcode, label) -> {
            sets.putIfAbsent(label.set(), barcode);
            first.putIfAbsent(label.set(), label);
        });
        if (sets.isEmpty()) {
            throw none(others);
        }
        if (sets.size() > 1) {
            throw BackupException.operator("volume.foreign", cartridges.where(), cartridges.where() + " has cartridges of several pools or media sets: " + sets.entrySet().stream()
                    .map(set -> set.getValue() + " of pool " + first.get(set.getKey()).pool()).collect(Collectors.joining(", "))
                    + "; name those that are meant with --barcode");
        }
        Map.Entry<VolumeId, Barcode> set = sets.entrySet().iterator().next();
        for (Map.Entry<Barcode, Label> each : labels.entrySet()) {
            if (each.getValue().set().equals(set.getKey())) {
                cartridges.learnKeys(store, each.getKey());
            }
        }
        cartridges.open(first.get(set.getKey()), Optional.of(set.getValue()));
        Map<VolumeId, Checkpoints.Named> named = new LinkedHashMap<>();
        learn(named);
        tellWhatIsMissing(named);
    }

    private Map<Barcode, Label> labels(LibraryStore store, Map<Barcode, String> others) throws BackupException {
        Map<Barcode, Label> labels = new LinkedHashMap<>();
        for (LibraryAnswer.ElementFound element : store.operator().elements().elements()) {
            Barcode barcode = element.barcode();
            boolean fits = barcode != null && !barcode.isCleaning() && (element.kind() == Element.Kind.SLOT || element.kind() == Element.Kind.DRIVE)
                    && (only.isEmpty() || only.contains(barcode));
            if (fits) {
                look(store, barcode, others).ifPresent(label -> labels.put(barcode, label));
            }
        }
        return labels;
    }

    private static Optional<Label> look(LibraryStore store, Barcode barcode, Map<Barcode, String> others) throws BackupException {
        LibraryAnswer.CartridgeFound found = store.operator().look(barcode);
        if (found.label() == null) {
            others.put(barcode, found.beginning() == LibraryAnswer.Beginning.BLANK ? "blank" : found.what());
            return Optional.empty();
        }
        return Optional.of(Label.parse(found.label()));
    }

    private BackupException none(Map<Barcode, String> others) {
        return BackupException.media("volume.missing", cartridges.where(), "there is no cartridge" + (meant == null ? "" : " of pool " + meant) + " in "
                + cartridges.where() + (others.isEmpty() ? "" : ", but " + others) + "; put one in", null);
    }

    /** One after the other, until nobody knows of a further one. */
    private void byHand() throws BackupException {
        Map<VolumeId, Label> seen = new LinkedHashMap<>();
        Map<VolumeId, Checkpoints.Named> named = new LinkedHashMap<>();
        String wanted = only.isEmpty() ? "a cartridge" + (meant == null ? "" : " of pool " + meant) : "cartridge " + only.getFirst();
        for (boolean more = true; more;) {
            Label label = inTheDrive();
            if (label != null && isOne(label, seen)) {
                seen.put(label.volume(), label);
                learnKeysInTheDrive();
                cartridges.begin();
                cartridges.open(label, Optional.empty());
                learn(named);
            } else if (label != null) {
                notes.tell("in the drive is volume \"" + label.name() + "\" of pool " + label.pool()
                        + (seen.containsKey(label.volume()) ? ", which was read already" : ", which is not one of those"));
            }
            wanted = seen.isEmpty() ? wanted : next(seen, named.values()).orElse(null);
            more = wanted != null && cartridges.ask(wanted);
        }
        if (seen.isEmpty()) {
            throw none(Map.of());
        }
        tellWhatIsMissing(named);
    }

    private boolean isOne(Label label, Map<VolumeId, Label> seen) {
        boolean fits = label.number() > 0 && (meant == null || MediaSet.isOf(label.pool(), meant));
        return fits && !seen.containsKey(label.volume()) && (seen.isEmpty() || seen.values().iterator().next().set().equals(label.set()));
    }

    /** Null if there is none that can be read. */
    private Label inTheDrive() throws BackupException {
        try (LibraryStore looking = cartridges.another("looks")) {
            return look(looking, IN_THE_DRIVE, new HashMap<>()).orElse(null);
        } catch (BackupException e) {
            if (e.failure().code().equals("volume.missing")) {
                return null;
            }
            throw e;
        }
    }

    private void learnKeysInTheDrive() throws BackupException {
        try (LibraryStore looking = cartridges.another("looks")) {
            cartridges.learnKeys(looking, IN_THE_DRIVE);
        }
    }

    /** For people: what is to come; empty if all that anybody knows of was there, or could not be had. */
    private Optional<String> next(Map<VolumeId, Label> seen, Collection<Checkpoints.Named> named) throws BackupException {
        List<Left> left = cartridges.left();
        List<String> wanted = new ArrayList<>();
        Label one = seen.values().iterator().next();
        int last = seen.values().stream().mapToInt(Label::number).max().orElseThrow();
        for (int number = last - 1; number >= 1; number--) {
            int each = number;
            if (seen.values().stream().noneMatch(label -> label.number() == each) && left.stream().noneMatch(gone -> gone.number() == each)) {
                wanted.add("cartridge number " + number + " of the set of \"" + one.name() + "\" (pool " + one.pool() + ")");
            }
        }
        named.stream().filter(volume -> !seen.containsKey(volume.id()) && left.stream().noneMatch(gone -> gone.volume().equals(volume.id())))
                .map(Checkpoints.Named::toString).forEach(wanted::add);
        only.stream().filter(barcode -> seen.values().stream().noneMatch(label -> barcode.value().equals(label.barcode()) || barcode.value().equals(label.name())))
                .forEach(barcode -> wanted.add("cartridge " + barcode));
        if (only.isEmpty()) {
            wanted.add("the cartridge that follows number " + last + ", if there is one,");
        }
        return wanted.stream().filter(cartridges::isToBeHad).findFirst();
    }

    /** Cartridges of which the newest checkpoint speaks that can be read without another cartridge. */
    private void learn(Map<VolumeId, Checkpoints.Named> named) throws BackupException {
        Notes nobody = new Notes(new PrintStream(OutputStream.nullOutputStream()), false);
        new Checkpoints(new Volume(new CartridgeMedium(cartridges, "", false), null), nobody).volumes(volume -> named.put(volume.id(), volume));
    }

    private void tellWhatIsMissing(Map<VolumeId, Checkpoints.Named> named) throws BackupException {
        List<Member> members = cartridges.members();
        Set<VolumeId> known = members.stream().map(Member::volume).collect(Collectors.toCollection(HashSet::new));
        cartridges.left().forEach(one -> known.add(one.volume()));
        for (Checkpoints.Named volume : named.values()) {
            if (!known.contains(volume.id())) {
                notes.warn(volume + " is not in " + cartridges.where()
                        + ": what lies on it can't be read");
            }
        }
    }
}

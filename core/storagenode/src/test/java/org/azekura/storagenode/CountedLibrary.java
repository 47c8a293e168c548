package org.azekura.storagenode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.Library;

/** A library that remembers what its robot has brought into drives. */
final class CountedLibrary implements Library {

    private final Library library;
    private final List<Barcode> loads = Collections.synchronizedList(new ArrayList<>());
    private final Changer changer = new Counted();

    CountedLibrary(Library library) {
        this.library = library;
    }

    /** In order. */
    List<Barcode> loads() {
        return List.copyOf(loads);
    }

    @Override
    public Optional<Changer> changer() {
        return Optional.of(changer);
    }

    @Override
    public List<Drive> drives() {
        return library.drives();
    }

    @Override
    public String location() {
        return library.location();
    }

    private final class Counted implements Changer {

        private Changer changer() {
            return library.changer().orElseThrow();
        }

        @Override
        public String location() {
            return changer().location();
        }

        @Override
        public Drive.Identity identity() throws BackupException {
            return changer().identity();
        }

        @Override
        public Capabilities capabilities() throws BackupException {
            return changer().capabilities();
        }

        @Override
        public List<Element> inventory() throws BackupException {
            return changer().inventory();
        }

        private Element at(ElementAddress address) throws BackupException {
            return changer().inventory().stream().filter(element -> element.address().equals(address)).findFirst().orElseThrow();
        }

        private void loaded(ElementAddress from, ElementAddress to) throws BackupException {
            if (at(to).kind() == Element.Kind.DRIVE) {
                loads.add(at(from).barcode().orElseThrow());
            }
        }

        @Override
        public void move(ElementAddress from, ElementAddress to) throws BackupException {
            loaded(from, to);
            changer().move(from, to);
        }

        @Override
        public void exchange(ElementAddress from, ElementAddress at, ElementAddress to) throws BackupException {
            loaded(from, at);
            changer().exchange(from, at, to);
        }

        @Override
        public void initialise() throws BackupException {
            changer().initialise();
        }
    }
}

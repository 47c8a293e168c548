package org.azekura.extract;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.Library;

/** A library of which only some cartridges are to be used: the others lie there without a name, so nobody loads one of them to see whose it is. */
record ChosenCartridges(Library library, List<Barcode> chosen) implements Library {

    @Override
    public Optional<Changer> changer() {
        return library.changer().map(Veiled::new);
    }

    @Override
    public List<Drive> drives() {
        return library.drives();
    }

    @Override
    public String location() {
        return library.location();
    }

    private final class Veiled implements Changer {

        private final Changer changer;

        Veiled(Changer changer) {
            this.changer = changer;
        }

        @Override
        public String location() {
            return changer.location();
        }

        @Override
        public Drive.Identity identity() throws BackupException {
            return changer.identity();
        }

        @Override
        public Capabilities capabilities() throws BackupException {
            return changer.capabilities();
        }

        @Override
        public List<Element> inventory() throws BackupException {
            return changer.inventory().stream().map(this::veiled).toList();
        }

        private Element veiled(Element element) {
            boolean hidden = element.kind() == Element.Kind.SLOT && element.barcode().isPresent() && !chosen.contains(element.barcode().get());
            return !hidden ? element : new Element(element.address(), element.kind(), new Element.Unnamed(), element.source(), element.drive(),
                    element.accessible(), element.problem());
        }

        @Override
        public void move(ElementAddress from, ElementAddress to) throws BackupException {
            changer.move(from, to);
        }

        @Override
        public void exchange(ElementAddress from, ElementAddress at, ElementAddress to) throws BackupException {
            changer.exchange(from, at, to);
        }

        @Override
        public void initialise() throws BackupException {
            changer.initialise();
        }
    }
}

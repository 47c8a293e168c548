package org.azekura.storagenode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.Library;

/** A library that remembers which cartridges its robot has brought into drives. */
record CountedMoves(Library library, List<String> brought) implements Library {

    CountedMoves(Library library) {
        this(library, new CopyOnWriteArrayList<>());
    }

    @Override
    public Optional<Changer> changer() {
        return library.changer().map(changer -> (Changer) Proxy.newProxyInstance(Changer.class.getClassLoader(), new Class<?>[] {Changer.class},
                (proxy, method, arguments) -> {
                    List<Element> before = method.getName().equals("move") ? changer.inventory() : List.of();
                    before.stream().filter(element -> element.kind() == Element.Kind.DRIVE && element.address().equals(arguments[1])).forEach(drive -> before.stream()
                            .filter(element -> element.address().equals(arguments[0])).flatMap(element -> element.barcode().stream()).map(Barcode::value)
                            .forEach(brought::add));
                    try {
                        return method.invoke(changer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public List<Drive> drives() {
        return library.drives();
    }

    @Override
    public String location() {
        return library.location();
    }

    @Override
    public void selfTest() throws BackupException {
        library.selfTest();
    }
}

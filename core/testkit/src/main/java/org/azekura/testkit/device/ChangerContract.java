package org.azekura.testkit.device;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Element;
import org.azekura.api.device.Element.Kind;
import org.azekura.api.device.ElementAddress;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Changer} does. It needs a drive, two cartridges in slots and a slot that is empty; each cartridge is back where it was at the end, unless
 * a test fails.
 */
public interface ChangerContract {

    /** The changer of this test; the same one at every call. */
    Changer changer();

    /** Has a drive of the library let go of what lies in it; its number is that of its element, 0 if that has none. */
    void unload(int drive) throws Exception;

    /** Closes the library as when its service goes. */
    void close() throws Exception;

    private List<ElementAddress> places(Kind kind, boolean full) throws BackupException {
        return changer().inventory().stream().filter(element -> element.kind() == kind)
                .filter(element -> full == !(element.content() instanceof Element.Empty)).map(Element::address).toList();
    }

    private Element at(ElementAddress address) throws BackupException {
        return changer().inventory().stream().filter(element -> element.address().equals(address)).findFirst().orElseThrow();
    }

    /** What lies where. */
    private TreeMap<ElementAddress, Element.Content> contents() throws BackupException {
        TreeMap<ElementAddress, Element.Content> contents = new TreeMap<>();
        changer().inventory().forEach(element -> contents.put(element.address(), element.content()));
        return contents;
    }

    @Test
    default void knowsItself() throws Exception {
        assertFalse(changer().location().isBlank());
        assertFalse(changer().identity().serial().isBlank());
        changer().selfTest();
    }

    @Test
    default void namesEveryElementOnce() throws Exception {
        List<Element> elements = changer().inventory();
        assertEquals(elements.stream().map(Element::address).sorted().distinct().toList(), elements.stream().map(Element::address).toList());
        Set<Object> barcodes = new HashSet<>();
        for (Element element : elements) {
            assertTrue(element.kind() == Kind.DRIVE || element.drive().isEmpty(), element.toString());
            assertFalse(element.content() instanceof Element.Named named && !barcodes.add(named.barcode()), element.toString());
            assertTrue(changer().capabilities().barcodes() || element.barcode().isEmpty(), element.toString());
        }
        assertTrue(elements.stream().anyMatch(element -> element.kind() == Kind.DRIVE));
        assertEquals(1, elements.stream().filter(element -> element.kind() == Kind.PICKER).count());
    }

    @Test
    default void movesThereAndBack() throws Exception {
        TreeMap<ElementAddress, Element.Content> before = contents();
        ElementAddress from = places(Kind.SLOT, true).getFirst();
        for (Kind kind : List.of(Kind.SLOT, Kind.MAIL_SLOT, Kind.DRIVE)) {
            Optional<ElementAddress> to = places(kind, false).stream().findFirst();
            if (to.isPresent()) {
                changer().move(from, to.get());
                assertInstanceOf(Element.Empty.class, at(from).content());
                assertEquals(before.get(from), at(to.get()).content());
                assertTrue(at(to.get()).source().isEmpty() || at(to.get()).source().get().equals(from));
                if (kind == Kind.DRIVE) {
                    unload(at(to.get()).drive().orElse(0));
                }
                changer().move(to.get(), from);
                assertEquals(before, contents());
            }
        }
    }

    @Test
    default void refusesWhatCannotBe() throws Exception {
        TreeMap<ElementAddress, Element.Content> before = contents();
        ElementAddress full = places(Kind.SLOT, true).get(0);
        ElementAddress other = places(Kind.SLOT, true).get(1);
        ElementAddress empty = places(Kind.SLOT, false).getFirst();
        ElementAddress none = new ElementAddress(before.lastKey().value() + 1);
        assertRefused("changer.taken", () -> changer().move(full, other));
        assertRefused("changer.empty", () -> changer().move(empty, places(Kind.DRIVE, false).getFirst()));
        assertRefused("changer.address", () -> changer().move(full, none));
        assertRefused("changer.address", () -> changer().move(none, empty));
        assertRefused("changer.address", () -> changer().move(full, full));
        assertEquals(before, contents());
    }

    @Test
    default void exchangesOrRefusesTo() throws Exception {
        TreeMap<ElementAddress, Element.Content> before = contents();
        ElementAddress one = places(Kind.SLOT, true).get(0);
        ElementAddress other = places(Kind.SLOT, true).get(1);
        ElementAddress empty = places(Kind.SLOT, false).getFirst();
        if (!changer().capabilities().exchange()) {
            assertRefused("device.unsupported", () -> changer().exchange(one, other, one));
            assertEquals(before, contents());
            return;
        }
        changer().exchange(one, other, one);
        assertEquals(before.get(one), at(other).content());
        assertEquals(before.get(other), at(one).content());
        changer().exchange(one, other, empty);
        assertEquals(before.get(other), at(other).content());
        assertEquals(before.get(one), at(empty).content());
        changer().move(empty, one);
        assertEquals(before, contents());
        assertRefused("changer.empty", () -> changer().exchange(one, empty, one));
        assertRefused("changer.address", () -> changer().exchange(one, other, other));
        assertEquals(before, contents());
    }

    @Test
    default void looksAnewAndFindsTheSame() throws Exception {
        TreeMap<ElementAddress, Element.Content> before = contents();
        changer().initialise();
        assertEquals(before, contents());
    }

    @Test
    default void refusesAllWhenClosed() throws Exception {
        ElementAddress full = places(Kind.SLOT, true).getFirst();
        ElementAddress empty = places(Kind.SLOT, false).getFirst();
        close();
        assertRefused("device.closed", changer()::inventory);
        assertRefused("device.closed", () -> changer().move(full, empty));
        assertRefused("device.closed", changer()::initialise);
        assertRefused("device.closed", changer()::identity);
    }
}

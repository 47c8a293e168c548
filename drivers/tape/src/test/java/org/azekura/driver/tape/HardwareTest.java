package org.azekura.driver.tape;

import static org.azekura.testkit.device.Tapes.load;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.testkit.device.DriveContract;
import org.azekura.testkit.device.DriveFeaturesContract;
import org.azekura.testkit.device.TapePlacesContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contracts on whoever's own hardware: {@code -Dtape.drives=/dev/sg4,… -Dtape.barcodes=A00017L8 [-Dtape.changer=/dev/sg3]}. Cartridges in the list of
 * barcodes, and no others, are overwritten. Without a changer whatever lies in the first drive is, and the list says {@code any}.
 */
@EnabledIfSystemProperty(named = "tape.drives", matches = ".+")
class HardwareTest implements DriveContract, TapePlacesContract, DriveFeaturesContract {

    private static final String CHANGER = System.getProperty("tape.changer", "");
    private static final List<String> BARCODES = Arrays.asList(System.getProperty("tape.barcodes", "").split(","));
    private TapeLibrary library;

    @BeforeEach
    void open() throws Exception {
        library = Libraries.on(CHANGER, System.getProperty("tape.drives").split(","));
        if (CHANGER.isEmpty()) {
            assertTrue(BARCODES.equals(List.of("any")), "without a changer nobody knows which cartridge it is: say -Dtape.barcodes=any if it may be overwritten");
            return;
        }
        ElementAddress first = Libraries.drive(library, 0);
        for (Element element : library.changer().orElseThrow().inventory()) {
            boolean mayBe = element.barcode().isPresent() && BARCODES.contains(element.barcode().get().value());
            if (element.address().equals(first) && !(element.content() instanceof Element.Empty)) {
                assertTrue(mayBe, "the first drive holds a cartridge that is not in the list: " + element);
                return;
            }
        }
        Libraries.putIn(library, BARCODES.getFirst(), 0);
    }

    @Override
    public Drive drive() {
        return library.drives().getFirst();
    }

    @Override
    @AfterEach
    public void close() {
        library.close();
    }

    /** What this drive says of itself, for a report. */
    @Test
    void saysWhatItIs() throws Exception {
        System.out.println(drive().identity() + " " + load(drive()) + " " + drive().capabilities());
    }
}

package org.azekura.driver.ups;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.device.PowerSource;
import org.azekura.api.device.PowerState;
import org.azekura.api.device.PowerState.Supply;
import org.azekura.testkit.device.PowerSourceContract;
import org.azekura.testkit.serial.UpsSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver on a simulated device at the other end of a pseudo-terminal. */
class UpsTest implements PowerSourceContract {

    /** Longer than a busy machine lets the device that answers wait. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    @TempDir
    Path dir;
    private UpsSimulator device;
    private Ups ups;

    @BeforeEach
    void open() throws Exception {
        device = new UpsSimulator(dir);
        ups = patientFor(SILENCE);
    }

    /** In less time than people may set. */
    private Ups patientFor(Duration silence) {
        PowerSource.Patience patience = new PowerSource.Patience(Duration.ZERO, Duration.ZERO);
        return new Ups(new Setup(device.port(), Duration.ofMillis(50), silence, patience, 0, 0, 0, Duration.ZERO), Duration.ofMillis(400), Duration.ofSeconds(2)).start();
    }

    @AfterEach
    void end() {
        close();
        device.close();
    }

    @Override
    public PowerSource source() {
        return ups;
    }

    @Override
    public void close() {
        ups.close();
    }

    private PowerState await(Predicate<PowerState> wanted) throws InterruptedException {
        PowerState state = ups.state();
        for (long end = System.nanoTime() + 20_000_000_000L; !wanted.test(state) && System.nanoTime() < end; state = ups.state()) {
            Thread.sleep(20);
        }
        assertTrue(wanted.test(state), state::toString);
        return state;
    }

    private PowerState await(Supply supply) throws InterruptedException {
        return await(state -> state.supply() == supply);
    }

    @Test
    void tellsMainsBatteryLowAndMainsAgain() throws Exception {
        PowerState mains = await(Supply.MAINS);
        assertEquals(230.4, mains.voltage().orElseThrow());
        device.onBattery();
        assertEquals(0, await(Supply.BATTERY).voltage().orElseThrow());
        device.low();
        await(Supply.LOW);
        device.mains();
        await(Supply.MAINS);
    }

    @Test
    void spoiltAnswersChangeNothing() throws Exception {
        ups.close();
        ups = patientFor(Duration.ofSeconds(30));
        await(Supply.MAINS);
        PowerState before = ups.state();
        for (UpsSimulator.Fault fault : UpsSimulator.Fault.values()) {
            device.spoil(fault);
        }
        int asked = device.asked();
        await(state -> device.asked() > asked + 4);
        assertEquals(before.since(), ups.state().since());
        assertEquals(Supply.MAINS, ups.state().supply());
    }

    @Test
    void silenceIsUnknownAndEnds() throws Exception {
        await(Supply.MAINS);
        device.silent(true);
        PowerState silent = await(Supply.UNKNOWN);
        assertTrue(silent.problem().contains("no answer to Q1"), silent::toString);
        device.silent(false);
        device.onBattery();
        await(Supply.BATTERY);
    }

    @Test
    void aCableThatWasPulledIsOpenedAnewWhenItIsBack() throws Exception {
        await(Supply.MAINS);
        device.close();
        await(state -> state.supply() == Supply.UNKNOWN && state.problem().contains(dir.toString()));
        device = new UpsSimulator(dir);
        await(Supply.MAINS);
    }

    @Test
    void theComponentServesItAndLetsTheLineGo() throws Exception {
        close();
        UpsDevice component = new UpsDevice(Settings.with(Map.of("port", device.port())));
        component.selfTest();
        assertEquals(Supply.MAINS, component.state().supply());
        assertEquals(device.port(), component.location());
        component.close();
        assertRefused("device.closed", component::selfTest);
        ups = patientFor(SILENCE);
        ups.selfTest();
    }

    @Test
    void theSelfTestSaysWhatIsWrong() throws Exception {
        device.silent(true);
        BackupException silent = assertRefused("device.timeout", ups::selfTest);
        assertTrue(silent.getMessage().contains("did not answer twice within 2 s"), silent.getMessage());
        close();
        device.close();
        Files.deleteIfExists(Path.of(device.port()));
        ups = patientFor(SILENCE);
        BackupException gone = assertRefused("device.io", ups::selfTest);
        assertTrue(gone.getMessage().contains("is not there"), gone.getMessage());
    }
}

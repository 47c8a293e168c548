package org.azekura.driver.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.azekura.api.device.Drive;
import org.junit.jupiter.api.Test;

/** The bytes of version 1, as they will be read for ever. */
class GoldenTest {

    private static String hex(byte[] bytes, int from, int length) {
        return HexFormat.of().formatHex(Arrays.copyOfRange(bytes, from, from + length));
    }

    @Test
    void theHeadOfACartridge() {
        byte[] head = SimulatorTargets.head().encode().array();
        assertEquals("415a53494d544150000000014130303030314c38000000000000000000000000"
                + "00000000000000000000000000000ae9f7bcc0008201bdaa", hex(head, 0, 56));
        assertEquals("000000000000000600000000000004d200000003197f029a", hex(head, 512, 24));
        byte[] rest = head.clone();
        Arrays.fill(rest, 0, 56, (byte) 0);
        Arrays.fill(rest, 512, 536, (byte) 0);
        assertEquals("00".repeat(4096), HexFormat.of().formatHex(rest));
    }

    @Test
    void theMemoryOfACartridge() {
        byte[] memory = CartridgeMemory.encode(new Drive.Description("AZEKURA", "Azekura", "0.1.0", "daily-1", "A00017L8", "daily")).array();
        assertEquals("0007" + "415a454b555241" + "0007" + "417a656b757261" + "0005" + "302e312e30" + "0007" + "6461696c792d31" + "0008" + "4130303031374c38"
                + "0005" + "6461696c79" + "00", hex(memory, 0, 52));
        assertEquals("00e51879", hex(memory, 2044, 4));
        memory[3] ^= 1;
        assertEquals(Optional.empty(), CartridgeMemory.decode(memory));
        assertEquals(Optional.empty(), CartridgeMemory.decode(new byte[CartridgeMemory.BYTES]));
    }

    @Test
    void anEntry() {
        assertEquals("0000000000012cc800000000000157c00004000000000005000000030003000000001234e9beb2e4", hex(SimulatorTargets.entry(), 0, Entry.BYTES));
    }

    @Test
    void theLibrary() {
        assertEquals("""
                azekura simulator 1
                serial 0badcafe
                cartridge A00001L8 at 1000 from 500 uses 7
                cartridge CLN001CU at 1001 from 500 uses 7
                cartridge W00001LY at 1002 from 500 uses 7 protected
                fired 2 take A00003L8
                fired 1 write block 120 of A00001L8: medium error
                end dd7a594b
                """, new String(SimulatorTargets.state().encode(), StandardCharsets.US_ASCII));
    }
}

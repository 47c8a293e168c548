package org.azekura.driver.tape.iscsi;

import java.io.IOException;

/** The target does not want this session. */
final class LoginRefused extends IOException {

    static final int AUTHENTICATION = 0x0201;

    private static final long serialVersionUID = 1;

    /**
     * @param status class and detail, as RFC 7143 has them in 11.13.5
     * @param moved  where the target says it is, or null
     */
    LoginRefused(int status, String moved) {
        super(reason(status, moved));
    }

    private static String reason(int status, String moved) {
        return switch (status) {
            case 0x0101, 0x0102 -> "the target is at " + (moved == null ? "another address, which it does not tell" : moved) + "; use that address";
            case AUTHENTICATION -> "it wants a user and a secret (CHAP), or others than it was given; see the setting chapFile of the device";
            case 0x0202 -> "this initiator may not use it; allow its name or its address at the target";
            case 0x0203 -> "there is no target of this name; \"iscsiadm -m discovery -t sendtargets -p HOST\" lists those that are there";
            case 0x0204 -> "the target was removed";
            case 0x0206 -> "the target has too many connections";
            case 0x0300, 0x0301 -> "the target is not in service";
            case 0x0302 -> "the target has no resources left for another session; end others first";
            default -> "the target refuses the login (status %04xh)".formatted(status);
        };
    }
}

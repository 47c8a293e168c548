package org.azekura.api.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The proofs of version 1, once computed with another program (Python's hmac): they are the same for ever. */
class JoinTextTest {

    private static final JoinCode CODE = JoinCode.parse("7K2M-01234-56789-ABCDE-FGHJK-MNPQR");
    private static final JoinRequest REQUEST = new JoinRequest("7K2M", HostRole.CLIENT, "", "web1", new byte[] {1, 2, 3}, new byte[0], false);
    private static final JoinAnswer ANSWER = new JoinAnswer(new byte[] {4}, new byte[] {5, 6}, "web1", "tls::8444/server", "00112233445566778899aabbccddeeff");

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void areWhatTheyAlwaysWere() {
        assertEquals("6005d6bbd5f19031588a1e3802cf11677f55544a5fbb62b30eb1827d2703345a", hex(CODE.key()));
        assertEquals("02022f505f38ec29ce9c241e3c8b7efb8070269dabe8b747be746d6a4eb077c4", hex(REQUEST.proof(CODE.key())));
        assertEquals("a4930b5a9f6a493ce58ce4b2412389b66e0e9c974b2b4f25380965acd62d57cc", hex(ANSWER.proof(CODE.key(), REQUEST)));
    }

    @Test
    void changeWithEveryField() {
        byte[] key = CODE.key();
        Set<String> proofs = new HashSet<>();
        List<JoinRequest> requests = List.of(REQUEST, new JoinRequest("7K2N", HostRole.CLIENT, "", "web1", new byte[] {1, 2, 3}, new byte[0], false),
                new JoinRequest("7K2M", HostRole.NODE, "", "web1", new byte[] {1, 2, 3}, new byte[0], false),
                new JoinRequest("7K2M", HostRole.CLIENT, "w", "eb1", new byte[] {1, 2, 3}, new byte[0], false),
                new JoinRequest("7K2M", HostRole.CLIENT, "", "web2", new byte[] {1, 2, 3}, new byte[0], false),
                new JoinRequest("7K2M", HostRole.CLIENT, "", "web1", new byte[] {1, 2}, new byte[] {3}, false),
                new JoinRequest("7K2M", HostRole.CLIENT, "", "web1", new byte[] {1, 2, 3}, new byte[0], true));
        requests.forEach(request -> assertTrue(proofs.add(hex(request.proof(key))), request.toString()));
        requests.forEach(request -> assertTrue(proofs.add(hex(ANSWER.proof(key, request))), request.toString()));
        List.of(new JoinAnswer(new byte[] {9}, new byte[] {5, 6}, "web1", "tls::8444/server", "00"),
                new JoinAnswer(new byte[] {4}, new byte[] {9}, "web1", "tls::8444/server", "00"),
                new JoinAnswer(new byte[] {4}, new byte[] {5, 6}, "web2", "tls::8444/server", "00"),
                new JoinAnswer(new byte[] {4}, new byte[] {5, 6}, "web1", "tls:evil:8444/server", "00"),
                new JoinAnswer(new byte[] {4}, new byte[] {5, 6}, "web1", "tls::8444/server", "01"))
                .forEach(answer -> assertTrue(proofs.add(hex(answer.proof(key, REQUEST))), answer.toString()));
    }
}

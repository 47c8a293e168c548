package org.azekura.driver.tape.iscsi;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/** The first conversation of a session: who we are, whom we want, and what both agree on. */
final class Login {

    private static final int SECURITY = 0;
    private static final int OPERATIONAL = 1;
    private static final int FULL = 3;
    private static final int TRANSIT = 0x80;
    private static final int CONTINUES = 0x40;
    private static final int MOST_ROUNDS = 32;
    private static final int MOST_TEXT = 64 << 10;
    /** A text segment before anything was agreed on. */
    private static final int SEGMENT = 8192;

    private final Pdus pdus;
    private final Counters counters;
    private final long deadline;
    /** Six bytes that name this session among those of this initiator: chosen at random, so that none takes another's place. */
    private final byte[] session = new byte[6];
    private final Map<String, String> said = new LinkedHashMap<>();
    private final Map<String, String> asked = new LinkedHashMap<>();
    /** Null if we have no secret. */
    private final Chap chap;
    private int rounds;

    private Login(Pdus pdus, Counters counters, ChapAccount account, long deadline) {
        this.pdus = pdus;
        this.counters = counters;
        this.deadline = deadline;
        SecureRandom random = new SecureRandom();
        chap = account == null ? null : new Chap(account, random);
        random.nextBytes(session);
        session[0] = (byte) 0x80;
    }

    /**
     * @param account null for none
     * @throws LoginRefused if the target says no
     */
    static Terms run(Pdus pdus, Counters counters, String initiator, String target, ChapAccount account, long deadline) throws IOException {
        Login login = new Login(pdus, counters, account, deadline);
        login.stage(SECURITY, OPERATIONAL, new Text().put("InitiatorName", initiator).put("TargetName", target).put("SessionType", "Normal")
                .put("AuthMethod", login.chap == null ? "None" : login.chap.methods()));
        if (login.chap != null) {
            login.chap.requireProof();
        }
        login.stage(OPERATIONAL, FULL, Terms.wishes());
        return Terms.of(login.said);
    }

    private void stage(int from, int to, Text wishes) throws IOException {
        asked.putAll(wishes.pairs());
        Text next = wishes;
        while (true) {
            // While proofs are exchanged there is more to say.
            boolean ready = !isProving() || chap.isAnswered();
            send(ready ? TRANSIT | from << 2 | to : from << 2, next);
            Text answer = new Text();
            boolean over = receive(from, to, answer);
            said.putAll(answer.pairs());
            next = from == SECURITY && isProving() ? chap.reply(answer.pairs()) : replies(answer);
            if (over) {
                return;
            }
        }
    }

    /** Whether the target has chosen that we prove who we are. */
    private boolean isProving() throws LoginRefused {
        String method = said.getOrDefault("AuthMethod", "None");
        if (!method.equals("None") && (chap == null || !method.equals("CHAP"))) {
            throw new LoginRefused(LoginRefused.AUTHENTICATION, null);
        }
        return method.equals("CHAP");
    }

    /** To what the target brings up by itself: declarations are heard, everything else is declined. */
    private Text replies(Text answer) {
        Text replies = new Text();
        for (String key : answer.pairs().keySet()) {
            if (!asked.containsKey(key) && !key.startsWith("Target") && !answer.pairs().get(key).equals("NotUnderstood")) {
                replies.put(key, "NotUnderstood");
            }
        }
        return replies;
    }

    private void send(int flags, Text text) throws IOException {
        if (++rounds > MOST_ROUNDS) {
            throw new ProtocolException("the target does not end the login");
        }
        pdus.next().begin(Opcode.LOGIN | Opcode.IMMEDIATE, flags, 0).put(8, session).put(24, counters.command()).put(28, counters.status());
        pdus.queue(ByteBuffer.wrap(text.encode()));
        pdus.flush(deadline);
    }

    /** @return whether the target goes on to the next stage with us */
    private boolean receive(int from, int to, Text answer) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MOST_TEXT);
        while (true) {
            Header header = pdus.read(deadline);
            if (header.opcode() != Opcode.LOGIN_RESPONSE) {
                throw new ProtocolException("the target answers the login with opcode " + header.opcode());
            }
            int status = header.u8(36) << 8 | header.u8(37);
            boolean transit = header.has(TRANSIT);
            boolean continues = header.has(CONTINUES);
            int next = header.u8(1) & 3;
            counters.take(header, true);
            ByteBuffer part = pdus.data(SEGMENT, deadline);
            if (part.remaining() > text.remaining()) {
                throw new ProtocolException("the target says more than " + MOST_TEXT + " bytes in one answer of the login");
            }
            text.put(part);
            if (status != 0) {
                throw new LoginRefused(status, Text.decode(text.flip()).pairs().get("TargetAddress"));
            }
            if (!continues) {
                answer.pairs().putAll(Text.decode(text.flip()).pairs());
                if (transit && next != to) {
                    throw new ProtocolException("the target goes to stage " + next + " of the login instead of " + to);
                }
                return transit;
            }
            // The rest of a text that is longer than one PDU is asked for.
            send(from << 2, new Text());
        }
    }
}

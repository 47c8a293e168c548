package org.azekura.driver.tape.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiTransport;

/**
 * Plays a recording: the commands must come as they were recorded, in this order, with the same data. One that does not is {@link Outcome.Lost}, and so is
 * everything behind it; {@link #mismatch} keeps the reason.
 */
public final class Replay implements ScsiTransport {

    private final List<Exchange> exchanges;
    private int at;
    private String lost;
    private String mismatch;

    private Replay(List<Exchange> exchanges) {
        this.exchanges = exchanges;
    }

    /**
     * @param source for messages: where it is from
     * @throws BackupException {@code recording.damaged}
     */
    public static Replay of(String source, byte[] recording) throws BackupException {
        return new Replay(parse(source, recording));
    }

    static List<Exchange> parse(String source, byte[] recording) throws BackupException {
        if (recording.length > Recording.MOST_TEXT) {
            throw BackupException.corrupt("recording.damaged", source, source + ": it is " + recording.length + " bytes long, at most "
                    + Recording.MOST_TEXT + " are read");
        }
        List<Exchange> exchanges = new ArrayList<>();
        Words call = null;
        int number = 0;
        boolean begun = false;
        for (String line : (Iterable<String>) new String(recording, StandardCharsets.UTF_8).lines()::iterator) {
            Words words = new Words(source, ++number, line);
            if (!begun) {
                words.require(line.equals(Recording.HEAD), "\"" + Recording.HEAD + "\" is expected");
                begun = true;
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                if (call == null) {
                    call = words;
                } else {
                    words.require(exchanges.size() < Recording.MOST_EXCHANGES, "more than " + Recording.MOST_EXCHANGES + " exchanges");
                    exchanges.add(Exchange.parse(call, words));
                    call = null;
                }
            }
        }
        Words end = new Words(source, number + 1, "");
        end.require(begun && call == null, begun ? "a reply is expected" : "\"" + Recording.HEAD + "\" is expected");
        return exchanges;
    }

    /** How many exchanges were not played yet. */
    public int left() {
        return exchanges.size() - at;
    }

    /** What came instead of what was recorded, or null. */
    public String mismatch() {
        return mismatch;
    }

    @Override
    public Outcome execute(byte[] cdb, Direction direction, ByteBuffer data, Duration timeout) {
        if (lost != null) {
            return new Outcome.Lost(lost);
        }
        String call = asked(cdb, direction, data);
        if (at == exchanges.size()) {
            return mismatched("the recording is at its end; asked was " + call);
        }
        Exchange next = exchanges.get(at);
        if (!fits(next, cdb, direction, data)) {
            return mismatched("the recording goes on with \"" + next.call() + "\"; asked was \"" + call + "\"");
        }
        at++;
        return switch (next.outcome()) {
            case Outcome.Answered answered -> given(next, data) ? answered : mismatched("the recording kept no data of \"" + next.call() + "\"");
            case Outcome.Lost gone -> lost(gone.why(), gone);
            case Outcome.TimedOut late -> lost("a command before was given up", new Outcome.TimedOut(timeout));
            case Outcome.Interrupted interrupted -> lost("a command before was interrupted", interrupted);
        };
    }

    private static boolean fits(Exchange next, byte[] cdb, Direction direction, ByteBuffer data) {
        return direction == next.direction() && Arrays.equals(cdb, next.cdb())
                && (direction != Direction.IN || data.remaining() == next.asked()) && (direction != Direction.OUT || next.out().fits(data));
    }

    private static String asked(byte[] cdb, Direction direction, ByteBuffer data) {
        return "> " + HexFormat.of().formatHex(cdb) + switch (direction) {
            case NONE -> "";
            case IN -> " in " + data.remaining();
            case OUT -> " out " + Content.of(data).text();
        };
    }

    private static boolean given(Exchange next, ByteBuffer data) {
        return switch (next.in()) {
            case null -> true;
            case Content.Kept kept -> {
                data.put(kept.head()).put(new byte[kept.length() - kept.head().length]);
                yield true;
            }
            case Content.Summed summed -> false;
            case Content.Secret secret -> false;
        };
    }

    private Outcome mismatched(String why) {
        mismatch = why;
        return lost(why, new Outcome.Lost(why));
    }

    private Outcome lost(String why, Outcome outcome) {
        lost = why;
        return outcome;
    }

    @Override
    public void close() {
        if (lost == null) {
            lost = "it was closed";
        }
    }
}

package org.azekura.driver.tape.replay;

import java.time.Duration;
import java.util.HexFormat;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;

/**
 * One command and what became of it.
 *
 * @param asked   bytes asked for, if they come in
 * @param out     what goes out, else null
 * @param outcome a time-out says nothing of how long it was
 * @param in      what came in, or null for nothing
 */
record Exchange(byte[] cdb, Direction direction, int asked, Content out, Outcome outcome, Content in) {

    private static final int MOST_CDB = 16;
    private static final int MOST_SENSE = 252;
    private static final int MOST_WHY = 1000;

    String call() {
        return "> " + HexFormat.of().formatHex(cdb) + switch (direction) {
            case NONE -> "";
            case IN -> " in " + asked;
            case OUT -> " out " + out.text();
        };
    }

    String reply() {
        return "< " + switch (outcome) {
            case Outcome.Answered answered -> HexFormat.of().toHexDigits((byte) answered.status())
                    + (answered.residual() == 0 ? "" : " residual " + answered.residual())
                    + (answered.sense().length == 0 ? "" : " sense " + HexFormat.of().formatHex(answered.sense()))
                    + (in == null ? "" : " in " + in.text());
            case Outcome.Lost lost -> "lost " + oneLine(lost.why());
            case Outcome.TimedOut late -> "timed out";
            case Outcome.Interrupted interrupted -> "interrupted";
        };
    }

    private static String oneLine(String why) {
        String line = why.replaceAll("\\p{Cntrl}", " ");
        return line.length() > MOST_WHY ? line.substring(0, MOST_WHY) : line;
    }

    /** @throws BackupException {@code recording.damaged} */
    static Exchange parse(Words call, Words reply) throws BackupException {
        call.require(call.take(">"), "a line that begins with > is expected");
        byte[] cdb = call.hex(MOST_CDB);
        Direction direction = call.take("in") ? Direction.IN : call.take("out") ? Direction.OUT : Direction.NONE;
        int asked = direction == Direction.IN ? call.number(0, Content.MOST) : 0;
        Content out = direction == Direction.OUT ? Content.parse(call) : null;
        call.end();
        reply.require(reply.take("<"), "a line that begins with < is expected");
        if (reply.take("lost")) {
            return new Exchange(cdb, direction, asked, out, new Outcome.Lost(oneLine(reply.rest())), null);
        }
        if (reply.take("timed")) {
            reply.require(reply.take("out"), "\"timed out\" is expected");
            reply.end();
            return new Exchange(cdb, direction, asked, out, new Outcome.TimedOut(Duration.ZERO), null);
        }
        if (reply.take("interrupted")) {
            reply.end();
            return new Exchange(cdb, direction, asked, out, new Outcome.Interrupted(), null);
        }
        int status = reply.hex(1)[0] & 0xff;
        int residual = reply.take("residual") ? reply.number(Integer.MIN_VALUE, Integer.MAX_VALUE) : 0;
        byte[] sense = reply.take("sense") ? reply.hex(MOST_SENSE) : new byte[0];
        Content in = reply.take("in") ? Content.parse(reply) : null;
        reply.require(in == null || in.length() <= asked, "more came in than was asked for");
        reply.end();
        return new Exchange(cdb, direction, asked, out, new Outcome.Answered(status, sense, residual), in);
    }
}

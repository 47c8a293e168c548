package org.azekura.testkit.serial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * An uninterruptible power supply that speaks the Megatec protocol (2400 8N1), as NUT's {@code nutdrv_qx} knows it. What it says is set by the test at any
 * time; single answers can be spoilt. Thread-safe.
 */
public final class UpsSimulator extends SerialDevice {

    private static final int LONGEST_COMMAND = 16;

    /** What is wrong with one answer. */
    public enum Fault {
        /** None comes. */
        SILENCE,
        /** Characters of nobody's. */
        GARBAGE,
        /** Its first half. */
        HALF
    }

    private final StringBuilder command = new StringBuilder();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private boolean silent;
    private double input = 230.4;
    private double battery = 27.1;
    private boolean onBattery;
    private boolean low;
    private boolean failed;
    private int asked;

    public UpsSimulator(Path folder) throws IOException, InterruptedException {
        super(folder);
        begin();
    }

    public synchronized void mains() {
        onBattery = false;
        low = false;
        input = 230.4;
        battery = 27.1;
    }

    public synchronized void onBattery() {
        onBattery = true;
        low = false;
        input = 0;
        battery = 24.9;
    }

    /** On battery, and it says that this is about to end. */
    public synchronized void low() {
        onBattery();
        low = true;
        battery = 21.2;
    }

    /** The battery's voltage. */
    public synchronized void battery(double volts) {
        battery = volts;
    }

    /** It says of itself that it is broken. */
    public synchronized void failed(boolean now) {
        failed = now;
    }

    /** It answers nothing until it is told otherwise. */
    public synchronized void silent(boolean now) {
        silent = now;
    }

    /** Spoils one answer, behind those that are to be spoilt already. */
    public synchronized void spoil(Fault fault) {
        faults.add(fault);
    }

    /** How often its state was asked for. */
    public synchronized int asked() {
        return asked;
    }

    @Override
    protected synchronized void came(byte next) {
        if (next != '\r') {
            command.append((char) (next & 0xff));
            command.setLength(Math.min(command.length(), LONGEST_COMMAND));
            return;
        }
        String asked = command.toString();
        command.setLength(0);
        if (!silent) {
            answer(asked);
        }
    }

    private void answer(String to) {
        String whole = switch (to) {
            case "Q1" -> status();
            case "F" -> "#230.0 004 24.00 50.0\r";
            case "I" -> "#Azekura         Simulator  V1.0      \r";
            // tests and shutdowns are done without a word
            case String quiet when quiet.startsWith("T") || quiet.startsWith("S") || quiet.equals("C") || quiet.equals("Q") -> "";
            // what it does not understand comes back
            default -> to + "\r";
        };
        Fault fault = to.equals("Q1") ? faults.poll() : null;
        if (fault == null) {
            send(whole);
        } else {
            switch (fault) {
                case SILENCE -> { }
                case GARBAGE -> send("\u00ff(x@~23\u0000\u0007 0.0#\r");
                case HALF -> send(whole.substring(0, whole.length() / 2));
            }
        }
    }

    /** {@code (MMM.M NNN.N PPP.P QQQ RR.R SS.S TT.T b7…b0}: 46 characters and the return. */
    private String status() {
        asked++;
        return String.format(Locale.ROOT, "(%05.1f %05.1f %05.1f %03d %04.1f %04.1f %04.1f %d%d0%d1000\r", input, onBattery ? 0 : input, 230.0, 17, 49.9, battery, 31.5,
                onBattery ? 1 : 0, low ? 1 : 0, failed ? 1 : 0);
    }
}

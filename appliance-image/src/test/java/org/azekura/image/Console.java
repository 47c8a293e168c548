package org.azekura.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The serial line of a machine: what is said on it, without the colours and places of a screen. */
final class Console {

    private static final Pattern CONTROL = Pattern.compile("\u001b\\[[0-9;?=]*[A-Za-z]|\u001b[()78=>c].?|[\\x00-\\x08\\x0b-\\x1f\\x7f]");

    private final StringBuilder said = new StringBuilder();
    private final Path log;
    private final OutputStream typed;
    private int seen;
    private boolean ended;

    /** @param log all of it, for people */
    Console(InputStream line, OutputStream typed, Path log) {
        this.log = log;
        this.typed = typed;
        Thread.ofPlatform().daemon().name("serial line").start(() -> read(line));
    }

    private void read(InputStream line) {
        byte[] buffer = new byte[8192];
        try (OutputStream file = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int n = line.read(buffer); n >= 0; n = line.read(buffer)) {
                file.write(buffer, 0, n);
                synchronized (this) {
                    said.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                    notifyAll();
                }
            }
        } catch (IOException e) {
            // the machine was killed
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }

    private String unseen() {
        return CONTROL.matcher(said).replaceAll("").substring(seen);
    }

    /** Waits until this was said since the last thing that was waited for; else an error with the last lines. */
    MatchResult await(String pattern, Duration limit) {
        return find(pattern, limit, true);
    }

    /** The same for what may come before or behind something else: it still counts as to come. */
    MatchResult find(String pattern, Duration limit) {
        return find(pattern, limit, false);
    }

    /** All that a machine says which switches itself off. */
    synchronized String all(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!ended) {
            if (System.nanoTime() >= end) {
                throw failed("after " + limit.toSeconds() + " s without an end");
            }
            more(end);
        }
        return CONTROL.matcher(said).replaceAll("");
    }

    private synchronized MatchResult find(String pattern, Duration limit, boolean on) {
        Pattern wanted = Pattern.compile(pattern);
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Matcher matcher = wanted.matcher(unseen());
            if (matcher.find()) {
                seen += on ? matcher.end() : 0;
                return matcher.toMatchResult();
            }
            if (ended || System.nanoTime() >= end) {
                throw failed((ended ? "the machine has ended" : "after " + limit.toSeconds() + " s") + " without /" + pattern + "/");
            }
            more(end);
        }
    }

    /** Waits until more was said, or it has ended, or for no longer than this. */
    private void more(long end) {
        try {
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private AssertionError failed(String how) {
        String all = unseen();
        return new AssertionError(how + "; all of it is in " + log + ": …" + all.substring(Math.max(0, all.length() - 2_000)));
    }

    /** A line, as a keyboard would, with Enter behind it. */
    void type(String line) throws IOException {
        press(line + "\r");
    }

    /** Keys that need no Enter. */
    void press(String keys) throws IOException {
        typed.write(keys.getBytes(StandardCharsets.ISO_8859_1));
        typed.flush();
    }
}

package org.azekura.client.collect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;

/** The rules of a save set: the first that matches decides, what none matches is saved. Thread-safe. */
final class RuleSet {

    /** Tells whether the directory that is asked about contains a file of this name. */
    @FunctionalInterface
    interface MarkerProbe {
        boolean contains(byte[] name);
    }

    private interface Test {
        boolean matches(Subject subject);
    }

    /** What rules are held against; text forms are bytes read as ISO-8859-1, made when first needed. */
    private static final class Subject {
        final byte[] name;
        final FileStat stat;
        final MarkerProbe markers;
        private final RawPath path;
        private String text;

        Subject(RawPath path, byte[] name, FileStat stat, MarkerProbe markers) {
            this.path = path;
            this.name = name;
            this.stat = stat;
            this.markers = markers;
        }

        String path() {
            if (text == null) {
                text = new String(path.bytes(), StandardCharsets.ISO_8859_1);
            }
            return text;
        }

        String name() {
            return new String(name, StandardCharsets.ISO_8859_1);
        }

        boolean isDirectory() {
            return stat.type() == FileType.DIRECTORY;
        }
    }

    private record Compiled(boolean include, Test test) {}

    private final List<Compiled> rules;

    /** @throws BackupException {@code rule.invalid} */
    RuleSet(List<Rule> rules) throws BackupException {
        List<Compiled> compiled = new ArrayList<>();
        for (Rule rule : rules) {
            try {
                compiled.add(new Compiled(rule.include(), compile(rule)));
            } catch (PatternSyntaxException | NumberFormatException e) {
                throw BackupException.operator("rule.invalid", rule.value(), "the rule " + rule.kind() + " \"" + rule.value()
                        + "\" cannot be read: " + e.getMessage().lines().findFirst().orElse(""));
            }
        }
        this.rules = List.copyOf(compiled);
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** @param markers asked for directories only */
    boolean saves(RawPath path, byte[] name, FileStat stat, MarkerProbe markers) {
        Subject subject = new Subject(path, name, stat, markers);
        for (Compiled rule : rules) {
            if (rule.test.matches(subject)) {
                return rule.include;
            }
        }
        return true;
    }

    private static Test compile(Rule rule) {
        return switch (rule.kind()) {
            case GLOB -> glob(rule.value());
            case REGEX -> {
                Pattern pattern = Pattern.compile(rule.value(), Pattern.DOTALL);
                yield subject -> pattern.matcher(subject.path()).find();
            }
            case LARGER -> {
                long bound = Long.parseLong(rule.value());
                yield subject -> subject.stat.type() == FileType.FILE && subject.stat.size() > bound;
            }
            case MARKER -> {
                byte[] marker = rule.value().getBytes(StandardCharsets.UTF_8);
                yield subject -> subject.isDirectory() && subject.markers.contains(marker);
            }
        };
    }

    private static Test glob(String value) {
        boolean directory = value.length() > 1 && value.endsWith("/");
        String glob = directory ? value.substring(0, value.length() - 1) : value;
        boolean whole = glob.contains("/");
        Pattern pattern = Glob.compile(whole && !glob.startsWith("/") ? "**/" + glob : glob);
        return subject -> (!directory || subject.isDirectory()) && pattern.matcher(whole ? subject.path() : subject.name()).matches();
    }
}

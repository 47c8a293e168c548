package org.azekura.driver.serialchanger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.device.Element;
import org.azekura.driver.serialchanger.Profile.Failed;
import org.azekura.driver.serialchanger.Profile.Group;
import org.azekura.driver.serialchanger.Profile.Kind;
import org.azekura.driver.serialchanger.Profile.Meaning;
import org.azekura.driver.serialchanger.Profile.Move;
import org.azekura.serial.LineSettings;

/** Reads a profile. What is wrong is said with its line. Used once. */
final class ProfileReader {

    static final int MOST_BYTES = 64 << 10;
    static final String HEAD = "azekura serial changer 1";
    private static final int MOST_ELEMENTS = 4096;
    private static final int MOST_TEXT = 80;
    private static final Map<String, Element.Kind> KINDS = Map.of("picker", Element.Kind.PICKER, "slot", Element.Kind.SLOT, "mailslot", Element.Kind.MAIL_SLOT,
            "drive", Element.Kind.DRIVE);
    private static final String STRING = "\"(?:[^\"\\\\]|\\\\.){1,260}\"";
    private static final String RANGE = "\\d{1,5}(?:-\\d{1,5})?";
    private static final Pattern TEXT = Pattern.compile("(?!\\s)[ -~]{1," + MOST_TEXT + "}");
    private static final Pattern WAIT = Pattern.compile("(\\d{1,4}) s");
    private static final Pattern FAILED = Pattern.compile("failed (" + STRING + ") ([0-8])");
    private static final Pattern OK = Pattern.compile("ok (" + STRING + ")");
    private static final Pattern CODE = Pattern.compile("([!-~]{1,8}) (empty|taken|held|jam|hardware)(?: ([ -~]{1," + MOST_TEXT + "}))?");
    private static final Pattern ELEMENTS = Pattern.compile("(" + RANGE + ") (picker|slot|mailslot|drive)(?: numbered (\\d{1,5}))?( stack)?");
    private static final Pattern MOVE = Pattern.compile("(" + RANGE + ") to (" + RANGE + ")((?: " + STRING + "){1,8})");
    private static final Pattern ONE = Pattern.compile(STRING);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-fA-F]{2})|(.))");

    private final String from;
    private final Map<String, String> once = new LinkedHashMap<>();
    private final List<String> ok = new ArrayList<>();
    private final List<Failed> failed = new ArrayList<>();
    private final Map<String, Meaning> codes = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();
    private int number;
    private String line = "";

    private ProfileReader(String from) {
        this.from = from;
    }

    /**
     * @param from for people: which file
     * @throws BackupException {@code setting.profile}
     */
    static Profile read(String text, String from) throws BackupException {
        return new ProfileReader(from).read(text);
    }

    private Profile read(String text) throws BackupException {
        List<String> lines = text.length() > MOST_BYTES ? List.of() : text.lines().toList();
        number = 1;
        if (lines.isEmpty() || !lines.getFirst().strip().equals(HEAD)) {
            throw wrong("is the head \"" + HEAD + "\", in a file of at most " + MOST_BYTES / 1024 + " KiB");
        }
        for (String next : lines.subList(1, lines.size())) {
            number++;
            line = next.strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                take(line);
            }
        }
        line = "";
        return whole();
    }

    private void take(String told) throws BackupException {
        int blank = told.indexOf(' ');
        String word = blank < 0 ? told : told.substring(0, blank);
        String rest = blank < 0 ? "" : told.substring(blank + 1).strip();
        switch (word) {
            case "name" -> once(word, match(TEXT, rest, "a name, like: name Generic letter protocol").group());
            case "line" -> once(word, line(rest).toString());
            case "wait" -> once(word, match(WAIT, rest, "a time from 1 to 3600 s, like: wait 60 s").group(1));
            case "identify", "calibrate" -> once(word, string(match(ONE, rest, "a string, like: " + word + " \"V\"").group()));
            case "reply" -> reply(rest);
            case "code" -> code(rest);
            case "elements" -> elements(rest);
            case "move" -> move(rest);
            default -> throw wrong("is one of name, line, wait, reply, code, elements, identify, calibrate, move");
        }
    }

    private void once(String word, String value) throws BackupException {
        if (once.putIfAbsent(word, value) != null) {
            throw wrong("is \"" + word + "\" only once");
        }
    }

    private Matcher match(Pattern form, String text, String expected) throws BackupException {
        Matcher found = form.matcher(text);
        if (!found.matches()) {
            throw wrong("is " + expected);
        }
        return found;
    }

    private LineSettings line(String text) throws BackupException {
        try {
            return LineSettings.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong("is a line like: line 9600 8N1");
        }
    }

    private void reply(String rest) throws BackupException {
        if (rest.startsWith("ok")) {
            ok.add(string(match(OK, rest, "a reply, like: reply ok \"X\"").group(1)));
        } else {
            Matcher found = match(FAILED, rest, "a reply, like: reply failed \"E\" 2");
            failed.add(new Failed(string(found.group(1)), Integer.parseInt(found.group(2))));
        }
    }

    private void code(String rest) throws BackupException {
        Matcher found = match(CODE, rest, "a code, like: code 01 empty no disc in the bin");
        String text = found.group(3) == null ? "" : found.group(3);
        if (codes.putIfAbsent(found.group(1), new Meaning(Kind.valueOf(found.group(2).toUpperCase(java.util.Locale.ROOT)), text)) != null) {
            throw wrong("is each code only once");
        }
    }

    private void elements(String rest) throws BackupException {
        Matcher found = match(ELEMENTS, rest, "a range and a kind, like: elements 10-19 slot numbered 1 stack");
        Group group = new Group(range(found.group(1)), KINDS.get(found.group(2)), found.group(3) == null ? 0 : Integer.parseInt(found.group(3)), found.group(4) != null);
        if (groups.stream().anyMatch(other -> other.range().touches(group.range()))) {
            throw wrong("is each address only once");
        }
        groups.add(group);
        if (groups.stream().mapToInt(other -> other.range().size()).sum() > MOST_ELEMENTS) {
            throw wrong("are at most " + MOST_ELEMENTS + " elements in all");
        }
    }

    private Range range(String text) throws BackupException {
        int dash = text.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(text.substring(dash + 1));
        if (first < 1 || last < first || last > 0xffff) {
            throw wrong("is a range of addresses from 1 to 65535, like 10-19");
        }
        return new Range(first, last);
    }

    private void move(String rest) throws BackupException {
        Matcher found = match(MOVE, rest, "a move, like: move 10-19 to 500 \"I\"");
        List<Command> commands = new ArrayList<>();
        for (Matcher one = ONE.matcher(found.group(3)); one.find();) {
            Command command = new Command(string(one.group()));
            if (!command.isSound()) {
                throw wrong("are {from}, {to}, {from:2} and {to:2} the only things in braces");
            }
            commands.add(command);
        }
        moves.add(new Move(range(found.group(1)), range(found.group(2)), List.copyOf(commands)));
    }

    private String string(String quoted) throws BackupException {
        StringBuilder text = new StringBuilder();
        Matcher escapes = ESCAPE.matcher(quoted.substring(1, quoted.length() - 1));
        while (escapes.find()) {
            escapes.appendReplacement(text, Matcher.quoteReplacement(escapes.group(1) == null ? escaped(escapes.group(2))
                    : String.valueOf((char) Integer.parseInt(escapes.group(1), 16))));
        }
        escapes.appendTail(text);
        boolean visible = quoted.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (text.isEmpty() || text.length() > 64 || !visible) {
            throw wrong("is a string of 1 to 64 characters of ASCII, others as \\xHH");
        }
        return text.toString();
    }

    private String escaped(String character) throws BackupException {
        return switch (character) {
            case "r" -> "\r";
            case "n" -> "\n";
            case "e" -> "\u001b";
            case "\"", "\\" -> character;
            default -> throw wrong("are \\r, \\n, \\e, \\\", \\\\ and \\xHH the only escapes");
        };
    }

    private Profile whole() throws BackupException {
        for (String word : List.of("name", "line", "wait", "identify")) {
            if (!once.containsKey(word)) {
                throw wrong("is somewhere before the end a line \"" + word + "\"");
            }
        }
        Map<Element.Kind, Long> kinds = groups.stream().collect(Collectors.groupingBy(Group::kind, Collectors.summingLong(group -> group.range().size())));
        if (kinds.getOrDefault(Element.Kind.PICKER, 0L) != 1 || !kinds.containsKey(Element.Kind.DRIVE) || ok.isEmpty() || moves.isEmpty()) {
            throw wrong("are before the end one picker, a drive, a \"reply ok\" and a \"move\"");
        }
        int wait = Integer.parseInt(once.get("wait"));
        if (wait < 1 || wait > 3600) {
            throw wrong("is a wait from 1 to 3600 s");
        }
        return new Profile(once.get("name"), LineSettings.parse(once.get("line")), Duration.ofSeconds(wait), List.copyOf(ok), List.copyOf(failed), Map.copyOf(codes),
                List.copyOf(groups), once.get("identify"), once.get("calibrate"), List.copyOf(moves));
    }

    private BackupException wrong(String expected) {
        return BackupException.operator("setting.profile", from, "profile " + from + ", line " + number + ": expected " + expected
                + (line.isEmpty() ? "" : "; there is " + Talk.shown(line)));
    }
}
